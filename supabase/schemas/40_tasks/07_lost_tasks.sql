-- Tasks whose worker was lost. Each of those that it held may have been its end, so each is claimed
-- alone next: who is lost then was lost with that one.

create or replace function private.rest_after_losses(p_losses_alone integer)
returns interval
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_losses_alone < private.max_losses_alone() then interval '0'
    else make_interval(secs => least(15 * 2 ^ (p_losses_alone - private.max_losses_alone()), 300))
  end;
end;
$$;

comment on function private.rest_after_losses is 'For how long accepted work is left alone that was the end of so many workers: it is paid, so it is polled until its deadline, but more and more rarely.';

create or replace function private.may_start_again(p_task public.tasks)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  v_lane private.lanes;
begin
  -- To ask for what was sent costs nothing.
  if p_task.handle is not null or private.may_look_for_call(p_task.id) then
    return true;
  end if;
  select * into v_lane from private.lanes where provider = p_task.provider;
  return coalesce(greatest(v_lane.paused_until, v_lane.rate_limited_until) <= now(), true)
    and (v_lane.paused_until is null or private.half_open_slots(v_lane.provider, p_task.id) > 0)
    and not exists (
      select
      from private.failing_users
      where provider = p_task.provider
        and user_id = p_task.user_id
        and paused_until > clock_timestamp()
    )
    -- It is among those under way itself.
    and private.free_slots(v_lane) >= 0
    and exists (
      select
      from private.pools
      left join private.calls_under_way(p_task.provider) as under_way
        on under_way.pool = pools.name
      where pools.provider = p_task.provider
        and pools.name = p_task.pool
        and coalesce(pools.rate_limited_until <= clock_timestamp(), true)
        and pools.max_in_flight >= coalesce(under_way.calls, 0)
    )
    and private.has_free_results(
      private.results_per_minute(v_lane), p_task.result_count, private.free_results(v_lane)
    );
end;
$$;

comment on function private.may_start_again is 'Whether the lane lets a task start that was under way already when its worker was lost.';

create or replace function private.notice_lost_tasks()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_count integer;
begin
  if private.is_in_grace() then
    return 0;
  end if;
  -- What the provider has accepted is noticed by who comes to poll it.
  update public.tasks
  set lost_at = clock_timestamp()
  from unnest(private.hold_users(array(
    select tasks
    from private.provider_calls as calls
    join public.tasks on tasks.id = calls.task_id
    where calls.outcome is null
      and calls.handle is null
      and tasks.lost_at is null
      and tasks.lease_expires_at <= clock_timestamp()
    limit 100
    for no key update of tasks skip locked
  ))) as lost
  where tasks.id = lost.id;
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

comment on function private.notice_lost_tasks is 'Marks tasks whose worker was lost while it called for them. Returns how many.';

create or replace function private.lost_tasks(p_lost_for interval default '0')
returns setof public.tasks
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select tasks.*
  from public.tasks
  where tasks.lost_at is not null
    and tasks.lease_expires_at <= clock_timestamp() - p_lost_for
    and (
      tasks.handle is null
      or tasks.lease_expires_at <= clock_timestamp()
        - private.rest_after_losses(tasks.losses_alone + tasks.claimed_alone::integer)
    )
    and private.may_start_again(tasks)
  order by tasks.lost_at
  limit 20;
end;
$$;

comment on function private.lost_tasks is 'The first tasks that were lost with their worker at least so long ago and may go on.';

create or replace function private.resume_lost_task(p_task public.tasks)
returns public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks := p_task;
  v_next record;
  v_is_looked_for boolean := not p_task.winds_down and private.may_look_for_call(p_task.id);
begin
  if v_task.claimed_alone then
    update public.tasks
    set losses_alone = losses_alone + 1, claimed_alone = false
    where id = v_task.id
    returning * into v_task;
  end if;
  if v_task.handle is null and not v_is_looked_for then
    -- First, because an ambiguous call decides whether there may be another.
    perform private.abandon_call(v_task.id);
  end if;
  if v_task.winds_down then
    if v_task.handle is null then
      perform private.end_winding_down(v_task, p_counts_later => true);
      return null;
    end if;
    return v_task;
  end if;
  if private.is_blocked(v_task.user_id) then
    perform private.give_up_task(v_task, 'canceled', p_counts_later => true);
    return null;
  end if;
  v_next := private.next_state(
    v_task, v_task.handle is not null or v_is_looked_for or private.may_resubmit(v_task.id)
  );
  if v_next.state = 'retrying' and not v_is_looked_for and private.is_too_late(
    v_task, (select longest from private.recent_runs(v_task.provider, v_task.pool))
  ) then
    v_next.state := 'failed';
    v_next.error_code := 'timeout';
    v_next.detail := 'Too little time was left to start it again';
  end if;
  if v_next.state = 'failed' then
    perform private.give_up_task(
      v_task, 'failed', v_next.error_code, v_next.detail, p_counts_later => true
    );
    return null;
  end if;
  if v_task.handle is null then
    perform private.raise_reservation(v_task.id, p_counts_later => true);
  end if;
  return v_task;
end;
$$;

comment on function private.resume_lost_task is 'Records that the worker of a locked task was lost. The task as it is then; null if it ends here.';

create or replace function private.claim_lost_task(p_lease_seconds integer, p_life_seconds integer)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  if private.is_in_grace() then
    return;
  end if;
  for v_task in select * from private.lost_tasks() loop
    continue when v_task.handle is null
      and (
        v_task.max_call_seconds > p_life_seconds
        -- The lane first, as any claim does; and what it lets through is looked at under its lock.
        or not private.try_lock_lane(v_task.provider)
        or not private.may_start_again(v_task)
      );
    select * into v_task
    from public.tasks
    where id = v_task.id and lost_at is not null
    for update skip locked; -- locked: its worker is settling it after all
    continue when not found;
    continue when not private.try_hold_user(v_task.user_id);

    v_task := private.resume_lost_task(v_task);
    continue when v_task.id is null;
    perform pgmq.set_vt(v_task.queue, v_task.message_id, p_lease_seconds);
    return query
    select * from private.start_leases(array[v_task.id], p_lease_seconds, p_alone => true);
    return;
  end loop;
end;
$$;

comment on function private.claim_lost_task is 'Claims a task that was lost with its worker, for a worker that holds nothing else until it has settled it; none if there is none. p_life_seconds: as in private.claim_tasks.';

create or replace function private.must_empty_worker(p_worker_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if p_worker_id is null
    -- Younger ones are mostly found by a worker that happens to be empty.
    or not exists (select from private.lost_tasks(interval '5 seconds'))
    or exists (
      select
      from private.workers
      where id <> p_worker_id and emptying_at > now() - interval '5 seconds'
    )
  then
    return false;
  end if;
  update private.workers set emptying_at = now() where id = p_worker_id;
  return found;
end;
$$;

comment on function private.must_empty_worker is 'Whether a worker is to start nothing more, so that it is empty for a task that waits to be claimed alone. One worker at a time.';
