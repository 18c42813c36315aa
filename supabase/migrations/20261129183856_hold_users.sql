-- Statements that no copy of a source can replace, such as `alter table` (with
-- `set local lock_timeout = '2s';` before it, so that it never blocks the project for long):

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

create or replace function private.try_hold_user(p_user_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if p_user_id is null then
    return true;
  end if;
  perform from auth.users where id = p_user_id for key share skip locked;
  return found;
end;
$$;

comment on function private.try_hold_user is 'Keeps a user from being deleted until the transaction ends; false if that is being done this moment. Null, of a task whose user is deleted already: true.';

create or replace function private.hold_users(p_tasks public.tasks[])
returns public.tasks[]
language plpgsql
set search_path = ''
as $$
begin
  return array(select task from unnest(p_tasks) as task where private.try_hold_user(task.user_id));
end;
$$;

comment on function private.hold_users is 'Those of locked tasks whose users are not deleted this moment, nor will be until the transaction ends.';

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

create or replace function private.cancel_tasks_of_blocked_users()
returns integer
language plpgsql
set search_path = ''
as $$
begin
  return private.cancel_tasks(private.hold_users(array(
    select tasks
    from public.tasks
    join (
      -- Each is asked about once.
      select user_id
      from (select distinct user_id from public.tasks where finished_at is null) as active
      where private.is_blocked(user_id)
    ) as blocked using (user_id)
    where tasks.finished_at is null
    limit 1000
    for update of tasks skip locked
  )));
end;
$$;

create or replace function private.expire_tasks()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_is_in_grace boolean := private.is_in_grace();
  v_tasks public.tasks[] := private.hold_users(array(
    select tasks
    from public.tasks
    where finished_at is null
      -- The time of the transaction, which an index can be searched by.
      and deadline_at <= now()
      -- A living worker notices the deadline itself: its lease is not extended any more.
      and (
        lease_expires_at is null
        or (lease_expires_at <= clock_timestamp() and not v_is_in_grace)
      )
    order by deadline_at
    limit 100
    for update skip locked
  ));
begin
  perform private.give_up_task(
    task, 'failed', next.error_code, next.detail, p_counts_later => true
  )
  from unnest(v_tasks) as task, private.next_state(task, true) as next;
  return cardinality(v_tasks);
end;
$$;

create or replace function private.end_winding_tasks()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_tasks public.tasks[] := private.hold_users(array(
    select tasks
    from public.tasks
    where winds_down
      and finished_at <= now() - private.max_winding_down()
    order by finished_at
    limit 100
    for update skip locked
  ));
begin
  perform private.end_winding_down(task, p_counts_later => true) from unnest(v_tasks) as task;
  return cardinality(v_tasks);
end;
$$;

create or replace function private.cancel_task(p_user_id uuid, p_task_id uuid)
returns table (status text, billed text, canceled boolean)
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  -- As in private.settle_task.
  perform from auth.users where id = p_user_id for key share;
  -- Whoever locks the row first wins: this, or the worker with the result.
  select * into v_task
  from public.tasks
  where id = p_task_id and user_id = p_user_id and not is_purged
  for update;
  if not found then
    return;
  end if;
  if v_task.finished_at is null then
    perform private.give_up_task(v_task, 'canceled');
    v_task.status := 'canceled';
  end if;
  return query select v_task.status, private.billed(v_task), v_task.status = 'canceled';
end;
$$;

create or replace function private.purge_user(p_user_id uuid, p_batch integer default 500)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_is_done boolean;
begin
  -- Nothing is submitted meanwhile.
  perform private.lock_user(p_user_id);
  -- As in private.settle_task.
  perform from auth.users where id = p_user_id for key share;
  v_is_done := private.erase_user(p_user_id, p_batch);
  -- The user may stay, and have the rest of the day to spend.
  perform private.count_changes();
  return v_is_done;
end;
$$;
