-- Accepting a request: row, asset rows and message, or nothing.

create function private.differing_keys(p_left jsonb, p_right jsonb)
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

create function private.submit_task(
  p_user_id uuid,
  p_client_task_id text,
  p_operation text,
  p_provider text,
  p_parameters jsonb,
  p_output text,
  p_result_count integer,
  p_time_limit_seconds integer,
  p_request_id text,
  out id uuid,
  out status text,
  out replayed boolean,
  out conflicts text[]
)
language plpgsql
set search_path = ''
as $$
declare
  v_message_id bigint;
begin
  -- A lost race waits here for the winner's commit; if the winner then fails or is canceled before
  -- the look-up below, the way is free again.
  loop
    insert into public.tasks (
      user_id, client_task_id, operation, provider, parameters, result_count, request_id,
      queue, deadline_at
    )
    values (
      p_user_id, p_client_task_id, p_operation, p_provider, p_parameters, p_result_count,
      p_request_id, p_provider, now() + make_interval(secs => p_time_limit_seconds)
    )
    on conflict do nothing
    returning tasks.id, tasks.status into submit_task.id, submit_task.status;
    exit when found;

    select live.id, live.status, live.conflicts
    into submit_task.id, submit_task.status, submit_task.conflicts
    from private.find_live_task(
      p_user_id, p_client_task_id, p_operation, p_provider, p_parameters
    ) as live;
    replayed := true;
    if found then
      return;
    end if;
  end loop;

  replayed := false;
  conflicts := '{}';

  select send into v_message_id
  from pgmq.send(p_provider, jsonb_build_object('task_id', submit_task.id));
  update public.tasks set message_id = v_message_id where tasks.id = submit_task.id;

  perform private.create_asset_rows(submit_task.id, p_output);
end;
$$;

comment on function private.submit_task is 'Creates a task with its asset rows and its message, or finds the live one under the same user, operation and client_task_id. replayed tells which; conflicts names the fields in which the two requests differ.';

create function private.find_live_task(
  p_user_id uuid,
  p_client_task_id text,
  p_operation text,
  p_provider text,
  p_parameters jsonb
)
returns table (id uuid, status text, conflicts text[])
language sql
stable
set search_path = ''
as $$
  select
    tasks.id,
    tasks.status,
    private.differing_keys(
      tasks.parameters || jsonb_build_object('provider', tasks.provider),
      p_parameters || jsonb_build_object('provider', p_provider)
    )
  from public.tasks
  where tasks.user_id = p_user_id
    and tasks.operation = p_operation
    and tasks.client_task_id = p_client_task_id
    and tasks.status not in ('failed', 'canceled');
$$;

comment on function private.find_live_task is 'The task that was accepted under the same user, operation and client_task_id and still takes its place, with the fields in which the two requests differ.';

create function private.create_asset_rows(p_task_id uuid, p_output text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_output = 'image' then
    insert into public.concept_images (
      user_id, task_id, celery_task_id, result_index, prompt, style, metadata
    )
    select
      t.user_id, t.client_task_id, t.id, i, t.parameters ->> 'prompt', t.parameters ->> 'style',
      jsonb_build_object('provider', t.provider, 'operation', t.operation)
    from public.tasks as t, generate_series(0, t.result_count - 1) as i
    where t.id = p_task_id;
  elsif p_output = 'model' then
    insert into public.models (
      user_id, task_id, celery_task_id, result_index, prompt, style, metadata
    )
    select
      t.user_id, t.client_task_id, t.id, i, t.parameters ->> 'prompt', t.parameters ->> 'style',
      jsonb_build_object('provider', t.provider, 'operation', t.operation)
    from public.tasks as t, generate_series(0, t.result_count - 1) as i
    where t.id = p_task_id;
  else
    raise exception 'Unknown kind of output: %', p_output;
  end if;
end;
$$;

comment on function private.create_asset_rows is 'One pending row for each result asked for, in concept_images (image) or models (model).';
