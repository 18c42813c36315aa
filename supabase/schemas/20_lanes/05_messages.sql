-- The message of a task: it moves between queues, or belongs to no task.

create or replace function private.move_message(
  p_task public.tasks,
  p_queue text,
  p_delay_seconds integer default 0
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_message_id bigint;
begin
  perform pgmq.delete(p_task.queue, p_task.message_id);
  select send into v_message_id
  from pgmq.send(p_queue, jsonb_build_object('task_id', p_task.id), p_delay_seconds);
  update public.tasks set queue = p_queue, message_id = v_message_id where id = p_task.id;
end;
$$;

comment on function private.move_message is 'Moves a task''s message to the end of another queue.';

create or replace function private.hide_messages(
  p_queue text,
  p_message_ids bigint[],
  p_seconds integer
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- pgmq.set_vt takes one message at a time before version 1.8.
  execute format(
    'update pgmq.%I set vt = $1, read_ct = read_ct + 1 where msg_id = any ($2)', 'q_' || p_queue
  ) using clock_timestamp() + make_interval(secs => p_seconds), p_message_ids;
end;
$$;

comment on function private.hide_messages is 'Hides messages that a worker was given, for the time of its lease.';

create or replace function private.archive_orphaned_message(p_queue text, p_message_id bigint)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_message jsonb;
  v_task_id uuid;
begin
  execute format('select message from pgmq.%I where msg_id = $1', 'q_' || p_queue)
  into v_message using p_message_id;
  v_task_id := private.uuid_or_null(v_message ->> 'task_id');
  -- A second message of a task is spent; one that names none is a riddle.
  if v_message is not null and not exists (select from public.tasks where id = v_task_id) then
    perform private.dead_letter(p_queue, v_message, null, 'Names no task that is there');
  end if;
  perform pgmq.archive(p_queue, p_message_id);
end;
$$;

comment on function private.archive_orphaned_message is 'Takes a message out of its queue that no task points to, and keeps it among the dead if it names no task at all.';

create or replace function private.requeue_or_archive(p_queue text, p_message_id bigint)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select from public.tasks
    where queue = p_queue and message_id = p_message_id
      and (finished_at is null or winds_down)
  ) then
    perform pgmq.set_vt(p_queue, p_message_id, 1);
  else
    perform private.archive_orphaned_message(p_queue, p_message_id);
  end if;
end;
$$;

comment on function private.requeue_or_archive is 'For a message that was read but whose task could not be had: shows it again in a moment if the task is only locked; archives it if no unfinished task points to it.';
