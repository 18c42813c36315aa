-- The circuit breaker of a lane: a provider that fails pauses it for all workers, so that waiting
-- tasks are not spent on it. After the pause it is half-open: one task at a time, until one
-- succeeds.

create or replace function private.circuit_breaker_failures()
returns integer
language sql
immutable
set search_path = ''
return 5;

comment on function private.circuit_breaker_failures is 'How many failures of a provider in a row open the circuit breaker of its lane.';

create or replace function private.is_provider_failure(p_error_code text)
returns boolean
language sql
immutable
set search_path = ''
return p_error_code in (
  'provider_rate_limited', 'provider_unavailable', 'timeout', 'provider_auth', 'provider_credits'
);

comment on function private.is_provider_failure is 'Whether a failure is one of the provider itself, not of what it was asked.';

create or replace function private.max_pause_seconds()
returns integer
language sql
immutable
set search_path = ''
return 900;

comment on function private.max_pause_seconds is 'How long a provider may have its lane paused at most, whatever it asks for: afterwards one task tries.';

create or replace function private.pause_seconds(
  p_error_code text,
  p_failures integer,
  p_retry_after_seconds integer
)
returns integer
language sql
immutable
set search_path = ''
return least(private.max_pause_seconds(), case
  when p_error_code = 'provider_rate_limited' then greatest(1, coalesce(p_retry_after_seconds, 0))
  -- For the operator to mend: until then one task in five minutes tries.
  when p_error_code in ('provider_auth', 'provider_credits') then 300
  -- A few failures are those of a few tasks.
  when p_failures < private.circuit_breaker_failures() then 0
  else greatest(
    least(15 * 2 ^ least(p_failures - private.circuit_breaker_failures(), 5), 300),
    coalesce(p_retry_after_seconds, 0)
  )
end)::integer;

comment on function private.pause_seconds is 'For how long a lane is paused after a failure; 0: not at all.';

create or replace function private.pause_lane(p_provider text, p_seconds integer)
returns void
language sql
set search_path = ''
as $$
  update private.lanes
  set paused_until = greatest(paused_until, now() + make_interval(secs => p_seconds))
  where provider = p_provider;
$$;

comment on function private.pause_lane is 'Starts nothing of a lane for a time, and afterwards one task at a time until one succeeds.';

create or replace function private.record_provider_health(
  p_provider text,
  p_error_code text,
  p_retry_after_seconds integer
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_seconds integer;
begin
  if p_error_code is null then
    update private.lanes
    -- A pause that is not over stays: what went well had begun before it.
    set
      consecutive_failures = 0,
      paused_until = case when paused_until > now() then paused_until end
    where provider = p_provider
      and (consecutive_failures > 0 or paused_until <= now());
    return;
  end if;
  if not private.is_provider_failure(p_error_code) then
    return;
  end if;

  update private.lanes
  set consecutive_failures = least(consecutive_failures + 1, 1000)
  where provider = p_provider
  returning private.pause_seconds(p_error_code, consecutive_failures, p_retry_after_seconds)
  into v_seconds;
  if v_seconds > 0 then
    perform private.pause_lane(p_provider, v_seconds);
  end if;
end;
$$;

comment on function private.record_provider_health is 'Opens or closes the circuit breaker after a call has ended or was accepted. p_error_code: null if it went well.';
