-- Orphaned result files: stored, but shown to nobody.

create or replace function private.task_of_file(p_name text)
returns uuid
language sql
stable
set search_path = ''
return private.uuid_or_null(split_part(p_name, '/', 3));

comment on function private.task_of_file is 'The id in the path of a result file; null where there is none.';

create or replace function private.result_files(p_bucket text, p_task public.tasks)
returns text[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_folder text := concat_ws(
    '/', p_task.user_id, case p_task.output when 'image' then 'concepts' else 'models' end,
    p_task.id, ''
  );
begin
  return array(
    select name
    from storage.objects
    -- Between the folder and what comes after all that is in it: a range of Storage's own index.
    where bucket_id = p_bucket
      and name collate "C" > v_folder and name collate "C" < rtrim(v_folder, '/') || '0'
  );
end;
$$;

comment on function private.result_files is 'Names of the stored result files of a task.';

create or replace function private.is_orphaned_file(p_name text, p_created_at timestamptz)
returns boolean
language sql
stable
set search_path = ''
return p_created_at < now() - interval '1 hour'
  -- What else a project keeps in that bucket is none of ours.
  and p_name ~ '^[0-9a-f-]{36}/(concepts|models)/[0-9a-f-]{36}/[^/]+$'
  and not exists (
    select from public.tasks
    where tasks.id = private.task_of_file(p_name)
      and (
        tasks.finished_at is null
        or tasks.status = 'complete' and (
          tasks.reported_at is null
          -- What is yet to be moved out of here.
          or exists (
            select from private.reports where task_id = tasks.id and hidden_at is null
          )
        )
      )
  );

comment on function private.is_orphaned_file is 'Whether it is a result file of a task that did not end complete, is gone, or was reported and is hidden: a worker that was lost may store it again.';

create or replace function private.count_orphaned_files(p_bucket text)
returns bigint
language sql
stable
set search_path = ''
as $$
  select count(*)
  from (
    select * from private.files_after(
      p_bucket,
      coalesce((select last_name from private.file_cursors where bucket_id = p_bucket), ''),
      5000
    )
    union
    select * from private.files_after(p_bucket, '', 5000)
  ) as files
  where private.is_orphaned_file(files.name, files.created_at);
$$;

comment on function private.count_orphaned_files is 'Orphaned files among the first 5,000 of a bucket and the 5,000 to be looked at next: all of a small one.';
