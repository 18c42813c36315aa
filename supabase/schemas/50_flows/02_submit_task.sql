-- Accepting a request: row, asset rows and message, or nothing.

create or replace function private.differing_keys(p_left jsonb, p_right jsonb)
returns text[]
language sql
immutable
set search_path = ''
return (
  select coalesce(array_agg(key order by key), '{}')
  from (
    select jsonb_object_keys(p_left) as key
    union
    select jsonb_object_keys(p_right)
  ) as keys
  where p_left -> key is distinct from p_right -> key
);

comment on function private.differing_keys is 'Names of the keys in which two JSON objects differ.';

create or replace function private.find_live_task(
  p_user_id uuid,
  p_client_task_id text,
  p_operation text,
  p_provider text,
  p_parameters jsonb,
  out id uuid,
  out status text,
  out conflicts text[]
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select
    tasks.id,
    tasks.status,
    private.differing_keys(
      tasks.parameters || jsonb_build_object('provider', tasks.provider),
      p_parameters || jsonb_build_object('provider', p_provider)
    )
  into find_live_task.id, find_live_task.status, find_live_task.conflicts
  from public.tasks
  where tasks.user_id = p_user_id
    and tasks.operation = p_operation
    and tasks.client_task_id = p_client_task_id
    and tasks.status not in ('failed', 'canceled');
end;
$$;

comment on function private.find_live_task is 'The task that was accepted under the same user, operation and client_task_id and still takes its place, with the fields in which the two requests differ. All null if there is none.';

create or replace function private.submit_task(
  p_user_id uuid,
  p_client_task_id text,
  p_operation text,
  p_provider text,
  p_parameters jsonb,
  p_output text,
  p_result_count integer,
  p_time_limit_seconds integer,
  p_request_id text,
  p_input_bytes bigint default 0,
  p_api_key_id uuid default null,
  p_is_limited boolean default true,
  p_max_call_seconds integer default 0,
  p_pool text default 'default',
  p_least_run_seconds integer default 0,
  p_inputs jsonb default null,
  p_plan text default 'default',
  p_estimate_usd numeric default 0,
  p_model text default null,
  out id uuid,
  out status text,
  out replayed boolean,
  out conflicts text[],
  out wake boolean,
  out exceeded_limit text,
  out allowed integer,
  out retry_after_seconds integer
)
language plpgsql
set search_path = ''
-- Each statement finds its rows by keys: to plan it for each submit costs more than to run it.
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  v_limits record;
  v_count record;
  v_key_allowed integer;
  v_lane private.lanes;
  v_turn bigint;
  v_live record;
  v_message_id bigint;
begin
  replayed := false;
  conflicts := '{}';
  wake := false;

  perform private.lock_user(p_user_id);
  if private.is_blocked(p_user_id) then
    exceeded_limit := 'user_is_blocked';
    return;
  end if;
  v_live := private.find_live_task(
    p_user_id, p_client_task_id, p_operation, p_provider, p_parameters
  );
  if v_live.id is not null then
    submit_task.id := v_live.id;
    submit_task.status := v_live.status;
    conflicts := v_live.conflicts;
    replayed := true;
    return;
  end if;

  select * into v_lane from private.lanes where provider = p_provider;
  v_turn := private.next_turn(p_user_id, v_lane, p_pool);
  if p_is_limited then
    v_limits := private.check_limits(p_user_id, p_api_key_id, p_plan);
    exceeded_limit := v_limits.exceeded_limit;
    allowed := v_limits.allowed;
    retry_after_seconds := v_limits.retry_after_seconds;
    v_key_allowed := v_limits.key_allowed;
    if exceeded_limit is null then
      select start.* into exceeded_limit, allowed, retry_after_seconds
      from private.check_expected_start(
        v_lane, p_pool, v_turn, p_result_count, p_least_run_seconds, p_time_limit_seconds
      ) as start;
    end if;
    if exceeded_limit is not null then
      return;
    end if;
  end if;

  if v_key_allowed is not null then
    v_count := private.count_key_submit(p_api_key_id, v_key_allowed);
    exceeded_limit := v_count.exceeded_limit;
    allowed := v_key_allowed;
    retry_after_seconds := v_count.retry_after_seconds;
    if exceeded_limit is not null then
      return;
    end if;
  end if;

  -- The message first, so that the row is written once: a second version would go into every index.
  submit_task.id := gen_random_uuid();
  select send into v_message_id
  from pgmq.send(p_provider, jsonb_build_object('task_id', submit_task.id));
  insert into public.tasks (
    id, user_id, client_task_id, operation, provider, parameters, output, result_count,
    input_bytes, request_id, queue, message_id, deadline_at, max_call_seconds, pool,
    least_run_seconds, turn, inputs, plan, api_key_id, model, estimate_usd, reserved_usd
  )
  values (
    submit_task.id, p_user_id, p_client_task_id, p_operation, p_provider, p_parameters, p_output,
    p_result_count, p_input_bytes, p_request_id, p_provider, v_message_id,
    now() + make_interval(secs => p_time_limit_seconds), p_max_call_seconds, p_pool,
    p_least_run_seconds, v_turn, p_inputs, p_plan, p_api_key_id, p_model, p_estimate_usd,
    p_estimate_usd
  )
  returning tasks.status into submit_task.status;
  perform private.create_asset_rows(
    submit_task.id, p_user_id, p_client_task_id, p_output, p_result_count, p_parameters,
    jsonb_build_object('provider', p_provider, 'operation', p_operation)
  );
  -- Most have none.
  if p_input_bytes > 0 then
    perform private.note_input_uses(submit_task.id, p_user_id, p_parameters);
  end if;
  wake := private.should_wake_worker();
end;
$$;

comment on function private.submit_task is 'Creates a task with its asset rows and its message, or finds the live one under the same user, operation and client_task_id, or refuses a new one that a limit stands against, and any of a blocked user. replayed: whether it was found; conflicts names the fields in which the two requests differ; wake: whether a worker should be woken; exceeded_limit names the limit, or is user_is_blocked, and then nothing was made.';
