-- What the billing ledger says of a task's calls. What was lost before a call was sent has cost
-- nothing.

create or replace function private.effective_outcome(p_sent_at timestamptz, p_outcome text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case when p_outcome = 'ambiguous' and p_sent_at is null then 'failed' else p_outcome end;
end;
$$;

comment on function private.effective_outcome is 'What is true of a call''s outcome: nobody has billed what was never asked for.';

create or replace function private.mark_call_sent(
  p_task_id uuid,
  p_lease bigint,
  p_mark text
)
returns boolean
language plpgsql
set search_path = ''
-- As in private.submit_task.
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  v_task public.tasks;
begin
  v_task := private.lock_leased_task(p_task_id, p_lease);
  if v_task.id is null
    -- What a provider has accepted is never submitted again.
    or v_task.handle is not null
    -- It would be billed, and cut off before there is a result.
    or v_task.deadline_at
      <= clock_timestamp() + make_interval(secs => v_task.least_run_seconds)
    -- Nobody wants it any more.
    or v_task.winds_down
  then
    return false;
  end if;
  update private.provider_calls
  set sent_at = coalesce(sent_at, clock_timestamp()), mark = coalesce(p_mark, mark)
  -- One of an earlier lease is only looked for.
  where task_id = p_task_id and attempt = p_lease and outcome is null;
  return found;
end;
$$;

comment on function private.mark_call_sent(uuid, bigint, text) is 'Records that the billable request of a claimed task is sent next; false if the lease is stale, its deadline too near, the work accepted already or an earlier call looked for, and then it must not be sent. p_mark: what the call can be looked for by if its answer is lost.';

create or replace function private.mark_call_sent(p_task_id uuid, p_lease bigint)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return private.mark_call_sent(p_task_id, p_lease, null);
end;
$$;

comment on function private.mark_call_sent(uuid, bigint) is 'The same for a call that cannot be looked for, and for workers that know no marks.';

create or replace function private.record_call(
  p_task public.tasks,
  p_call jsonb,
  p_outcome text default null,
  p_error_code text default null,
  p_handle text default null
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.record_rate_limit(p_task.provider, p_call -> 'rate_limit');
  -- A poll of work that goes on says nothing new: no version of a row is written for it.
  if p_outcome is null
    and coalesce(p_handle, p_task.handle) = p_task.handle
    and jsonb_strip_nulls(p_call) - array['rate_limit', 'retry_after_seconds'] = '{}'
  then
    return;
  end if;
  update private.provider_calls
  set
    outcome = private.effective_outcome(sent_at, p_outcome),
    finished_at = case when p_outcome is not null then now() end,
    error_code = case when p_outcome is not null then p_error_code end,
    handle = coalesce(p_handle, handle),
    model = coalesce(p_call ->> 'model', model),
    provider_request_id = coalesce(p_call ->> 'provider_request_id', provider_request_id),
    cost_usd = coalesce((p_call ->> 'cost_usd')::numeric, cost_usd)
  where task_id = p_task.id and outcome is null;

  if p_call ->> 'provider_task_id' is not null then
    update public.tasks
    set provider_task_id = p_call ->> 'provider_task_id'
    where id = p_task.id;
  end if;
end;
$$;

comment on function private.record_call is 'Writes into the ledger what is known of a task''s open call. p_outcome: null while the provider is at it. p_call: model, provider_request_id, provider_task_id, cost_usd, rate_limit (see private.record_rate_limit); what is absent stays as it is.';

create or replace function private.may_look_for_call(p_task_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from private.provider_calls
    where task_id = p_task_id
      and outcome is null
      and handle is null
      and sent_at is not null
      and mark is not null
  );
end;
$$;

comment on function private.may_look_for_call is 'Whether a task''s open call was sent, and the provider can be asked for it although its answer was lost.';

create or replace function private.lost_call(p_task public.tasks)
returns table (mark text, sent_seconds_ago double precision)
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Only what was lost is claimed alone.
  if not p_task.claimed_alone or p_task.handle is not null then
    return;
  end if;
  return query
  select calls.mark, extract(epoch from clock_timestamp() - calls.sent_at)::double precision
  from private.provider_calls as calls
  where calls.task_id = p_task.id
    and calls.attempt < p_task.lease
    and calls.outcome is null
    and calls.sent_at is not null
    and calls.mark is not null;
end;
$$;

comment on function private.lost_call is 'The earlier call of a claimed task that is to be looked for, and not made again; none if there is none.';

create or replace function private.abandon_call(p_task_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.provider_calls
  set outcome = private.effective_outcome(sent_at, 'ambiguous'), finished_at = now()
  where task_id = p_task_id and outcome is null;
end;
$$;

comment on function private.abandon_call is 'Records that nobody will learn any more how a task''s open call ended: ambiguous, or failed if it was never made.';

create or replace function private.may_resubmit(p_task_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select count(calls.id) <= lanes.max_ambiguous_retries
    from public.tasks
    join private.lanes on lanes.provider = tasks.provider
    left join private.provider_calls as calls
      on calls.task_id = tasks.id and calls.outcome = 'ambiguous'
    where tasks.id = p_task_id
    group by lanes.max_ambiguous_retries
  );
end;
$$;

comment on function private.may_resubmit is 'Whether a task may be called for again, given how many of its calls the provider may have billed for nothing.';

create or replace function private.outcome_of_failed_call(p_was_accepted boolean, p_failure jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    -- Paid for, but the result could not be stored.
    when (p_failure ->> 'is_billed')::boolean then 'succeeded'
    when (p_failure ->> 'ended_unbilled')::boolean then 'failed'
    when (p_failure ->> 'is_ambiguous')::boolean then 'ambiguous'
    -- Accepted work that we give up may be billed; under these codes the provider has ended it.
    when p_was_accepted
      and p_failure ->> 'error_code'
        not in ('content_refused', 'invalid_input', 'provider_unavailable')
      then 'ambiguous'
    else 'failed'
  end;
end;
$$;

comment on function private.outcome_of_failed_call is 'What the ledger records of a call that failed for good: whether the provider billed it.';

create or replace function private.is_under_way(p_task public.tasks)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from private.provider_calls
    where task_id = p_task.id
      and outcome is null
      and sent_at is not null
      -- Or else nobody will learn how it ends.
      and (p_task.handle is not null or p_task.lease_expires_at > clock_timestamp())
  );
end;
$$;

comment on function private.is_under_way is 'Whether a provider works on the task, and somebody will learn how that ends.';

create or replace function private.forget_call(p_task public.tasks)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  delete from private.provider_calls
  where task_id = p_task.id and attempt = p_task.lease and outcome is null;
  return found;
end;
$$;

comment on function private.forget_call is 'Takes a call out of the ledger that its worker says it has not made. Returns whether there was one.';

create or replace function private.billed_calls(p_task_id uuid)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_is_billed boolean;
begin
  select bool_or(outcome is not distinct from 'succeeded') into v_is_billed
  from private.provider_calls
  where task_id = p_task_id
    and (outcome in ('succeeded', 'ambiguous') or (outcome is null and sent_at is not null));
  return case when v_is_billed then 'yes' when v_is_billed is null then 'no' else 'maybe' end;
end;
$$;

comment on function private.billed_calls is 'Whether a provider bills a call of the task, as the ledger knows: yes, no, or maybe where nobody knows, or not yet.';

create or replace function private.billed(p_task public.tasks)
returns text
language sql
stable
set search_path = ''
return case
  when p_task.handle is not null then 'yes'
  else private.billed_calls(p_task.id)
end;

comment on function private.billed is 'Whether a provider bills something for a task that is given up now: yes, no, or maybe where a call was under way. What it has accepted counts as billed.';
