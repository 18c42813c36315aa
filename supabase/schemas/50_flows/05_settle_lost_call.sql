-- Calls that were sent and whose answer was lost, where the provider has a list of its work: they
-- are looked for. Found means adopted, as if the answer had come. Not found is no proof, because a
-- list may be late.

create or replace function private.max_looks()
returns integer
language sql
immutable
set search_path = ''
return 5;

comment on function private.max_looks is 'How often a lost call is looked for: about a minute, see private.look_later.';

create or replace function private.is_to_be_looked_for(p_task public.tasks, p_failure jsonb)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return p_task.handle is null
    and coalesce((p_failure ->> 'is_ambiguous')::boolean, false)
    and not coalesce((p_failure ->> 'is_billed')::boolean, false)
    and p_task.deadline_at > clock_timestamp()
    and private.may_look_for_call(p_task.id);
end;
$$;

comment on function private.is_to_be_looked_for is 'Whether a failed step leaves a call that is to be looked for; also a step that could not look for it.';

create or replace function private.look_later(
  p_task public.tasks,
  p_detail text
)
returns text
language plpgsql
set search_path = ''
as $$
declare
  -- 2, 4, 8, 16, 32: a minute, as what the provider has taken may be in its list late.
  v_seconds integer := (
    select 2 ^ (least(looks, private.max_looks() - 1) + 1)
    from private.provider_calls
    where task_id = p_task.id and outcome is null
  );
begin
  -- As if it was lost with its worker then: claimed alone, and never started.
  update public.tasks
  set
    claims_without_outcome = 0,
    claimed_alone = false,
    losses_alone = 0,
    last_error = p_detail,
    lost_at = clock_timestamp(),
    lease_expires_at = clock_timestamp() + make_interval(secs => v_seconds)
  where id = p_task.id;
  perform pgmq.set_vt(p_task.queue, p_task.message_id, v_seconds);
  return 'looking';
end;
$$;

comment on function private.look_later is 'Puts a task back whose call is to be looked for. The call stays open, and the task counts its estimate once.';

create or replace function private.settle_look(p_task public.tasks)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_detail text := 'Sent, and not in the list of the provider';
  v_failure jsonb := jsonb_build_object(
    'error_code', 'outcome_unknown', 'detail', v_detail, 'is_retryable', true
  );
  v_looks smallint;
  v_next record;
begin
  update private.provider_calls
  set looks = looks + 1
  where task_id = p_task.id and outcome is null and attempt < p_task.lease
  returning looks into v_looks;
  if v_looks < private.max_looks() then
    return private.look_later(p_task, v_detail);
  end if;
  perform private.record_call(p_task, '{}', 'ambiguous', 'outcome_unknown');
  v_next := private.next_state(p_task, private.may_resubmit(p_task.id), v_failure);
  if v_next.state = 'failed' then
    perform private.close_task(
      p_task.id, 'failed', p_error_code => v_next.error_code, p_detail => v_next.detail
    );
    return v_next.state;
  end if;
  perform private.raise_reservation(p_task.id);
  perform private.wait_for_next_attempt(p_task, v_detail, 0);
  return v_next.state;
end;
$$;

comment on function private.settle_look is 'Records that a lost call was looked for in vain. After the last time its outcome is unknown, and the lane says whether the task is called for again.';
