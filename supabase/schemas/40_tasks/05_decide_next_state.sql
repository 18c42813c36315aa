-- What becomes of a task after a failed step, or after its worker was lost. Nothing else decides
-- whether it is tried again, called again after an ambiguous call, or ended.

create or replace function private.max_attempts()
returns integer
language sql
immutable
set search_path = ''
return 4;

comment on function private.max_attempts is 'How often a task is tried before the provider has accepted it, the first time included. A result that is not usable counts as an attempt, too.';

create or replace function private.max_losses_alone()
returns integer
language sql
immutable
set search_path = ''
return 3;

comment on function private.max_losses_alone is 'How many workers in a row may be lost that hold nothing but one task, before it counts as poison.';

create or replace function private.next_state(
  p_task public.tasks,
  p_may_resubmit boolean,
  p_failure jsonb default null,
  out state text,
  out error_code text,
  out detail text
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_attempts integer := p_task.failed_attempts + 1;
  v_goes_on boolean;
begin
  error_code := p_failure ->> 'error_code';
  detail := p_failure ->> 'detail';

  if p_failure is null then
    -- What the provider has accepted is paid: it is polled until its deadline.
    v_goes_on := p_task.handle is not null or p_task.losses_alone < private.max_losses_alone();
    if not v_goes_on then
      error_code := 'internal';
      detail := format('%s workers were lost with it alone', private.max_losses_alone());
    end if;
  elsif p_task.handle is not null then
    -- Polling costs nothing, and what is polled for has been paid. The work goes on at the provider
    -- although it cannot be reached, or rejects a key that was just changed. Only the provider's
    -- own word ends it, or a result that stays unusable.
    v_goes_on := not coalesce((p_failure ->> 'is_final')::boolean, false)
      and error_code not in ('content_refused', 'invalid_input')
      and (error_code <> 'invalid_result' or v_attempts < private.max_attempts());
  else
    -- That a provider is busy is no attempt: the task waits until its deadline.
    v_goes_on := coalesce((p_failure ->> 'is_retryable')::boolean, false)
      and (error_code = 'provider_rate_limited' or v_attempts < private.max_attempts());
  end if;

  if p_task.deadline_at <= clock_timestamp() and (v_goes_on or p_failure is null) then
    v_goes_on := false;
    error_code := 'timeout';
    detail := coalesce(p_failure ->> 'detail', 'Deadline passed');
  elsif v_goes_on and p_task.handle is null and not p_may_resubmit then
    v_goes_on := false;
    error_code := coalesce(error_code, 'outcome_unknown');
    detail := coalesce(detail, 'Worker lost during the call');
  end if;

  state := case
    when not v_goes_on then 'failed'
    when p_task.handle is not null then 'polling'
    else 'retrying'
  end;
end;
$$;

comment on function private.next_state is 'Decides what becomes of a task: retrying (it is submitted again), polling (the provider has accepted it and is asked again) or failed, then with error_code and detail. p_failure: what the step reported (error_code, detail, is_retryable, is_final); null if no outcome of the last claim is known. p_may_resubmit: see private.may_resubmit, asked after the last call is in the ledger.';
