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
      and (lease_expires_at > clock_timestamp() or handle is not null)
  );
end;
$$;

comment on function private.free_slots is 'How many more tasks of the lane may be under way.';

create or replace function private.free_probes(p_provider text)
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

comment on function private.free_probes is 'How many more tasks may be started to find out whether the provider works again: one at a time.';

create or replace function private.free_units(p_lane private.lanes)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(p_lane.per_minute, 2147483647) - coalesce(sum(units), 0)::integer
    from private.provider_calls
    where p_lane.per_minute is not null
      and provider = p_lane.provider
      and started_at > now() - interval '1 minute'
  );
end;
$$;

comment on function private.free_units is 'How many more results of the lane may be started in this minute, counted by their claims.';
