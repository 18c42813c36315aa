-- What is looked up for a caller under the caller's own rights: row level security and column
-- grants decide, as they do for the app's own queries. One statement each, so one round trip.

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
  results jsonb,
  parameters jsonb,
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
    tasks.asset_urls, tasks.results, tasks.parameters,
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
