-- What should never be, found and repaired: the safety net under everything else. Each queue by
-- itself, so that trouble with one keeps no other from being repaired.

create or replace function private.tasks_without_message(p_queue text)
returns setof public.tasks
language plpgsql
stable
set search_path = ''
as $$
begin
  return query execute format(
    $query$
      select tasks.*
      from public.tasks
      where queue = $1
        and (finished_at is null or winds_down)
        and not exists (select from pgmq.%I as message where message.msg_id = tasks.message_id)
    $query$,
    'q_' || p_queue
  ) using p_queue;
end;
$$;

comment on function private.tasks_without_message is 'Unfinished tasks of a queue that have no message there: nobody would be given them, or be given them again.';

create or replace function private.continue_numbers(p_queue text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_sequence text := pg_get_serial_sequence(format('pgmq.%I', 'q_' || p_queue), 'msg_id');
  v_known bigint;
  v_next bigint;
begin
  execute format(
    $query$
      select greatest(
        (select max(msg_id) from pgmq.%I),
        (select max(message_id) from public.tasks where queue = $1)
      )
    $query$,
    'a_' || p_queue
  ) into v_known using p_queue;
  execute format('select last_value from %s', v_sequence) into v_next;
  if v_known > v_next then
    perform setval(v_sequence, v_known);
  end if;
end;
$$;

comment on function private.continue_numbers is 'Lets a queue that was made again number its messages after those that its tasks and its archive know.';

create or replace function private.restore_messages(p_queue text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
  v_message_id bigint;
  v_count integer := 0;
begin
  perform private.continue_numbers(p_queue);
  for v_task in
    select * from private.tasks_without_message(p_queue) order by message_id, created_at, id
  loop
    -- Who has it locked may be moving it. If not, the next turn finds it.
    perform
    from public.tasks
    where id = v_task.id
      and queue = p_queue
      and message_id is not distinct from v_task.message_id
      and (finished_at is null or winds_down)
    for update skip locked;
    continue when not found;
    select send into v_message_id
    from pgmq.send(
      p_queue, jsonb_build_object('task_id', v_task.id),
      -- Nobody is to be shown it while a worker has it.
      coalesce(v_task.lease_expires_at, clock_timestamp())
    );
    update public.tasks set message_id = v_message_id where id = v_task.id;
    v_count := v_count + 1;
  end loop;
  return v_count;
end;
$$;

comment on function private.restore_messages is 'Sends new messages for tasks of a queue that have lost theirs. Returns how many.';

create or replace function private.restore_queues()
returns setof text
language plpgsql
set search_path = ''
as $$
declare
  v_queue text;
begin
  for v_queue in
    select queue from private.queues() as queue where not private.has_queue(queue) order by queue
  loop
    perform private.create_queue(v_queue);
    perform private.restore_messages(v_queue);
    return next v_queue;
  end loop;
end;
$$;

comment on function private.restore_queues is 'For the operator: creates the queues that lanes lack, and gives their tasks new messages. Returns their names.';

create or replace function private.orphaned_messages(p_queue text)
returns setof bigint
language plpgsql
stable
set search_path = ''
as $$
begin
  return query execute format(
    $query$
      select message.msg_id
      from pgmq.%I as message
      where message.enqueued_at < now() - interval '1 minute'
        and not exists (
          -- One that has ended has let go of its message.
          select from public.tasks
          where tasks.queue = $1 and tasks.message_id = message.msg_id
        )
    $query$,
    'q_' || p_queue
  ) using p_queue;
end;
$$;

comment on function private.orphaned_messages is 'Messages of a queue that no unfinished task points to.';

create or replace function private.archive_orphaned_messages(p_queue text)
returns integer
language sql
set search_path = ''
as $$
  select count(private.archive_orphaned_message(p_queue, message_id))::integer
  from private.orphaned_messages(p_queue) as message_id;
$$;

comment on function private.archive_orphaned_messages is 'Takes messages out of a queue that no unfinished task points to. Returns how many.';

create or replace function private.try_repair(p_function text, p_subject text default null)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_count integer;
begin
  if p_subject is null then
    execute format('select private.%I()', p_function) into v_count;
  else
    execute format('select private.%I($1)', p_function) into v_count using p_subject;
  end if;
  return v_count;
exception
  when others then
    raise warning '%(%): %', p_function, p_subject, sqlerrm;
    perform private.fail_maintenance_job(
      'reconcile', format('%s(%s): %s', p_function, p_subject, sqlerrm)
    );
    return 0;
end;
$$;

comment on function private.try_repair is 'Calls a function that repairs something and counts it. A failure is undone, warned of and kept in private.maintenance_jobs, and stops nothing else.';

create or replace function private.reconcile()
returns table (restored_messages integer, archived_messages integer)
language plpgsql
set search_path = ''
as $$
declare
  -- A missing queue is an alert of its own.
  v_queues text[] := array(
    select queue from private.queues() as queue where private.has_queue(queue)
  );
begin
  perform
    private.try_repair('cancel_tasks_of_blocked_users'),
    private.try_repair('notice_lost_tasks'), private.try_repair('expire_tasks'),
    private.try_repair('end_winding_tasks'), private.try_repair('close_calls_of_deleted_users'),
    private.try_repair('clear_audit_log');
  select coalesce(sum(private.try_repair('restore_messages', queue)), 0)
  into restored_messages
  from unnest(v_queues) as queue;
  select coalesce(sum(private.try_repair('archive_orphaned_messages', queue)), 0)
  into archived_messages
  from unnest(v_queues) as queue;
  perform private.try_repair('count_changes');
  return next;
end;
$$;

comment on function private.reconcile is 'Ends overdue tasks and those of blocked users, restores lost messages, and archives messages that belong to no task. Returns how many.';

create or replace function private.reconcile_if_due()
returns void
language plpgsql
set search_path = ''
as $$
begin
  if private.take_maintenance_job('reconcile') then
    perform private.reconcile();
  end if;
end;
$$;

comment on function private.reconcile_if_due is 'Reconciles once a minute, however many workers ask. Must be called outside of any other transaction: it reads all unfinished tasks.';
