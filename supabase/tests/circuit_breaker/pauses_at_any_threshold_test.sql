begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(2);

-- An operator who changes the one number still has pauses from 15 seconds to five minutes.
create or replace function private.circuit_breaker_failures()
returns integer
language sql
immutable
set search_path = ''
return 9;

select is(private.pause_seconds('timeout', 9, 0), 15, 'The first pause has 15 seconds');
select is(private.pause_seconds('timeout', 1000, 0), 300, 'The longest has five minutes');

select * from finish();
rollback;
