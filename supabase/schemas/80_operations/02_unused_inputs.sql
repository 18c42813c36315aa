-- Inputs that nothing uses any more. As with orphaned files, the bucket is looked through page by
-- page, and workers remove through Storage what is found.

create or replace function private.is_used_input(p_name text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from private.input_uses as uses
    left join public.tasks on tasks.id = uses.task_id
    where uses.name = p_name
      and (
        uses.input_asset_id is not null
        or tasks.status not in ('failed', 'canceled')
        -- A provider may still be reading it, or an operator will have it done again.
        or not private.is_settled(tasks.id)
      )
  );
end;
$$;

comment on function private.is_used_input is 'Whether a row of an app names a file, or a task that is not over without a result.';

create or replace function private.inputs_after(p_name text, p_files integer)
returns table (name text, is_unused boolean)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_before timestamptz := (
    select now() - keep from private.retention where kind = 'unused inputs'
  );
begin
  return query
  select
    page.name,
    coalesce(page.changed_at < v_before, false)
      -- What else a project keeps in that bucket is none of ours.
      and page.name ~ '^[0-9a-f-]{36}/.'
      and not private.is_used_input(page.name)
  from (
    select objects.name, greatest(objects.created_at, objects.updated_at) as changed_at
    from storage.objects
    where objects.bucket_id = 'inputs' and objects.name collate "C" > p_name collate "C"
    -- The order of Storage's own index.
    order by objects.name collate "C"
    limit p_files
  ) as page
  order by page.name collate "C";
end;
$$;

comment on function private.inputs_after is 'The next files of the bucket inputs, at most so many, and which of them are old and unused.';

create or replace function private.next_unused_inputs(
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
  insert into private.file_cursors (bucket_id) values ('inputs') on conflict do nothing;
  select last_name into v_after from private.file_cursors where bucket_id = 'inputs' for update;
  for v_file in select * from private.inputs_after(v_after, p_files) loop
    exit when v_found = p_limit;
    v_seen := v_seen + 1;
    v_after := v_file.name;
    if v_file.is_unused then
      v_found := v_found + 1;
      return next v_file.name;
    end if;
  end loop;
  if v_seen < p_files and v_found < p_limit then
    v_after := '';
  end if;
  update private.file_cursors set last_name = v_after where bucket_id = 'inputs';
end;
$$;

comment on function private.next_unused_inputs is 'Unused inputs among the next p_files of the bucket, at most p_limit; the next call goes on behind them, and from the start when it is through. A task that names one of them in the moment before it is removed fails as invalid_input.';

create or replace function private.unused_inputs_if_due(p_limit integer)
returns setof text
language plpgsql
set search_path = ''
as $$
declare
  v_names text[];
begin
  if not private.take_maintenance_job('unused inputs') then
    return;
  end if;
  v_names := array(select private.next_unused_inputs(p_limit));
  if cardinality(v_names) = p_limit then
    -- There may be more: due again at once, for whoever asks.
    update private.maintenance_jobs set last_run_at = now() - run_every - interval '1 microsecond'
    where job = 'unused inputs';
  end if;
  return query select unnest(v_names);
end;
$$;

comment on function private.unused_inputs_if_due is 'The same, once in ten minutes, however many ask; at once again while there are as many as are wanted.';
