-- What a lane has room for.

create or replace function private.free_slots(p_lane private.lanes)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select p_lane.max_in_flight - count(*)::integer
    from public.tasks
    where provider = p_lane.provider
      and finished_at is null
      -- Also one whose worker was lost: the provider may still be at it.
      and (lease_expires_at is not null or handle is not null)
  );
end;
$$;

comment on function private.free_slots is 'How many more tasks of the lane may be under way.';

create or replace function private.half_open_slots(p_provider text)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select 1 - count(*)::integer
    from public.tasks
    join private.lanes on lanes.provider = tasks.provider
    join private.provider_calls as calls on calls.task_id = tasks.id and calls.outcome is null
    where tasks.provider = p_provider
      and tasks.finished_at is null
      and lease_expires_at > clock_timestamp()
      and tasks.handle is null
      -- What was called for before the pause may hang for minutes, and finds out nothing.
      and calls.started_at >= lanes.paused_until
  );
end;
$$;

comment on function private.half_open_slots is 'How many more tasks may be started while the circuit breaker is half-open: one at a time.';

create or replace function private.free_results(p_lane private.lanes)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(p_lane.results_per_minute, 2147483647) - coalesce(sum(result_count), 0)::integer
    from private.provider_calls
    where p_lane.results_per_minute is not null
      and provider = p_lane.provider
      and started_at > now() - interval '1 minute'
  );
end;
$$;

comment on function private.free_results is 'How many more results of the lane may be started in this minute, counted by their claims.';

create or replace function private.has_free_results(
  p_lane private.lanes,
  p_result_count integer,
  p_free_results integer
)
returns boolean
language sql
immutable
set search_path = ''
-- More than is left of this minute waits for the next. More than a whole minute allows starts when
-- nothing else did.
return p_free_results > 0
  and (p_result_count <= p_free_results or p_free_results >= p_lane.results_per_minute);

comment on function private.has_free_results is 'Whether what is left of the results of this minute is enough for a task.';
