-- Fair queueing in a lane. Each user has one task in the lane's queue; the others wait in the
-- backlog, and when that one starts or ends, the next moves to the end of the queue. So whoever
-- comes with one task is served after at most one task of each other user, however many those have.

create or replace function private.lock_user_in_lane(p_provider text, p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(p_provider || ' ' || p_user_id, 0));
end;
$$;

comment on function private.lock_user_in_lane is 'Until the end of the transaction no other one places or promotes tasks of this user in the lane. Without it a task could go into the backlog behind one that has just started, and stay there.';

create or replace function private.queue_for_new_task(p_provider text, p_user_id uuid)
returns text
language plpgsql
set search_path = ''
as $$
begin
  perform private.lock_user_in_lane(p_provider, p_user_id);
  if exists (
    select from public.tasks
    where queue = p_provider and user_id = p_user_id and status = 'pending'
  ) then
    return private.backlog_queue(p_provider);
  end if;
  return p_provider;
end;
$$;

comment on function private.queue_for_new_task is 'Where the message of a new task goes: into the lane''s queue if its user has no task there, else into the backlog.';

create or replace function private.promote_next_task(p_provider text, p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_next public.tasks;
begin
  perform private.lock_user_in_lane(p_provider, p_user_id);
  select * into v_next
  from public.tasks
  where queue = private.backlog_queue(p_provider) and user_id = p_user_id and status = 'pending'
  order by message_id
  limit 1
  for update skip locked; -- locked: it is being canceled this moment
  if found then
    perform private.move_message(v_next, p_provider);
  end if;
end;
$$;

comment on function private.promote_next_task is 'Puts a user''s next task at the end of the lane''s queue.';
