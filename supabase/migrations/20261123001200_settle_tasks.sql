-- What becomes of a claimed task. Each function changes row, asset rows, message and ledger together,
-- and nothing at all (returning false) when the lease is stale: another worker has the task, or had it.

create function private.complete_task(
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

create function private.fail_task(
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

create function private.retry_task(
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

create function private.snooze_task(
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

create function private.may_repeat(p_task_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select count(calls.id) <= lanes.repeat_ambiguous
    from public.tasks
    join private.lanes on lanes.provider = tasks.provider
    left join private.provider_calls as calls
      on calls.task_id = tasks.id and calls.outcome = 'ambiguous'
    where tasks.id = p_task_id
    group by lanes.repeat_ambiguous
  );
end;
$$;

comment on function private.may_repeat is 'Whether a task may be called for again, given how many of its calls the provider may have billed for nothing.';

create function private.holds_lease(p_task_id uuid, p_lease bigint)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  perform
  from public.tasks
  where id = p_task_id and lease = p_lease and lease_expires_at > clock_timestamp()
  for update;
  return found;
end;
$$;

comment on function private.holds_lease is 'Whether the caller may settle the task, and locks it if so.';

create function private.record_call(
  p_task_id uuid,
  p_call jsonb,
  p_error_code text default null,
  p_handle text default null
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.provider_calls
  set
    outcome = private.known_outcome(called_at, p_call ->> 'outcome'),
    finished_at = case when p_call ->> 'outcome' is not null then now() end,
    error_code = case when p_call ->> 'outcome' is not null then p_error_code end,
    handle = coalesce(p_handle, handle),
    model = coalesce(p_call ->> 'model', model),
    provider_request_id = coalesce(p_call ->> 'provider_request_id', provider_request_id),
    cost_usd = coalesce((p_call ->> 'cost_usd')::numeric, cost_usd)
  where task_id = p_task_id and outcome is null;

  if p_call ->> 'provider_task_id' is not null then
    update public.tasks
    set provider_task_id = p_call ->> 'provider_task_id'
    where id = p_task_id;
  end if;

  -- Only of what was started: a poll that works says nothing of what starts would meet.
  perform private.note_call(provider, p_error_code, (p_call ->> 'retry_after_seconds')::integer)
  from public.tasks
  where id = p_task_id and handle is null;
end;
$$;

comment on function private.record_call is 'Writes into the ledger what is known of a task''s open call. p_call: outcome (null while the provider is at it), model, provider_request_id, provider_task_id, cost_usd, retry_after_seconds; what is absent stays as it is.';
