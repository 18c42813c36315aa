-- How concept_images and models follow their task, with which private.submit_task creates them.

create or replace function private.asset_status(p_task_status text, p_asset_url text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_task_status = 'complete' and p_asset_url is null then 'failed'
    else p_task_status
  end;
end;
$$;

comment on function private.asset_status is 'Status of one result of a task. A complete task may have fewer results than were asked for, or none that is shown, because its user has reported them; the missing ones failed.';

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

-- The asset rows cannot disagree with their task, because nobody else writes their status.
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
      when (new.results, new.asset_urls) is not distinct from (old.results, old.asset_urls) then image.metadata
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
      when (new.results, new.asset_urls) is not distinct from (old.results, old.asset_urls) then model.metadata
      else (model.metadata - array['assets', 'preview_url'])
        || private.result_metadata(new, model.result_index)
    end
  where model.celery_task_id = new.id;

  return null;
end;
$$;

comment on function private.mirror_task_to_assets is 'Trigger: a change of a task''s status, of its name at the provider, of the URLs of its results, or a report of them, and with them what is known of these, reaches its rows in concept_images and models in the same transaction.';

create or replace trigger tasks_mirror_to_assets
  after update of status, provider_task_id, reported_at, asset_urls on public.tasks
  for each row
  when (
    old.status is distinct from new.status
    or old.provider_task_id is distinct from new.provider_task_id
    or old.reported_at is distinct from new.reported_at
    or old.asset_urls is distinct from new.asset_urls
  )
  execute function private.mirror_task_to_assets();

create or replace function private.forget_canceled_task(p_task_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.tasks
  set parameters = '{}'
  where id = p_task_id
    and status = 'canceled'
    and not winds_down
    and private.billed(tasks) = 'no';
  if found then
    update public.concept_images set prompt = null
    where celery_task_id = p_task_id and prompt is not null;
    update public.models set prompt = null
    where celery_task_id = p_task_id and prompt is not null;
  end if;
end;
$$;

comment on function private.forget_canceled_task is 'Drops what was asked for of a task that was canceled and has cost nothing: submits and cancellations of a user fill no disk. The row itself, now without parameters, stays for a day.';
