-- What becomes of work that nobody waits for any more.

create or replace function private.settle_given_up_task(p_task public.tasks, p_outcome jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_failure jsonb;
begin
  case p_outcome ->> 'kind'
    when 'complete' then
      perform private.record_call(p_task, p_outcome -> 'call', 'succeeded');
    when 'snooze' then
      return private.snooze_task(p_task, p_outcome);
    when 'failure' then
      v_failure := p_outcome;
      if p_task.handle is not null
        and not coalesce((v_failure ->> 'is_final')::boolean, false)
        and v_failure ->> 'error_code' not in ('content_refused', 'invalid_input')
      then
        perform private.wait_for_next_attempt(
          p_task,
          -- A provider's words may repeat what was asked for.
          case when not p_task.is_purged then v_failure ->> 'detail' end,
          (v_failure ->> 'delay_seconds')::integer
        );
        return 'polling';
      end if;
      perform private.record_call(
        p_task, v_failure -> 'call',
        private.outcome_of_failed_call(p_task.handle is not null, v_failure),
        v_failure ->> 'error_code'
      );
    when 'release' then
      if p_task.handle is not null then
        return private.release_task(p_task);
      end if;
      perform private.forget_call(p_task);
    when 'not_found' then
      null; -- what it has cost nobody will learn
  end case;
  perform private.end_winding_down(p_task);
  return p_task.status;
end;
$$;

comment on function private.settle_given_up_task is 'Records what became of work that nobody waits for any more, and lets go of it once its provider has.';
