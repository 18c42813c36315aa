-- What becomes of a claimed task. Row, asset rows, message and ledger change together, and nothing
-- at all when the lease is stale: another worker has the task, or had it.

create or replace function private.complete_task(p_task public.tasks, p_outcome jsonb)
returns text
language plpgsql
set search_path = ''
as $$
begin
  perform private.record_call(p_task, p_outcome -> 'call', 'succeeded');
  perform private.close_task(
    p_task.id, 'complete',
    array(select jsonb_array_elements_text(p_outcome -> 'asset_urls'))
  );
  return 'complete';
end;
$$;

comment on function private.complete_task is 'Ends a claimed task with its stored results: asset_urls.';

create or replace function private.snooze_task(p_task public.tasks, p_outcome jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
  v_delay_seconds integer := (p_outcome ->> 'delay_seconds')::integer;
begin
  perform private.record_call(p_task, p_outcome -> 'call', p_handle => p_outcome ->> 'handle');

  update public.tasks
  set
    handle = p_outcome ->> 'handle',
    accepted_at = coalesce(accepted_at, now()),
    progress = coalesce((p_outcome ->> 'progress')::smallint, progress),
    claims_without_outcome = 0,
    failed_attempts = 0,
    lease_expires_at = null
  where id = p_task.id
  returning * into v_task;

  if v_task.queue = private.polls_queue(v_task.provider) then
    perform pgmq.set_vt(v_task.queue, v_task.message_id, v_delay_seconds);
  else
    perform private.move_message(v_task, private.polls_queue(v_task.provider), v_delay_seconds);
  end if;
  return 'polling';
end;
$$;

comment on function private.snooze_task is 'Stores the handle that the provider returned, and puts the task back to be polled after delay_seconds. progress: a percentage, if it is known.';

create or replace function private.settle_failure(p_task public.tasks, p_outcome jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_call_outcome text;
  v_next record;
begin
  if p_task.handle is not null then
    v_next := private.next_state(p_task, true, p_outcome);
    -- A poll that fails says nothing about the work: its call stays open while it is polled. Past
    -- the deadline we give the work up, whatever the last poll met: the task's own error code
    -- counts.
    if v_next.state = 'failed' then
      v_call_outcome := private.outcome_of_failed_call(
        true, p_outcome || jsonb_build_object('error_code', v_next.error_code)
      );
    end if;
    perform private.record_call(
      p_task, p_outcome -> 'call', v_call_outcome, p_outcome ->> 'error_code'
    );
  else
    v_call_outcome := private.outcome_of_failed_call(false, p_outcome);
    perform private.record_call(
      p_task, p_outcome -> 'call', v_call_outcome, p_outcome ->> 'error_code'
    );
    v_next := private.next_state(p_task, private.may_resubmit(p_task.id), p_outcome);
  end if;

  if v_next.state = 'failed' then
    perform private.close_task(
      p_task.id, 'failed', p_error_code => v_next.error_code, p_detail => v_next.detail
    );
    return v_next.state;
  end if;
  update public.tasks
  set
    claims_without_outcome = 0,
    failed_attempts = failed_attempts + 1,
    last_error = p_outcome ->> 'detail',
    lease_expires_at = null
  where id = p_task.id;
  -- Not later than the deadline, which ends it.
  perform pgmq.set_vt(
    p_task.queue, p_task.message_id,
    least(
      (p_outcome ->> 'delay_seconds')::integer,
      greatest(ceil(extract(epoch from p_task.deadline_at - clock_timestamp())), 0)::integer
    )
  );
  return v_next.state;
end;
$$;

comment on function private.settle_failure is 'Records a failed step and moves the task to its next state. p_outcome: error_code, detail (for the operator), is_retryable, is_final, is_ambiguous (the provider may have billed it), is_billed (it surely has), delay_seconds (until the next attempt, if there is one).';

create or replace function private.settle_task(p_task_id uuid, p_lease bigint, p_outcome jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  v_task := private.lock_leased_task(p_task_id, p_lease);
  if v_task.id is null then
    return null;
  end if;
  case p_outcome ->> 'kind'
    when 'complete' then return private.complete_task(v_task, p_outcome);
    when 'snooze' then return private.snooze_task(v_task, p_outcome);
    when 'failure' then return private.settle_failure(v_task, p_outcome);
  end case;
end;
$$;

comment on function private.settle_task is 'Applies the outcome of a step to a claimed task and returns the state that it reached: complete, failed, retrying or polling; null if the lease is stale, and then nothing has changed. p_outcome: kind (complete, snooze, failure), call (see private.record_call), and what its kind needs.';
