-- Statements that no copy of a source can replace, such as `alter table` (with
-- `set local lock_timeout = '2s';` before it, so that it never blocks the project for long):

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

create or replace function private.list_tasks(
  p_user_id uuid,
  p_operation text,
  p_status text,
  p_before_microseconds bigint,
  p_before_id uuid,
  p_limit integer
)
returns table (id uuid, created_microseconds bigint, blocked boolean)
language plpgsql
set search_path = ''
as $$
declare
  -- Not in place: within a query row level security takes coalesce for something that may tell what
  -- it is given, so that no index could be searched for it.
  v_before timestamptz := coalesce(
    timestamptz 'epoch' + p_before_microseconds * interval '1 microsecond', 'infinity'
  );
begin
  blocked := private.is_blocked(p_user_id);
  if blocked then
    return next;
    return;
  end if;
  perform private.act_as(p_user_id);
  return query
  select tasks.id, (extract(epoch from tasks.created_at) * 1000000)::bigint, false
  from public.tasks
  where (tasks.created_at, tasks.id) < (v_before, p_before_id)
    and (p_operation is null or tasks.operation = p_operation)
    and (p_status is null or tasks.status = p_status)
  order by tasks.created_at desc, tasks.id desc
  limit p_limit;
end;
$$;
