-- What becomes of a claimed task. Each function changes row, asset rows, message and ledger together,
-- and nothing at all when the lease is stale: another worker has the task, or had it.

create or replace function private.complete_task(
  p_task_id uuid,
  p_lease bigint,
  p_asset_urls text[],
  p_call jsonb
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if not private.holds_lease(p_task_id, p_lease) then
    return false;
  end if;
  perform private.record_call(p_task_id, p_call);
  perform private.close_task(p_task_id, 'complete', p_asset_urls);
  return true;
end;
$$;

comment on function private.complete_task is 'Ends a claimed task with its stored results.';

create or replace function private.fail_task(
  p_task_id uuid,
  p_lease bigint,
  p_error_code text,
  p_detail text,
  p_call jsonb
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if not private.holds_lease(p_task_id, p_lease) then
    return false;
  end if;
  perform private.record_call(p_task_id, p_call, p_error_code);
  perform private.close_task(p_task_id, 'failed', p_error_code => p_error_code, p_detail => p_detail);
  return true;
end;
$$;

comment on function private.fail_task is 'Ends a claimed task without a result.';

create or replace function private.retry_task(
  p_task_id uuid,
  p_lease bigint,
  p_error_code text,
  p_detail text,
  p_delay_seconds integer,
  p_call jsonb
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  if not private.holds_lease(p_task_id, p_lease) then
    return false;
  end if;
  perform private.record_call(p_task_id, p_call, p_error_code);

  select * into v_task from public.tasks where id = p_task_id;
  if v_task.handle is null and not private.may_repeat(p_task_id) then
    perform private.close_task(p_task_id, 'failed', p_error_code => p_error_code, p_detail => p_detail);
    return true;
  end if;

  update public.tasks
  set
    claims_without_outcome = 0,
    failed_attempts = failed_attempts + 1,
    last_error = p_detail,
    lease_expires_at = null
  where id = p_task_id;
  perform pgmq.set_vt(v_task.queue, v_task.message_id, p_delay_seconds);
  return true;
end;
$$;

comment on function private.retry_task is 'Puts a claimed task back for another attempt after a delay, or ends it if that might pay once more than the lane allows.';

create or replace function private.snooze_task(
  p_task_id uuid,
  p_lease bigint,
  p_handle text,
  p_delay_seconds integer,
  p_progress smallint,
  p_call jsonb
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  if not private.holds_lease(p_task_id, p_lease) then
    return false;
  end if;
  perform private.record_call(p_task_id, p_call, p_handle => p_handle);

  update public.tasks
  set
    handle = p_handle,
    accepted_at = coalesce(accepted_at, now()),
    progress = coalesce(p_progress, progress),
    claims_without_outcome = 0,
    failed_attempts = 0,
    lease_expires_at = null
  where id = p_task_id
  returning * into v_task;

  if v_task.queue = private.polls_queue(v_task.provider) then
    perform pgmq.set_vt(v_task.queue, v_task.message_id, p_delay_seconds);
  else
    perform private.move_message(v_task, private.polls_queue(v_task.provider), p_delay_seconds);
  end if;
  return true;
end;
$$;

comment on function private.snooze_task is 'Stores what the provider gave to ask for the work by, and puts the task back to be polled after a delay.';
