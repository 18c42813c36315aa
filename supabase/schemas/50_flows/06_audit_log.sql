-- Auth notes every sign-in in a table, with the user's id and e-mail address. No index finds a user
-- there, so it is read for all who were deleted in a minute together, and nobody waits for it.

create or replace function private.clear_audit_log()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_users text[];
  v_count integer := 0;
begin
  with cleared as (delete from private.deleted_users returning user_id)
  select array_agg(user_id::text) into v_users from cleared;
  -- A project may have no such table, or write none.
  if v_users is null
    or to_regclass('auth.audit_log_entries') is null
    or not has_table_privilege('auth.audit_log_entries', 'delete')
  then
    return 0;
  end if;
  execute '
    delete from auth.audit_log_entries
    where exists (
      select from unnest($1) as user_id where position(user_id in payload::text) > 0
    )
  ' using v_users;
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

comment on function private.clear_audit_log is 'Deletes what Auth''s audit log has on deleted users. Returns how many entries.';
