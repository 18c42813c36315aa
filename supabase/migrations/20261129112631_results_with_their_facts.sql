-- Results come with what is known of them.

set local lock_timeout = '2s';

alter table public.tasks add column results jsonb;

-- Called by functions in SQL only, which are planned anew; made anew below, with one parameter more.
drop function private.close_task(uuid, text, text[], text, text, boolean, text, boolean);

-- Made anew below, with two columns more: who names its columns does not notice.
drop function private.read_task(uuid, uuid, boolean);

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

comment on column public.tasks.results is 'What is known of its results, as workers have read it from the bytes on their way: assets (in the order of asset_urls: media_type, bytes, and what kind of file tells more), preview_url, and what makes them again: model_id, seed, revised_prompt. Null until it is complete, and once its user has reported it.';

grant select (parameters, results) on public.tasks to authenticated;

create or replace function private.result_metadata(p_task public.tasks, p_result_index integer)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_task.results is null or p_task.asset_urls[p_result_index + 1] is null then
    return '{}';
  end if;
  return p_task.results
    || jsonb_build_object(
      'assets', jsonb_build_array(
        jsonb_build_object('url', p_task.asset_urls[p_result_index + 1])
          || coalesce(p_task.results -> 'assets' -> p_result_index, '{}')
      ),
      'parameters', p_task.parameters
    );
end;
$$;

comment on function private.result_metadata is 'What an app can know of one result of a task, for the metadata of its row: assets (of this result alone), preview_url, model_id, seed, revised_prompt, parameters. Empty for what is not there, and once it was reported.';

create or replace function private.mirror_task_to_assets()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.concept_images as image
  set
    asset_url = new.asset_urls[image.result_index + 1],
    ai_service_task_id = new.provider_task_id,
    status = private.asset_status(new.status, new.asset_urls[image.result_index + 1]),
    metadata = case
      when new.results is not distinct from old.results then image.metadata
      else (image.metadata - array['assets', 'preview_url'])
        || private.result_metadata(new, image.result_index)
    end
  where image.celery_task_id = new.id;

  update public.models as model
  set
    asset_url = new.asset_urls[model.result_index + 1],
    ai_service_task_id = new.provider_task_id,
    status = private.asset_status(new.status, new.asset_urls[model.result_index + 1]),
    metadata = case
      when new.results is not distinct from old.results then model.metadata
      else (model.metadata - array['assets', 'preview_url'])
        || private.result_metadata(new, model.result_index)
    end
  where model.celery_task_id = new.id;

  return null;
end;
$$;

comment on function private.mirror_task_to_assets is 'Trigger: a change of a task''s status, of its name at the provider, or a report of its results, and with them what is known of these, reaches its rows in concept_images and models in the same transaction.';

create or replace function private.close_task(
  p_task_id uuid,
  p_status text,
  p_asset_urls text[] default '{}',
  p_error_code text default null,
  p_detail text default null,
  p_winds_down boolean default false,
  p_reason text default null,
  p_counts_later boolean default false,
  p_results jsonb default null
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_before public.tasks;
  v_cost_usd numeric;
begin
  select * into v_before from public.tasks where id = p_task_id and finished_at is null for update;
  if not found then
    return;
  end if;
  v_cost_usd := v_before.reserved_usd;
  if not p_winds_down then
    perform private.abandon_call(p_task_id);
    v_cost_usd := private.task_cost_usd(p_task_id);
  end if;

  update public.tasks
  set
    status = p_status,
    asset_urls = p_asset_urls,
    results = p_results,
    error_code = p_error_code,
    error = private.task_error_message(p_error_code, p_reason),
    last_error = coalesce(p_detail, last_error),
    winds_down = p_winds_down,
    reserved_usd = v_cost_usd,
    lease_expires_at = case when p_winds_down then lease_expires_at end,
    lost_at = case when p_winds_down then lost_at end,
    -- The number is free: a queue that is made again may give it to another message.
    message_id = case when p_winds_down then message_id end,
    finished_at = now()
  where id = p_task_id;
  if not p_winds_down then
    perform private.archive_message(v_before);
    perform private.forget_canceled_task(p_task_id);
    perform private.settle_reservation(v_before, v_cost_usd, p_status, p_counts_later);
  end if;

  -- Nothing of the user's, and nothing of the provider's: somebody has to look.
  if p_error_code in ('internal', 'outcome_unknown', 'storage_failed') then
    perform private.dead_letter(
      v_before.queue, jsonb_build_object('task_id', p_task_id), p_task_id,
      concat_ws(': ', p_error_code, p_detail)
    );
  end if;
end;
$$;

comment on function private.close_task is 'Moves a task to its final state; does nothing if it is final already. p_reason: see private.task_error_reasons. p_winds_down: the provider still works on it, so it is polled on, and its call stays open; else its message is archived, and what the ledger does not know of its call by now, nobody will learn.';

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

create or replace function private.read_task(
  p_user_id uuid,
  p_task_id uuid,
  p_with_cost boolean default false
)
returns table (
  id uuid,
  client_task_id text,
  operation text,
  provider text,
  status text,
  progress smallint,
  asset_urls text[],
  results jsonb,
  parameters jsonb,
  missing_results integer,
  error_code text,
  error text,
  created_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  reported_at timestamptz,
  cost_usd numeric,
  blocked boolean
)
language plpgsql
set search_path = ''
as $$
declare
  v_cost_usd numeric;
begin
  -- Before the role changes, which may not ask this.
  blocked := private.is_blocked(p_user_id);
  if blocked then
    return next;
    return;
  end if;
  if p_with_cost then
    select reserved_usd into v_cost_usd
    from public.tasks
    where tasks.id = p_task_id and tasks.finished_at is not null and not winds_down;
  end if;
  perform private.act_as(p_user_id);
  return query
  select
    tasks.id, tasks.client_task_id, tasks.operation, tasks.provider, tasks.status, tasks.progress,
    tasks.asset_urls, tasks.results, tasks.parameters,
    case
      when tasks.status = 'complete' and tasks.reported_at is null
        then nullif(greatest(tasks.result_count - cardinality(tasks.asset_urls), 0), 0)
    end,
    tasks.error_code, tasks.error,
    tasks.created_at, tasks.started_at, tasks.finished_at,
    tasks.reported_at, v_cost_usd, false
  from public.tasks
  where tasks.id = p_task_id;
end;
$$;

comment on function private.read_task is 'What the user may see of a task; no row if it is not the user''s. cost_usd: with p_with_cost, for apps that may know, what it has cost, once that is final. blocked: the user may not; the rest is null then. Leaves the transaction in the user''s role.';

create or replace function private.report_task(p_user_id uuid, p_task_id uuid, p_reason text)
returns table (status text, reported_at timestamptz)
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  select * into v_task from public.tasks where id = p_task_id and user_id = p_user_id for update;
  if not found then
    return;
  end if;
  if v_task.status = 'complete' and v_task.reported_at is null then
    insert into private.reports (task_id, reason, asset_urls)
    values (v_task.id, p_reason, v_task.asset_urls);
    update public.tasks set reported_at = now(), asset_urls = '{}', results = null
    where id = v_task.id
    returning * into v_task;
    perform private.hasten_maintenance_job('reported files');
  end if;
  return query select v_task.status, v_task.reported_at;
end;
$$;
