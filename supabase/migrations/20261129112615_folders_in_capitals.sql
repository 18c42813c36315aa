-- The folder of a user may have its name in capitals, as Swift writes an id.
create function private.user_folders(p_user_id uuid)
returns text[]
language sql
immutable
set search_path = ''
return array[p_user_id::text, upper(p_user_id::text)];

grant execute on function private.user_folders to authenticated;

alter policy "Users read files in their own folder" on storage.objects
  using (
    bucket_id in ('inputs', 'generated')
    and (storage.foldername(name))[1] = any ((select private.user_folders(auth.uid()))::text[])
  );

alter policy "Users add inputs to their own folder" on storage.objects
  with check (
    bucket_id = 'inputs'
    and (storage.foldername(name))[1] = any ((select private.user_folders(auth.uid()))::text[])
    and (select private.may_upload())
  );

alter policy "Users replace inputs in their own folder" on storage.objects
  using (
    bucket_id = 'inputs'
    and (storage.foldername(name))[1] = any ((select private.user_folders(auth.uid()))::text[])
  )
  with check (
    bucket_id = 'inputs'
    and (storage.foldername(name))[1] = any ((select private.user_folders(auth.uid()))::text[])
    and (select private.may_upload())
  );

alter policy "Users delete files in their own folder" on storage.objects
  using (
    bucket_id in ('inputs', 'generated')
    and (storage.foldername(name))[1] = any ((select private.user_folders(auth.uid()))::text[])
  );

alter table private.files_to_remove
  drop constraint files_to_remove_prefix_is_of_a_user,
  -- pgls-ignore lint/safety/addingCheckConstraint: the table is nearly always empty
  add constraint files_to_remove_prefix_is_of_a_user check (prefix ~* '^[0-9a-f-]{36}/');

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

create or replace function private.user_folders(p_user_id uuid)
returns text[]
language sql
immutable
set search_path = ''
return array[p_user_id::text, upper(p_user_id::text)];

comment on function private.user_folders is 'The names that a user''s folder of inputs may have: the id, and the same in capitals, as Swift writes it.';

grant execute on function private.user_folders to authenticated;

create or replace function private.input_names(p_user_id uuid, p_value jsonb)
returns setof text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return query
  select distinct substr(candidate, strpos(candidate, folder || '/'))
  from jsonb_path_query(p_value, 'strict $.**') as value,
    lateral (values (
      -- The path of a URL; or, where an app keeps it as such, the name itself.
      private.percent_decoded(split_part(split_part(value #>> '{}', '?', 1), '#', 1))
    ), (
      value #>> '{}'
    )) as candidates (candidate),
    unnest(private.user_folders(p_user_id)) as folder
  where jsonb_typeof(value) = 'string'
    and strpos(candidate, folder || '/') > 0
    -- Storage takes no longer names.
    and octet_length(substr(candidate, strpos(candidate, folder || '/'))) <= 1024;
end;
$$;

create or replace function private.erase_user(p_user_id uuid, p_batch integer)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_tasks public.tasks[];
  v_task public.tasks;
  v_erased uuid[] := '{}';
begin
  insert into private.files_to_remove (place, prefix)
  select 'inputs', folder || '/' from unnest(private.user_folders(p_user_id)) as folder
  union all
  values ('results', p_user_id || '/')
  on conflict do nothing;
  -- All of them before the first changes what the user has spent: whoever settles one holds it, and
  -- then wants to change that, too.
  v_tasks := array(
    select tasks from public.tasks where user_id = p_user_id order by id limit p_batch for update
  );
  foreach v_task in array v_tasks loop
    if not private.hide_task(v_task, null, p_counts_later => true) then
      v_erased := v_erased || v_task.id;
    end if;
  end loop;
  perform private.erase_tasks(v_erased);
  if cardinality(v_tasks) = p_batch then
    return false;
  end if;
  delete from public.input_assets where user_id = p_user_id;
  delete from private.failing_users where user_id = p_user_id;
  return true;
end;
$$;

create or replace function private.may_upload()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
-- With the folder known the planner reads a range of an index; the name of it is Storage's own.
set plan_cache_mode = 'force_custom_plan'
as $$
declare
  v_user_id uuid := auth.uid();
  v_folder text := v_user_id || '/%';
  v_limits private.limits;
  v_files bigint;
  v_bytes numeric;
begin
  if not private.may_store(v_user_id) then
    return false;
  end if;
  select * into v_limits from private.limits;
  if not v_limits.allows_signed_uploads
    and current_setting('storage.operation', true) ~ '^(storage\.)?object\.sign_upload_url$'
  then
    return false;
  end if;
  -- No more is read than a user may have.
  select count(*), sum(private.stored_bytes(stored.metadata, stored.user_metadata))
  into v_files, v_bytes
  from (
    select objects.metadata, objects.user_metadata
    from storage.objects
    where objects.bucket_id = 'inputs'
      and (objects.name like v_folder or objects.name like upper(v_folder))
    limit v_limits.user_stored_files
  ) as stored;
  return coalesce(v_files < v_limits.user_stored_files, true)
    and coalesce(v_bytes < v_limits.user_stored_bytes, true);
end;
$$;

create or replace function private.is_unused_input(p_name text, p_changed_at timestamptz)
returns boolean
language sql
stable
set search_path = ''
return coalesce(
    p_changed_at < (select now() - keep from private.retention where kind = 'unused inputs'), false
  )
  -- What else a project keeps in that bucket is none of ours.
  and p_name ~* '^[0-9a-f-]{36}/.'
  and not private.is_used_input(p_name);
