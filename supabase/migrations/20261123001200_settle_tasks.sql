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
  perform private.finish_call(p_task_id, p_lease, p_call);
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
  perform private.finish_call(p_task_id, p_lease, p_call, p_error_code);
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
  perform private.finish_call(p_task_id, p_lease, p_call, p_error_code);

  if not private.may_repeat(p_task_id) then
    perform private.close_task(p_task_id, 'failed', p_error_code => p_error_code, p_detail => p_detail);
    return true;
  end if;

  update public.tasks
  set
    failed_attempts = failed_attempts + 1,
    last_error = p_detail,
    lease_expires_at = null
  where id = p_task_id
  returning * into v_task;
  perform pgmq.set_vt(v_task.provider, v_task.message_id, p_delay_seconds);
  return true;
end;
$$;

comment on function private.retry_task is 'Puts a claimed task back for another attempt after a delay, or ends it if that might pay once more than the lane allows.';

create function private.may_repeat(p_task_id uuid)
returns boolean
language sql
stable
set search_path = ''
return (
  select count(calls.id) <= lanes.repeat_unknown
  from public.tasks
  join private.lanes on lanes.provider = tasks.provider
  left join private.provider_calls as calls
    on calls.task_id = tasks.id and calls.outcome = 'unknown'
  where tasks.id = p_task_id
  group by lanes.repeat_unknown
);

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

create function private.finish_call(
  p_task_id uuid,
  p_attempt bigint,
  p_call jsonb,
  p_error_code text default null
)
returns void
language sql
set search_path = ''
as $$
  update private.provider_calls
  set
    outcome = p_call ->> 'outcome',
    error_code = p_error_code,
    finished_at = now(),
    model = p_call ->> 'model',
    provider_request_id = p_call ->> 'provider_request_id',
    cost_usd = (p_call ->> 'cost_usd')::numeric
  where task_id = p_task_id and attempt = p_attempt;
$$;

comment on function private.finish_call is 'Writes the end of a call into the ledger. p_call: outcome, and optionally model, provider_request_id, cost_usd.';
