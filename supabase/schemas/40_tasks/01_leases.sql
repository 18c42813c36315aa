-- The right to settle a task. It is numbered: whoever has the last number has the task, also after
-- its time has run out, until another worker claims it.

create or replace function private.lock_leased_task(p_task_id uuid, p_lease bigint)
returns public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  select * into v_task
  from public.tasks
  where id = p_task_id and lease = p_lease and lease_expires_at is not null
  for update;
  return v_task;
end;
$$;

comment on function private.lock_leased_task is 'The task, locked, if the lease is the last one; else null: another worker has the task, or had it, and nothing may change.';

create or replace function private.extend_leases(
  p_task_ids uuid[],
  p_leases bigint[],
  p_lease_seconds integer,
  p_worker_id uuid default null,
  p_may_claim boolean default true
)
returns setof uuid
language plpgsql
set search_path = ''
as $$
begin
  return query
  with held as (
    select tasks.id
    from unnest(p_task_ids, p_leases) as held (task_id, lease)
    join public.tasks on tasks.id = held.task_id
      and tasks.lease = held.lease
      -- One that has run out is good again: nobody has claimed the task meanwhile.
      and tasks.lease_expires_at is not null
      and (tasks.deadline_at > clock_timestamp() or tasks.winds_down)
    order by tasks.id
    for no key update of tasks
  ),
  extended as (
    update public.tasks
    set
      lease_expires_at = clock_timestamp() + make_interval(secs => p_lease_seconds),
      lost_at = null
    from held
    where tasks.id = held.id
    returning tasks.id, tasks.queue, tasks.message_id
  )
  select extended.id
  from extended
  -- Also without its message a task that is held is held.
  left join lateral pgmq.set_vt(extended.queue, extended.message_id, p_lease_seconds) on true;

  perform private.record_contact();
  -- Last: a claim of the same worker holds lanes when it comes to this row, and whoever settles one
  -- of these tasks may wait for a lane.
  perform private.record_worker(p_worker_id, p_may_claim);
end;
$$;

comment on function private.extend_leases is 'Extends the given leases and hides their messages as long. Returns the tasks still held; the rest were lost or are past their deadline, and their work must stop. p_may_claim: whether the worker still looks for more.';
