-- Limits that several functions share, each by its name.

create or replace function private.max_attempts()
returns integer
language sql
immutable
set search_path = ''
return 4;

comment on function private.max_attempts is 'How often a task is tried before the provider has accepted it, the first time included. A result that is not usable counts as an attempt, too.';

create or replace function private.max_lost_claims()
returns integer
language sql
immutable
set search_path = ''
return 3;

comment on function private.max_lost_claims is 'How many workers in a row may be lost with a task before it counts as poison and ends.';

create or replace function private.circuit_breaker_failures()
returns integer
language sql
immutable
set search_path = ''
return 5;

comment on function private.circuit_breaker_failures is 'How many failures of a provider in a row open the circuit breaker of its lane.';

create or replace function private.max_workers()
returns integer
language sql
immutable
set search_path = ''
return 4;

comment on function private.max_workers is 'How many workers are woken at the same time; those that are live find more work themselves.';

create or replace function private.worker_liveness()
returns interval
language sql
immutable
set search_path = ''
return interval '10 seconds';

comment on function private.worker_liveness is 'How long ago a worker may have been seen and still counts as live.';
