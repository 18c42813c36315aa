-- Fair queueing in a lane. Each user has one task in the lane's queue; the others wait in the backlog,
-- and when that one starts or ends, the next moves to the end of the queue. So whoever comes with one task
-- is served after at most one task of each other user, however many those have.

create or replace function private.lock_turn(p_provider text, p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(p_provider || ' ' || p_user_id, 0));
end;
$$;

comment on function private.lock_turn is 'Until the end of the transaction nobody else decides whose turn it is among this user''s tasks. Without it a task could go to wait for one that has just started, and wait for ever.';

create or replace function private.queue_of_next(p_provider text, p_user_id uuid)
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

create or replace function private.end_turn(p_provider text, p_user_id uuid)
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
