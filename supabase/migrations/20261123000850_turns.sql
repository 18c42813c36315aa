-- Users take turns in a lane. Each has one task in the lane's queue; the others wait apart, and when
-- that one starts or ends, the next moves to the end of the queue. So whoever comes with one task is
-- served after at most one task of each other user, however many those have.

create function private.lock_turn(p_provider text, p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(p_provider || ' ' || p_user_id, 0));
end;
$$;

comment on function private.lock_turn is 'Until the end of the transaction nobody else decides whose turn it is among this user''s tasks. Without it a task could go to wait for one that has just started, and wait for ever.';

create function private.queue_of_next(p_provider text, p_user_id uuid)
returns text
language plpgsql
set search_path = ''
as $$
begin
  perform private.lock_turn(p_provider, p_user_id);
  if exists (
    select from public.tasks
    where queue = p_provider and user_id = p_user_id and status = 'pending'
  ) then
    return private.waiting_queue(p_provider);
  end if;
  return p_provider;
end;
$$;

comment on function private.queue_of_next is 'Where the message of a new task goes: into the lane''s queue if its user has no task there, else to those who wait.';

create function private.end_turn(p_provider text, p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_next public.tasks;
begin
  perform private.lock_turn(p_provider, p_user_id);
  select * into v_next
  from public.tasks
  where queue = private.waiting_queue(p_provider) and user_id = p_user_id and status = 'pending'
  order by message_id
  limit 1
  for update skip locked; -- locked: it is being canceled this moment
  if found then
    perform private.move_message(v_next, p_provider);
  end if;
end;
$$;

comment on function private.end_turn is 'Puts a user''s next task at the end of the lane''s queue.';

create function private.move_message(p_task public.tasks, p_queue text, p_delay_seconds integer default 0)
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
