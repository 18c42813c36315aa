-- Cancellation.

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

comment on function private.cancel_task is 'Ends a task that has no result yet. A worker that has not called for it is refused from then on; what the provider does already winds down. No row: no such task of this user. canceled: whether that is how it ended, now or before; else it had ended otherwise.';

create or replace function private.cancel_own_task(p_user_id uuid, p_task_id uuid)
returns table (status text, billed text, canceled boolean, blocked boolean)
language plpgsql
set search_path = ''
as $$
begin
  blocked := private.is_blocked(p_user_id);
  if blocked then
    return next;
    return;
  end if;
  return query
  select ending.status, ending.billed, ending.canceled, false
  from private.cancel_task(p_user_id, p_task_id) as ending;
end;
$$;

comment on function private.cancel_own_task is 'Cancels a task for its user, as private.cancel_task. blocked: the user may not; the rest is null then.';
