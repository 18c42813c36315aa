-- What should never be, found and repaired: the safety net under everything else.

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
        and finished_at is null
        and (lease_expires_at is null or lease_expires_at < clock_timestamp())
        and not exists (select from pgmq.%I as message where message.msg_id = tasks.message_id)
    $query$,
    'q_' || p_queue
  ) using p_queue;
end;
$$;

comment on function private.tasks_without_message is 'Unfinished tasks of a queue that nobody would ever be given.';

create or replace function private.restore_messages()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
  v_message_id bigint;
  v_count integer := 0;
begin
  for v_task in
    select lost.* from private.queues() as queue, private.tasks_without_message(queue) as lost
  loop
    select send into v_message_id
    from pgmq.send(v_task.queue, jsonb_build_object('task_id', v_task.id));
    -- If another transaction moved it meanwhile, the message sent here has no task.
    update public.tasks
    set message_id = v_message_id
    where id = v_task.id
      and queue = v_task.queue
      and message_id is not distinct from v_task.message_id;
    v_count := v_count + 1;
  end loop;
  return v_count;
end;
$$;

comment on function private.restore_messages is 'Sends new messages for tasks that have lost theirs. Returns how many.';

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
          select from public.tasks
          where tasks.queue = $1 and tasks.message_id = message.msg_id and tasks.finished_at is null
        )
    $query$,
    'q_' || p_queue
  ) using p_queue;
end;
$$;

comment on function private.orphaned_messages is 'Messages of a queue that no unfinished task points to.';

create or replace function private.archive_orphaned_messages()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_orphan record;
  v_count integer := 0;
begin
  for v_orphan in
    select queue, message_id
    from private.queues() as queue, private.orphaned_messages(queue) as message_id
  loop
    perform private.archive_orphaned_message(v_orphan.queue, v_orphan.message_id);
    v_count := v_count + 1;
  end loop;
  return v_count;
end;
$$;

comment on function private.archive_orphaned_messages is 'Takes messages out of their queues that no unfinished task points to. Returns how many.';

create or replace function private.stalled_backlogs()
returns table (provider text, user_id uuid)
language sql
stable
set search_path = ''
as $$
  select distinct backlogged.provider, backlogged.user_id
  from public.tasks as backlogged
  where backlogged.status = 'pending'
    and backlogged.queue = private.backlog_queue(backlogged.provider)
    and not exists (
      select from public.tasks as next
      where next.queue = backlogged.provider
        and next.user_id = backlogged.user_id
        and next.status = 'pending'
    );
$$;

comment on function private.stalled_backlogs is 'Users with tasks in a lane''s backlog and none in its queue.';

create or replace function private.promote_stalled_backlogs()
returns integer
language sql
set search_path = ''
as $$
  select count(private.promote_next_task(provider, user_id))::integer
  from private.stalled_backlogs();
$$;

comment on function private.promote_stalled_backlogs is 'Moves the next task of each such user into the lane''s queue. Returns how many users.';

create or replace function private.reconcile()
returns table (restored_messages integer, archived_messages integer, promoted_backlogs integer)
language plpgsql
set search_path = ''
as $$
begin
  perform private.expire_tasks();
  restored_messages := private.restore_messages();
  archived_messages := private.archive_orphaned_messages();
  promoted_backlogs := private.promote_stalled_backlogs();
  return next;
end;
$$;

comment on function private.reconcile is 'Ends overdue tasks, restores lost messages, archives messages that belong to no task, and promotes stalled backlogs. Returns how many.';

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
