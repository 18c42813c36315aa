-- Whether a user may store more. Policies ask it, so it runs with the rights of its owner: it takes
-- nothing from its caller and tells nothing but yes or no.

create or replace function private.may_store(p_user_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return p_user_id is not null
    and not private.is_blocked(p_user_id)
    and (
      auth.jwt() ->> 'is_anonymous' is distinct from 'true'
      or exists (select from private.limits where allows_anonymous_users)
    );
end;
$$;

comment on function private.may_store is 'Whether the caller, who is this user, may store anything: no blocked user may, and one without an account only where the project allows it.';

create or replace function private.stored_bytes(p_metadata jsonb, p_user_metadata jsonb)
returns numeric
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_metadata jsonb := p_metadata;
  v_size text;
begin
  -- The local Storage keeps an object as text within JSON.
  if jsonb_typeof(v_metadata) = 'string' then
    v_metadata := private.jsonb_or_null(v_metadata #>> '{}');
  end if;
  -- A number, or text.
  v_size := coalesce(v_metadata ->> 'size', v_metadata ->> 'contentLength');
  return case when v_size ~ '^[0-9]{1,18}$' then v_size::numeric else 0 end
    -- What an app tells of its file is kept in the database: up to 1 MB each.
    + coalesce(pg_column_size(p_user_metadata), 0);
end;
$$;

comment on function private.stored_bytes is 'What a file of Storage takes, with what its app tells of it; the file itself counts nothing before it is there.';

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

comment on function private.may_upload is 'Whether the caller may upload another input, or replace one: not blocked, not without an account, and below the limits of files and bytes.';

-- No role of the Data API may enter the schema: a policy calls it, and nobody else can.
grant execute on function private.may_upload to authenticated;
