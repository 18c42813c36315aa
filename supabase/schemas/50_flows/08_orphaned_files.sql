-- Orphaned result files.

create or replace function private.task_of_file(p_name text)
returns uuid
language sql
stable
set search_path = ''
return case
  when pg_input_is_valid(split_part(p_name, '/', 3), 'uuid') then split_part(p_name, '/', 3)::uuid
end;

comment on function private.task_of_file is 'The id in the path of a result file; null where there is none.';

create or replace function private.orphaned_files(p_bucket text, p_limit integer default null)
returns setof text
language sql
stable
set search_path = ''
as $$
  select objects.name
  from storage.objects
  where objects.bucket_id = p_bucket
    and objects.created_at < now() - interval '1 hour'
    -- What else a project keeps in that bucket is none of ours.
    and objects.name ~ '^[0-9a-f-]{36}/(concepts|models)/[0-9a-f-]{36}/[^/]+$'
    and not exists (
      select from public.tasks
      where tasks.id = private.task_of_file(objects.name)
        and (tasks.status = 'complete' or tasks.finished_at is null)
    )
  order by objects.created_at
  limit p_limit;
$$;

comment on function private.orphaned_files is 'Result files of tasks that did not end complete, or are gone: stored, but shown to nobody. Workers remove them through Storage, since only it can.';

create or replace function private.orphaned_files_if_due(p_bucket text, p_limit integer)
returns setof text
language plpgsql
set search_path = ''
as $$
begin
  if private.take_sweep('files') then
    return query select * from private.orphaned_files(p_bucket, p_limit);
  end if;
end;
$$;

comment on function private.orphaned_files_if_due is 'The same, once in ten minutes, however many ask.';
