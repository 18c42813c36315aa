-- Whether a worker would find anything to do: it is woken for nothing else.

create or replace function private.has_due_poll()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  v_queue text;
  v_due boolean;
begin
  for v_queue in select private.polls_queue(provider) from private.lanes loop
    continue when not private.has_queue(v_queue);
    execute format(
      'select exists (select from pgmq.%I where vt <= now())', 'q_' || v_queue
    ) into v_due;
    if v_due then
      return true;
    end if;
  end loop;
  return false;
end;
$$;

comment on function private.has_due_poll is 'Whether a task that its provider has accepted is due to be polled.';

create or replace function private.has_due_start()
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_lane private.lanes;
begin
  for v_lane in select * from private.startable_lanes() loop
    continue when private.free_slots(v_lane) <= 0
      or private.free_results(v_lane) <= 0
      or (v_lane.paused_until is not null and private.half_open_slots(v_lane.provider) <= 0);
    if exists (
      select
      from private.open_pools(v_lane.provider) as pools
      cross join lateral private.waiting_tasks(
        v_lane.provider, pools.pool, private.users_held_back(v_lane), 1
      )
    ) then
      return true;
    end if;
  end loop;
  return false;
end;
$$;

comment on function private.has_due_start is 'Whether a task waits that its lane, its pool and the pauses of its user let start now.';

create or replace function private.has_lost_task()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (select from private.lost_tasks())
    -- One that nobody has noticed yet.
    or exists (
      select
      from private.provider_calls as calls
      join public.tasks on tasks.id = calls.task_id
      where calls.outcome is null
        and calls.handle is null
        and tasks.lost_at is null
        and tasks.lease_expires_at <= clock_timestamp()
    );
end;
$$;

comment on function private.has_lost_task is 'Whether a task was lost with its worker and may go on, or is to be noticed.';

create or replace function private.has_due_work()
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if private.has_due_poll() or private.has_due_start() or private.has_lost_task() then
    return true;
  end if;
  if exists (
    select from private.maintenance_jobs
    where job = 'reported files' and last_run_at < now() - run_every
  ) and exists (select from private.reports where hidden_at is null) then
    return true;
  end if;
  if exists (
    select from private.maintenance_jobs
    -- The first time it waits for a worker that is woken for something else.
    where job = 'model lists' and last_run_at > '-infinity' and last_run_at < now() - run_every
  ) then
    return true;
  end if;
  return private.is_worker_out_of_touch() or private.has_files_to_remove();
end;
$$;

comment on function private.has_due_work is 'Whether a task can be started, polled or taken over now, a reported result is to be hidden, files are to be removed, lists of models are to be read, or a worker has to be in touch for one that may be lost.';
