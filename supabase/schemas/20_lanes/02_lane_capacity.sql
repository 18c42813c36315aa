-- What a lane and its pools have room for. What is under way is what the ledger has open calls for:
-- a poll changes nothing there, and what a user no longer wants is in it as long as the provider is
-- at it.

create or replace function private.calls_under_way(p_provider text)
returns table (pool text, calls integer)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select open_calls.pool, count(*)::integer
  from private.provider_calls as open_calls
  where provider = p_provider
    and outcome is null
    -- Those of a deleted user nobody can ask for.
    and task_id is not null
  group by open_calls.pool;
end;
$$;

comment on function private.calls_under_way is 'How many calls of each pool of a lane are under way, as far as there are any.';

create or replace function private.free_slots(p_lane private.lanes)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select p_lane.max_in_flight - coalesce(sum(calls), 0)::integer
    from private.calls_under_way(p_lane.provider)
  );
end;
$$;

comment on function private.free_slots is 'How many more calls of the lane may be under way.';

create or replace function private.open_pools(p_provider text)
returns table (pool text, free_slots integer)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select pools.name, pools.max_in_flight - coalesce(under_way.calls, 0)
  from private.pools
  left join private.calls_under_way(p_provider) as under_way on under_way.pool = pools.name
  where pools.provider = p_provider
    and coalesce(pools.rate_limited_until <= clock_timestamp(), true)
    and pools.max_in_flight > coalesce(under_way.calls, 0);
end;
$$;

comment on function private.open_pools is 'The pools of a lane that something may be started in, and for how many calls each has room.';

create or replace function private.half_open_slots(
  p_provider text,
  p_besides uuid default null
)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select 1 - count(*)::integer
    from private.provider_calls as calls
    join private.lanes on lanes.provider = calls.provider
    where calls.provider = p_provider
      and calls.outcome is null
      and calls.handle is null
      and calls.task_id is not null
      and calls.task_id is distinct from p_besides
      -- What was called for before the pause may hang for minutes, and finds out nothing.
      and calls.started_at >= lanes.paused_until
  );
end;
$$;

comment on function private.half_open_slots is 'How many more tasks may be started while the circuit breaker is half-open: one at a time. p_besides: a task that does not count.';
