-- Statements that no copy of a source can replace, such as `alter table` (with
-- `set local lock_timeout = '2s';` before it, so that it never blocks the project for long):

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

create or replace function private.final_cost_usd(p_task_id uuid)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select reserved_usd
    from public.tasks
    where id = p_task_id and finished_at is not null and not winds_down
  );
end;
$$;

comment on function private.final_cost_usd is 'What a task has cost, once nothing of it goes on; null before.';

create or replace function private.read_tasks(
  p_user_id uuid,
  p_task_ids uuid[],
  p_with_cost boolean default false
)
returns table (
  id uuid,
  version integer,
  client_task_id text,
  operation text,
  provider text,
  status text,
  progress smallint,
  asset_urls text[],
  missing_results integer,
  error_code text,
  error text,
  billed text,
  created_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  reported_at timestamptz,
  cost_usd numeric,
  blocked boolean
)
language plpgsql
set search_path = ''
as $$
begin
  blocked := private.is_blocked(p_user_id);
  if blocked then
    return next;
    return;
  end if;
  -- The words of private.act_as, in place: each look of an app comes here.
  perform
    set_config(
      'request.jwt.claims',
      json_build_object('sub', p_user_id, 'role', 'authenticated')::text,
      true
    ),
    set_config('request.jwt.claim.sub', p_user_id::text, true),
    set_config('role', 'authenticated', true);
  for
    id, version, client_task_id, operation, provider, status, progress, asset_urls,
    missing_results, error_code, error, created_at, started_at, finished_at, reported_at
  in
    select
      tasks.id, tasks.version, tasks.client_task_id, tasks.operation, tasks.provider,
      tasks.status, tasks.progress, tasks.asset_urls,
      case
        when tasks.status = 'complete' and tasks.reported_at is null
          then nullif(greatest(tasks.result_count - cardinality(tasks.asset_urls), 0), 0)
      end,
      tasks.error_code, tasks.error, tasks.created_at, tasks.started_at, tasks.finished_at,
      tasks.reported_at
    from public.tasks
    where tasks.id = any (p_task_ids)
  loop
    billed := null;
    -- Row level security has shown this task. What else is told of some, the app's own queries may
    -- not read: for that the role is the connection's own again.
    if p_with_cost or status = 'failed' then
      perform set_config('role', 'none', true);
      billed := case when status = 'failed' then private.billed_calls(id) end;
      cost_usd := case when p_with_cost then private.final_cost_usd(id) end;
    end if;
    return next;
  end loop;
end;
$$;

comment on function private.read_tasks is 'What the user may be told of these tasks, in any order; no row of one that is not the user''s. billed: of a failed one, see private.billed_calls. cost_usd: with p_with_cost, for apps that may know, see private.final_cost_usd. blocked: the user may not; the rest is null then. May leave the transaction in the user''s role.';
