-- Looking for files that nothing needs, page by page: only Storage can remove them, so workers ask
-- for their names.

create or replace function private.is_removable_file(
  p_job text,
  p_name text,
  p_created_at timestamptz,
  p_changed_at timestamptz
)
returns boolean
language sql
stable
set search_path = ''
return case p_job
  when 'orphaned files' then private.is_orphaned_file(p_name, p_created_at)
  when 'unused inputs' then private.is_unused_input(p_name, p_changed_at)
end;

comment on function private.is_removable_file is 'Whether a file is one that this maintenance job removes.';

create or replace function private.next_removable_files(
  p_job text,
  p_bucket text,
  p_limit integer,
  p_files integer default 5000
)
returns setof text
language plpgsql
set search_path = ''
as $$
declare
  v_after text;
  v_file record;
  v_seen integer := 0;
  v_found integer := 0;
begin
  insert into private.file_cursors (bucket_id) values (p_bucket) on conflict do nothing;
  select last_name into v_after from private.file_cursors where bucket_id = p_bucket for update;
  for v_file in
    select
      name,
      private.is_removable_file(p_job, name, created_at, changed_at) as is_removable
    from private.files_after(p_bucket, v_after, p_files)
  loop
    exit when v_found = p_limit;
    v_seen := v_seen + 1;
    v_after := v_file.name;
    if v_file.is_removable then
      v_found := v_found + 1;
      return next v_file.name;
    end if;
  end loop;
  if v_seen < p_files and v_found < p_limit then
    v_after := '';
  end if;
  update private.file_cursors set last_name = v_after where bucket_id = p_bucket;
end;
$$;

comment on function private.next_removable_files is 'What a maintenance job removes among the next p_files files of its bucket, at most p_limit; the next call goes on behind them, and from the start when the bucket is through. What could not be removed is found again then. A task that names an unused input in the moment before it is removed fails as invalid_input.';

create or replace function private.removable_files_if_due(
  p_job text,
  p_bucket text,
  p_limit integer
)
returns setof text
language plpgsql
set search_path = ''
as $$
declare
  v_names text[];
begin
  if not private.take_maintenance_job(p_job) then
    return;
  end if;
  v_names := array(select private.next_removable_files(p_job, p_bucket, p_limit));
  if cardinality(v_names) = p_limit then
    perform private.repeat_maintenance_job(p_job);
  end if;
  return query select unnest(v_names);
end;
$$;

comment on function private.removable_files_if_due is 'The same when the job is due, however many ask; at once again while there are as many as are wanted.';
