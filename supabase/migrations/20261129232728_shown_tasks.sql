-- Statements that no copy of a source can replace, such as `alter table` (with
-- `set local lock_timeout = '2s';` before it, so that it never blocks the project for long):

drop function private.read_tasks(uuid, uuid[], boolean);
drop function private.final_cost_usd(uuid);

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

create type private.shown_task as (
  id uuid,
  version integer,
  client_task_id text,
  operation text,
  provider text,
  status text,
  progress smallint,
  asset_urls text[],
  results jsonb,
  parameters jsonb,
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
);

comment on type private.shown_task is 'What a user may be told of a task. blocked: the user may be told nothing; the rest is null then.';

create or replace function private.read_tasks(
  p_user_id uuid,
  p_task_ids uuid[],
  p_with_cost boolean default false
)
returns setof private.shown_task
language plpgsql
set search_path = ''
as $$
declare
  v_id uuid;
  v_blocked private.shown_task;
  -- Of no named type: that may be looked up anew at any time, which the user's role may not.
  v_task record;
  v_cost_usd numeric;
  -- Assigned, not performed, which would be a query each time: each look of an app comes here.
  v_setting text;
begin
  if private.is_blocked(p_user_id) then
    v_blocked.blocked := true;
    return next v_blocked;
    return;
  end if;
  -- The words of private.act_as, in place.
  v_setting := set_config(
    'request.jwt.claims', '{"sub":"' || p_user_id || '","role":"authenticated"}', true
  );
  v_setting := set_config('request.jwt.claim.sub', p_user_id::text, true);
  -- One by one: the plan for any of many ids would be made anew each time, which costs more than
  -- the read.
  foreach v_id in array p_task_ids loop
    -- The app's own queries may not read costs: for that the role is the connection's own. A cost
    -- is final once nothing of its task goes on.
    if p_with_cost then
      v_setting := set_config('role', 'none', true);
      select reserved_usd into v_cost_usd
      from public.tasks
      where tasks.id = v_id and tasks.finished_at is not null and not winds_down;
    end if;
    v_setting := set_config('role', 'authenticated', true);
    select
      tasks.id, tasks.version, tasks.client_task_id, tasks.operation, tasks.provider,
      tasks.status, tasks.progress, tasks.asset_urls, tasks.results, tasks.parameters,
      case
        when tasks.status = 'complete' and tasks.reported_at is null
          then nullif(greatest(tasks.result_count - cardinality(tasks.asset_urls), 0), 0)
      end,
      tasks.error_code, tasks.error, null::text as billed, tasks.created_at, tasks.started_at,
      tasks.finished_at, tasks.reported_at, v_cost_usd, false
    into v_task
    from public.tasks
    where tasks.id = v_id;
    continue when not found;
    -- Row level security has shown this task; whether it was billed is known to the own role only.
    if v_task.status = 'failed' then
      v_setting := set_config('role', 'none', true);
      v_task.billed := private.billed_calls(v_id);
      v_setting := set_config('role', 'authenticated', true);
    end if;
    return next v_task;
  end loop;
end;
$$;

comment on function private.read_tasks is 'What the user may be told of these tasks, in any order; no row of one that is not the user''s. billed: of a failed one, see private.billed_calls. cost_usd: with p_with_cost, for apps that may know; null before it is final. blocked: the user may not; the rest is null then. Leaves the transaction in the user''s role.';
