-- What becomes of a claimed task. Row, asset rows, message and ledger change together, and nothing
-- at all when the lease is stale: another worker has the task, or had it.

create or replace function private.task_results(p_task public.tasks, p_told jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(p_told, '{}') || jsonb_strip_nulls(jsonb_build_object(
    'model_id', coalesce(
      (
        select model
        from private.provider_calls
        where task_id = p_task.id and outcome = 'succeeded'
        order by attempt desc
        limit 1
      ),
      p_task.model
    )
  ));
end;
$$;

comment on function private.task_results is 'What is kept with the results of a task: what its worker has told of them, and the model that the ledger names.';

create or replace function private.complete_task(p_task public.tasks, p_outcome jsonb)
returns text
language plpgsql
set search_path = ''
as $$
begin
  perform private.record_call(p_task, p_outcome -> 'call', 'succeeded');
  perform private.record_health(p_task);
  perform private.close_task(
    p_task.id, 'complete',
    array(select jsonb_array_elements_text(p_outcome -> 'asset_urls')),
    p_results => private.task_results(p_task, p_outcome -> 'results')
  );
  if p_outcome ? 'warnings' then
    update public.concept_images as image
    set metadata = image.metadata || jsonb_build_object('warning', warning.words)
    from jsonb_each_text(p_outcome -> 'warnings') as warning (place, words)
    where image.celery_task_id = p_task.id and image.result_index = warning.place::smallint;
  end if;
  return 'complete';
end;
$$;

comment on function private.complete_task is 'Ends a claimed task with its stored results: asset_urls; results, which is what is known of them (see public.tasks.results); and warnings, by the place of the result, for apps to read in the metadata of its image.';

create or replace function private.is_given_up(p_error_code text, p_failure jsonb)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_error_code = 'timeout' and not coalesce((p_failure ->> 'is_final')::boolean, false);
end;
$$;

comment on function private.is_given_up is 'Whether accepted work ends here although the provider may still be at it.';

create or replace function private.settle_failure(p_task public.tasks, p_outcome jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks := p_task;
  v_failure jsonb := p_outcome;
  v_error_code text := p_outcome ->> 'error_code';
  v_call_outcome text;
  v_next record;
begin
  perform private.record_unlisted_host(v_task.provider, v_failure);
  if private.is_to_be_looked_for(v_task, v_failure) then
    perform private.record_health(v_task, v_failure);
    return private.look_later(v_task, v_failure ->> 'detail');
  end if;
  if private.may_resubmit_ended(v_task, v_failure) then
    perform private.record_call(
      v_task, v_failure -> 'call', 'failed', v_failure ->> 'error_code'
    );
    v_task := private.forget_handle(v_task);
    v_failure := v_failure || '{"is_retryable": true}';
    v_next := private.next_state(v_task, private.may_resubmit(v_task.id), v_failure);
  elsif v_task.handle is not null then
    v_next := private.next_state(v_task, true, v_failure);
    -- A poll that fails says nothing about the work: its call stays open while it is polled, also
    -- past the deadline, when the task has ended and the provider has not.
    if v_next.state = 'failed' and not private.is_given_up(v_next.error_code, v_failure) then
      v_call_outcome := private.outcome_of_failed_call(
        true, v_failure || jsonb_build_object('error_code', v_next.error_code)
      );
    end if;
    perform private.record_call(
      v_task, v_failure -> 'call', v_call_outcome, v_failure ->> 'error_code'
    );
  else
    v_call_outcome := private.outcome_of_failed_call(false, v_failure);
    perform private.record_call(
      v_task, v_failure -> 'call', v_call_outcome, v_failure ->> 'error_code'
    );
    v_next := private.next_state(v_task, private.may_resubmit(v_task.id), v_failure);
  end if;

  perform private.record_health(p_task, v_failure);

  if v_next.state = 'failed' then
    perform private.close_task(
      v_task.id, 'failed', p_error_code => v_next.error_code, p_detail => v_next.detail,
      p_winds_down => private.is_under_way(v_task), p_reason => v_failure ->> 'reason'
    );
    select * into v_task from public.tasks where id = v_task.id;
    if not v_task.winds_down then
      return v_next.state;
    end if;
  else
    perform private.raise_reservation(v_task.id);
  end if;
  perform private.wait_for_next_attempt(
    v_task, v_failure ->> 'detail', (v_failure ->> 'delay_seconds')::integer,
    p_is_attempt => v_error_code <> 'provider_rate_limited'
  );
  return v_next.state;
end;
$$;

comment on function private.settle_failure is 'Records a failed step and moves the task to its next state. p_outcome: error_code, detail (for the operator), reason (see private.task_error_reasons), is_retryable, is_final, is_ambiguous (the provider may have billed it), is_billed (it surely has), is_own_cut (we ended the call ourselves), pause_scope (of a provider that is asked too often: lane or pool), ended_unbilled (the provider has ended accepted work for a reason of its own, and bills nothing), unlisted_host (where the result is, if not on a host that is known), delay_seconds (until the next attempt, if there is one).';

create or replace function private.settle_task(p_task_id uuid, p_lease bigint, p_outcome jsonb)
returns text
language plpgsql
set search_path = ''
-- As in private.submit_task.
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  v_task public.tasks;
  v_state text;
  v_outcome jsonb := p_outcome;
  v_is_refused boolean := coalesce(p_outcome ->> 'error_code' = 'content_refused', false);
begin
  if v_is_refused then
    perform private.lock_user(user_id) from public.tasks where id = p_task_id;
  end if;
  -- What a failure leaves refers to the user, and so does a row that is written twice, to Postgres.
  -- Who deletes the user locks that row first, and so it is here: neither waits for the other for
  -- ever.
  perform from auth.users
  where id = (select user_id from public.tasks where tasks.id = p_task_id)
  for key share;
  v_task := private.lock_leased_task(p_task_id, p_lease);
  if v_task.id is null then
    return null;
  end if;
  if v_task.claimed_alone and exists (select from private.lost_call(v_task)) then
    -- Whatever a worker makes of a look, and one that knows none: the call was sent before.
    v_outcome := v_outcome || '{"is_ambiguous": true}';
  end if;
  if v_task.winds_down then
    v_state := private.settle_given_up_task(v_task, v_outcome);
  else
    case v_outcome ->> 'kind'
      when 'complete' then v_state := private.complete_task(v_task, v_outcome);
      when 'snooze' then v_state := private.snooze_task(v_task, v_outcome);
      when 'failure' then v_state := private.settle_failure(v_task, v_outcome);
      when 'not_found' then v_state := private.settle_look(v_task);
      when 'release' then v_state := private.release_task(v_task);
    end case;
  end if;
  -- Also of what nobody waits for any more: canceling evades nothing.
  if v_is_refused and v_state not in ('retrying', 'polling', 'looking') then
    perform private.count_refusal(v_task.user_id, v_task.provider, v_task.id);
  end if;
  return v_state;
end;
$$;

comment on function private.settle_task is 'Applies the outcome of a step to a claimed task and returns the state that it reached: complete, failed, retrying, polling, looking, released or canceled; null if the lease is stale, and then nothing has changed. p_outcome: kind (complete, snooze, failure, not_found, release), call (see private.record_call), and what its kind needs.';
