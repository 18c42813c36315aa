-- What a claim finds, and the lease that it gives.

create or replace function private.start_leases(
  p_task_ids uuid[],
  p_lease_seconds integer,
  p_alone boolean default false
)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
begin
  return query
  with claimed as (
    update public.tasks
    set
      status = case when finished_at is null then 'processing' else status end,
      claims_without_outcome = claims_without_outcome + 1,
      claimed_alone = p_alone,
      lost_at = null,
      started_at = coalesce(started_at, now()),
      lease = lease + 1,
      lease_expires_at = clock_timestamp() + make_interval(secs => p_lease_seconds)
    where id = any (p_task_ids)
    returning *
  ),
  called as (
    insert into private.provider_calls (
      task_id, attempt, provider, operation, result_count, pool, turn,
      estimate_usd, list_price_usd
    )
    select
      id, lease, provider, operation, result_count, pool, turn, estimate_usd, list_price_usd
    from claimed
    where handle is null
      -- It is looked for.
      and not exists (
        select from private.provider_calls as calls
        where calls.task_id = claimed.id and calls.outcome is null
      )
  )
  select * from claimed order by array_position(p_task_ids, id);
end;
$$;

comment on function private.start_leases is 'Gives tasks to the caller under new leases, in the order given, each with its call in the ledger unless it is only to be polled.';

create or replace function private.seconds_needed(
  p_least_run_seconds integer,
  p_longest_run_seconds numeric,
  p_time_limit interval
)
returns numeric
language plpgsql
immutable
set search_path = ''
as $$
begin
  return greatest(
    p_least_run_seconds,
    -- A provider that has become slow must not keep all tasks from being tried.
    least(1.1 * coalesce(p_longest_run_seconds, 0), extract(epoch from p_time_limit) / 2)
  );
end;
$$;

comment on function private.seconds_needed is 'How much time a task must have left so that it is started: a result that comes after its deadline is paid and lost.';

create or replace function private.recent_runs(p_provider text, p_pool text)
returns table (longest numeric, mean numeric)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select max(seconds), avg(seconds)
  from (
    select extract(epoch from finished_at - coalesce(sent_at, started_at)) as seconds
    from (
      select *
      from private.provider_calls
      where provider = p_provider and pool = p_pool
        and started_at > clock_timestamp() - interval '1 day'
      order by started_at desc
      limit 100
    ) as latest
    where outcome = 'succeeded'
    order by started_at desc
    limit 50
  ) as runs;
end;
$$;

comment on function private.recent_runs is 'How long the last calls of a pool took that went well, in seconds; nulls if there were none within a day.';

create or replace function private.is_noted_run(p_noted numeric, p_seconds numeric)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_noted is null or p_seconds is null then p_noted is null and p_seconds is null
    else abs(p_seconds - p_noted) <= 0.05 * p_noted
  end;
end;
$$;

comment on function private.is_noted_run is 'Whether what is noted of the runs of a pool is still true to within a twentieth.';

create or replace function private.note_runs(p_provider text, p_pool text)
returns numeric
language plpgsql
set search_path = ''
as $$
declare
  v_runs record;
begin
  select * into v_runs from private.recent_runs(p_provider, p_pool);
  update private.pools
  set mean_run_seconds = v_runs.mean, longest_run_seconds = v_runs.longest
  where provider = p_provider
    and name = (
      select name
      from private.pools
      where provider = p_provider
        and name = p_pool
        -- Rarely enough to cost nothing.
        and not (
          private.is_noted_run(mean_run_seconds, v_runs.mean)
          and private.is_noted_run(longest_run_seconds, v_runs.longest)
        )
      for no key update skip locked -- locked: the provider says this moment that it is full
    );
  return v_runs.longest;
end;
$$;

comment on function private.note_runs is 'Notes how long the last runs of a pool took, so that no submit has to read them, and returns how long the longest took, in seconds. For who has locked the lane.';

create or replace function private.is_too_late(p_task public.tasks, p_longest_run_seconds numeric)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return p_task.deadline_at < clock_timestamp() + make_interval(secs => private.seconds_needed(
    p_task.least_run_seconds, p_longest_run_seconds, p_task.deadline_at - p_task.created_at
  )::double precision);
end;
$$;

comment on function private.is_too_late is 'Whether a task has too little time left to be started. p_longest_run_seconds: see private.recent_runs.';

create or replace function private.try_lock_lane(p_provider text)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  perform from private.lanes where provider = p_provider for no key update skip locked;
  return found;
end;
$$;

comment on function private.try_lock_lane is 'Locks a lane, if nobody else has locked it. Returns whether it is locked.';
