-- Files of what was deleted. Only Storage can remove files, so they are noted here in the
-- transaction that deletes their rows, and workers remove them.

create table private.files_to_remove (
  id bigint not null generated always as identity,
  place text not null,
  prefix text not null,
  after_task uuid,
  requested_at timestamptz not null default now(),
  tried_at timestamptz,

  constraint files_to_remove_pkey primary key (id),
  constraint files_to_remove_prefix_is_unique unique (place, prefix),
  constraint files_to_remove_place_is_known check (place in ('inputs', 'results')),
  -- Never everybody's.
  constraint files_to_remove_prefix_is_of_a_user check (prefix ~* '^[0-9a-f-]{36}/')
);

comment on table private.files_to_remove is 'Files that workers are to remove through Storage. A row goes when Storage has no such file any more.';
comment on column private.files_to_remove.place is 'inputs: the bucket of that name. results: the bucket of results, whose name is a setting of the worker.';
comment on column private.files_to_remove.prefix is 'What the names of the files begin with: a folder with its slash at the end, or a file up to the dot of its extension.';
comment on column private.files_to_remove.after_task is 'A task that may still store such files: they are removed when it has ended, for its provider, too.';
comment on column private.files_to_remove.tried_at is 'When Storage was last asked to remove some; the others come first.';

create index files_to_remove_next_idx on private.files_to_remove (tried_at nulls first, id);

alter table private.files_to_remove enable row level security;

create or replace function private.may_store_files(p_task_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.tasks where id = p_task_id and (finished_at is null or winds_down)
  );
end;
$$;

comment on function private.may_store_files is 'Whether a worker may still store results of the task.';

create or replace function private.has_files_to_remove()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from private.maintenance_jobs
    where job = 'files to remove' and last_run_at < now() - run_every
  ) and exists (
    select from private.files_to_remove where not private.may_store_files(after_task)
  );
end;
$$;

comment on function private.has_files_to_remove is 'Whether a worker is to remove files now.';

create or replace function private.result_folder(p_user_id uuid, p_output text, p_task_id uuid)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return format(
    '%s/%s/%s/', p_user_id, case p_output when 'image' then 'concepts' else 'models' end, p_task_id
  );
end;
$$;

comment on function private.result_folder is 'Where the worker stores the results of a task: a file each, named by its index.';

create or replace function private.remove_results(
  p_user_id uuid,
  p_output text,
  p_task_id uuid,
  p_result_index integer default null
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_folder text := private.result_folder(p_user_id, p_output, p_task_id);
begin
  if exists (
    select
    from private.files_to_remove
    where place = 'results' and prefix in (v_folder, p_user_id || '/')
      -- What the task may still store is not there yet.
      and (after_task = p_task_id or not private.may_store_files(p_task_id))
  ) then
    return;
  end if;
  insert into private.files_to_remove (place, prefix, after_task)
  values ('results', v_folder || coalesce(p_result_index || '.', ''), p_task_id)
  on conflict do nothing;
end;
$$;

comment on function private.remove_results is 'Has the files of a task removed, or one of them, once it stores no more.';

create or replace function private.remove_files_of_tasks()
returns trigger
language plpgsql
security definer -- also for a role that may delete a user, and nothing in here
set search_path = ''
as $$
begin
  perform private.remove_results(user_id, output, id)
  from deleted
  where status = 'complete' and user_id is not null;
  return null;
end;
$$;

comment on function private.remove_files_of_tasks is 'Trigger: deleted tasks take their results.';

create or replace trigger tasks_take_their_files
  after delete on public.tasks
  referencing old table as deleted
  for each statement
  execute function private.remove_files_of_tasks();

create or replace function private.remove_files_of_results()
returns trigger
language plpgsql
security definer -- apps delete these rows
set search_path = ''
as $$
begin
  perform private.remove_results(
    deleted.user_id, tasks.output, tasks.id, deleted.result_index::integer
  )
  from deleted
  -- With their task all of its files go.
  join public.tasks on tasks.id = deleted.celery_task_id
  where tasks.status = 'complete' or tasks.finished_at is null;
  return null;
end;
$$;

comment on function private.remove_files_of_results is 'Trigger: deleted rows of concept_images or models take their files.';

create or replace trigger concept_images_take_their_files
  after delete on public.concept_images
  referencing old table as deleted
  for each statement
  execute function private.remove_files_of_results();

create or replace trigger models_take_their_files
  after delete on public.models
  referencing old table as deleted
  for each statement
  execute function private.remove_files_of_results();
