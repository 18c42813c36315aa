-- What could not be served, accepted again.

create or replace function private.replay_dead_letter(p_id bigint)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  v_dead private.dead_letters;
  v_task public.tasks;
  v_id uuid;
begin
  update private.dead_letters
  set replayed_at = now()
  where id = p_id and replayed_at is null
  returning * into v_dead;
  if not found then
    raise exception 'No dead letter % that could be replayed', p_id;
  end if;

  select * into v_task from public.tasks where id = v_dead.task_id;
  if not found then
    raise exception 'Dead letter % has no task: there is nothing to replay', p_id;
  end if;

  if private.is_blocked(v_task.user_id) then
    raise exception 'Dead letter % is of a user who is blocked: it is not replayed', p_id;
  end if;
  -- A finished task stays as it is: the same request is accepted again.
  select submission.id into v_id
  from private.submit_task(
    p_user_id => v_task.user_id,
    p_client_task_id => v_task.client_task_id,
    p_operation => v_task.operation,
    p_provider => v_task.provider,
    p_parameters => v_task.parameters,
    p_output => v_task.output,
    p_result_count => v_task.result_count,
    p_time_limit_seconds => extract(epoch from v_task.deadline_at - v_task.created_at)::integer,
    p_request_id => v_task.request_id,
    p_input_bytes => v_task.input_bytes,
    p_is_limited => false,
    p_max_call_seconds => v_task.max_call_seconds,
    p_pool => v_task.pool,
    p_least_run_seconds => v_task.least_run_seconds,
    p_inputs => v_task.inputs,
    p_plan => v_task.plan,
    p_api_key_id => v_task.api_key_id,
    p_model => v_task.model,
    p_estimate_usd => v_task.estimate_usd,
    p_list_price_usd => v_task.list_price_usd,
    p_traceparent => v_task.traceparent
  ) as submission;
  return v_id;
end;
$$;

comment on function private.replay_dead_letter is 'Accepts the request behind a dead letter again, as a new task under the same client_task_id, and returns its id.';
