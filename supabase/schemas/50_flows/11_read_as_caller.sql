-- What is looked up for a caller under the caller's own rights: row level security decides, as it
-- does for the app's own queries. One statement each, so one round trip.

create or replace function private.act_as(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform
    set_config(
      'request.jwt.claims',
      json_build_object('sub', p_user_id, 'role', 'authenticated')::text,
      true
    ),
    -- The older form, which the Auth of the local stack reads.
    set_config('request.jwt.claim.sub', p_user_id::text, true),
    set_config('role', 'authenticated', true);
end;
$$;

comment on function private.act_as is 'For the rest of the transaction: the role and the claims that the user''s own queries run under.';

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

comment on function private.list_tasks is 'The user''s tasks, newest first, at most p_limit, with when each was accepted in microseconds since 1970. p_operation, p_status: null for all. p_before_microseconds, p_before_id: those of the last task that was told, null to begin. blocked: the user may not; the rest is null then. Leaves the transaction in the user''s role.';

create or replace function private.changed_tasks(p_task_ids uuid[], p_versions integer[])
returns setof uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select waited.id
  from unnest(p_task_ids, p_versions) as waited (id, version)
  -- Not as a join: nobody knows how many wait, and what is planned for a few would compare all with
  -- all. So each is looked up by its id.
  where (select tasks.version from public.tasks where tasks.id = waited.id)
    is distinct from waited.version;
end;
$$;

comment on function private.changed_tasks is 'Which of these tasks have another version than this, or are gone. For all who wait at once, each for a task that was shown to its user in this version: what it is now, the user is told by private.read_tasks only, which asks row level security again.';

-- For the functions of the last release; nothing else uses it.
create or replace function private.read_task(
  p_user_id uuid,
  p_task_id uuid,
  p_with_cost boolean default false
)
returns table (
  id uuid,
  client_task_id text,
  operation text,
  provider text,
  status text,
  progress smallint,
  asset_urls text[],
  missing_results integer,
  error_code text,
  error text,
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
declare
  v_cost_usd numeric;
begin
  -- Before the role changes, which may not ask this.
  blocked := private.is_blocked(p_user_id);
  if blocked then
    return next;
    return;
  end if;
  if p_with_cost then
    select reserved_usd into v_cost_usd
    from public.tasks
    where tasks.id = p_task_id and tasks.finished_at is not null and not winds_down;
  end if;
  perform private.act_as(p_user_id);
  return query
  select
    tasks.id, tasks.client_task_id, tasks.operation, tasks.provider, tasks.status, tasks.progress,
    tasks.asset_urls,
    case
      when tasks.status = 'complete' and tasks.reported_at is null
        then nullif(greatest(tasks.result_count - cardinality(tasks.asset_urls), 0), 0)
    end,
    tasks.error_code, tasks.error,
    tasks.created_at, tasks.started_at, tasks.finished_at,
    tasks.reported_at, v_cost_usd, false
  from public.tasks
  where tasks.id = p_task_id;
end;
$$;

comment on function private.read_task is 'What the user may see of a task; no row if it is not the user''s. cost_usd: with p_with_cost, for apps that may know, what it has cost, once that is final. blocked: the user may not; the rest is null then. Leaves the transaction in the user''s role.';

create or replace function private.owns_provider_task(p_user_id uuid, p_provider_task_id text)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  perform private.act_as(p_user_id);
  return exists (
    select from public.models
    where ai_service_task_id = p_provider_task_id and status = 'complete'
  );
end;
$$;

comment on function private.owns_provider_task is 'Whether one of the user''s results was made by the provider under that name. Leaves the transaction in the user''s role.';

create or replace function private.find_asset(
  p_user_id uuid,
  p_bucket text,
  p_path text,
  out metadata jsonb,
  out version text
)
language plpgsql
set search_path = ''
as $$
begin
  select objects.metadata, objects.version
  into find_asset.metadata, find_asset.version
  from storage.objects
  join storage.buckets on buckets.id = objects.bucket_id
  where buckets.public and objects.bucket_id = p_bucket and objects.name = p_path;
  if found then
    return;
  end if;

  perform private.act_as(p_user_id);
  select objects.metadata, objects.version
  into find_asset.metadata, find_asset.version
  from storage.objects
  where objects.bucket_id = p_bucket and objects.name = p_path;
end;
$$;

comment on function private.find_asset is 'What Storage knows of a file that the user may read, and which upload of it this is: one in a public bucket is everybody''s, else the policies of Storage decide. Both null if there is none. May leave the transaction in the user''s role.';
