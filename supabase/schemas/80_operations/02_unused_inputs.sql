-- Inputs that nothing uses any more.

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

comment on function private.is_unused_input is 'Whether it is a file of a user that is old enough to go, and that nothing uses.';
