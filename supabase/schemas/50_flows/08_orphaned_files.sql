-- Orphaned result files: stored, but shown to nobody. A bucket is looked through page by page, in
-- the order of its index, and from the start again when it is through.

create table private.file_cursors (
  bucket_id text not null,
  last_name text not null default '',

  constraint file_cursors_pkey primary key (bucket_id)
);

comment on table private.file_cursors is 'How far the search for orphaned files has come in each bucket.';
comment on column private.file_cursors.last_name is 'The last file that was looked at; empty: none of this pass.';

alter table private.file_cursors enable row level security;

create or replace function private.task_of_file(p_name text)
returns uuid
language sql
stable
set search_path = ''
return case
  when pg_input_is_valid(split_part(p_name, '/', 3), 'uuid') then split_part(p_name, '/', 3)::uuid
end;

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
    -- Between the folder and what comes after all that is in it: a range of the index.
    where bucket_id = p_bucket and name > v_folder and name < rtrim(v_folder, '/') || '0'
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

create or replace function private.files_after(p_bucket text, p_name text, p_files integer)
returns table (name text, is_orphaned boolean)
language sql
stable
set search_path = ''
as $$
  select page.name, private.is_orphaned_file(page.name, page.created_at)
  from (
    select objects.name, objects.created_at
    from storage.objects
    where objects.bucket_id = p_bucket and objects.name > p_name
    order by objects.name
    limit p_files
  ) as page
  order by page.name;
$$;

comment on function private.files_after is 'The next files of a bucket, at most so many, and which of them are orphaned.';

create or replace function private.next_orphaned_files(
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
  for v_file in select * from private.files_after(p_bucket, v_after, p_files) loop
    exit when v_found = p_limit;
    v_seen := v_seen + 1;
    v_after := v_file.name;
    if v_file.is_orphaned then
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

comment on function private.next_orphaned_files is 'Orphaned files among the next p_files of a bucket, at most p_limit; the next call goes on behind them. Workers remove them through Storage, since only it can. What could not be removed is found again when the bucket is through.';

create or replace function private.orphaned_files_if_due(p_bucket text, p_limit integer)
returns setof text
language plpgsql
set search_path = ''
as $$
declare
  v_names text[];
begin
  if not private.take_maintenance_job('orphaned files') then
    return;
  end if;
  v_names := array(select private.next_orphaned_files(p_bucket, p_limit));
  if cardinality(v_names) = p_limit then
    -- There may be more: due again at once, for whoever asks.
    update private.maintenance_jobs set last_run_at = now() - run_every - interval '1 microsecond'
    where job = 'orphaned files';
  end if;
  return query select unnest(v_names);
end;
$$;

comment on function private.orphaned_files_if_due is 'The same, once a minute, however many ask; at once again while there are as many as are wanted.';

create or replace function private.count_orphaned_files(p_bucket text)
returns bigint
language sql
stable
set search_path = ''
as $$
  select count(*)
  from (
    select name
    from private.files_after(
      p_bucket,
      coalesce((select last_name from private.file_cursors where bucket_id = p_bucket), ''),
      5000
    )
    where is_orphaned
    union
    select name from private.files_after(p_bucket, '', 5000) where is_orphaned
  ) as orphaned;
$$;

comment on function private.count_orphaned_files is 'Orphaned files among the first 5,000 of a bucket and the 5,000 to be looked at next: all of a small one.';
