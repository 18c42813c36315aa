-- Submits are cheaper, alerts come as messages, results come with what is known of them, and apps wait for
-- a task's next version: all functions as they are now.

set local lock_timeout = '2s';

-- pgls-ignore lint/safety/addingFieldWithDefault: a constant
alter table public.tasks add column version integer not null default 1;

-- The one below has it in front.
drop index public.tasks_user_idx;

-- Made anew below, with one parameter more, which old callers leave out.
drop function private.submit_task(
  uuid, text, text, text, jsonb, text, integer, integer, text, bigint, uuid, boolean, integer, text,
  integer, jsonb, text, numeric, numeric, text, boolean
);

-- Called by functions in SQL only, and they are replaced below.
drop function private.expected_wait(text, text, bigint, integer);
drop function private.create_asset_rows(uuid, uuid, text, text, integer, jsonb, jsonb);
drop function private.most_in_stripe(private.spending_caps);
drop function private.next_turn(bigint, bigint, integer, integer);
drop function private.close_task(uuid, text, text[], text, text, boolean, text, boolean);

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

comment on column private.pools.mean_run_seconds is 'How long its last calls took that went well, to within a twentieth, as workers have noted; null if there were none. See private.note_runs.';

comment on column private.pools.longest_run_seconds is 'How long the longest of them took.';

comment on column public.tasks.turn is 'Its place in fair queueing: the lowest of a pool is started first. Given by private.submit_task.';

comment on column public.tasks.inputs is 'Its input files as they were checked at the submit: bucket, path, bytes, etag, version, and mended: what is sent in place of a mask with greys. A worker reads no other file, and none that has changed since. Null for a task that was accepted before this was kept.';

comment on column public.tasks.traceparent is 'The W3C trace context that its app sent with the submit, so that the worker goes on with the same trace; null if it sent none.';

comment on column public.tasks.results is 'What is known of its results, as workers have read it from the bytes on their way: assets (in the order of asset_urls: media_type, bytes, and what kind of file tells more), preview_url, and what makes them again: model_id, seed, revised_prompt. Null until it is complete, and once its user has reported it.';

comment on column public.tasks.version is 'Grows by one with each change that its user may see: see private.raise_task_version.';

create index tasks_newest_idx on public.tasks (user_id, created_at desc, id desc)
  include (operation, status, is_purged);

grant select (version, parameters, results) on public.tasks to authenticated;

create or replace function private.raise_task_version()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.version := old.version + 1;
  return new;
end;
$$;

comment on function private.raise_task_version is 'Trigger: numbers the states of a task as its user sees them, so that an app can ask for the next one.';

create or replace trigger tasks_version_grows
  before update of
    status, progress, asset_urls, error_code, error, started_at, finished_at, reported_at,
    winds_down, is_purged
  on public.tasks
  for each row
  when (
    new.status is distinct from old.status
    -- Progress is shown while it is processing.
    or (new.status = 'processing' and new.progress is distinct from old.progress)
    or new.asset_urls is distinct from old.asset_urls
    or new.error_code is distinct from old.error_code
    or new.error is distinct from old.error
    or new.started_at is distinct from old.started_at
    or new.finished_at is distinct from old.finished_at
    or new.reported_at is distinct from old.reported_at
    -- What it has cost is known at the end only.
    or (old.winds_down and not new.winds_down)
    or new.is_purged is distinct from old.is_purged
  )
  execute function private.raise_task_version();

comment on column public.input_assets.asset_url is 'By http or https; null for what has no file, as a prompt alone.';

comment on column public.concept_images.prompt is 'Its first 2,000 characters, or the operation in words if that takes none; null once the task was canceled and has cost nothing.';

comment on column public.concept_images.style is 'The style or the style preset that was asked for.';

comment on column public.models.prompt is 'Its first 2,000 characters, or the operation in words if that takes none; null once the task was canceled and has cost nothing.';

comment on column public.models.style is 'The style or the style preset that was asked for.';

comment on column private.user_spending.minute is 'The minute of the clock in which the user has submitted last.';

comment on column private.user_spending.submits is 'How much in this minute, and maybe a little that belongs to the one before; null where that was not counted.';

comment on column private.user_spending.most_active is 'No more tasks of the user than this are active: so many were counted once, and submitted since. Null where they were not counted.';

comment on column private.user_spending.submits_before is 'How much in the minute before it. As long as both are less than the plan allows, no submit counts the tasks of the last 60 seconds.';

create or replace function private.billed_calls(p_task_id uuid)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_is_billed boolean;
begin
  select bool_or(outcome is not distinct from 'succeeded') into v_is_billed
  from private.provider_calls
  where task_id = p_task_id
    and (outcome in ('succeeded', 'ambiguous') or (outcome is null and sent_at is not null));
  return case when v_is_billed then 'yes' when v_is_billed is null then 'no' else 'maybe' end;
end;
$$;

comment on function private.billed_calls is 'Whether a provider bills a call of the task, as the ledger knows: yes, no, or maybe where nobody knows, or not yet.';

create or replace function private.billed(p_task public.tasks)
returns text
language sql
stable
set search_path = ''
return case
  when p_task.handle is not null then 'yes'
  else private.billed_calls(p_task.id)
end;

comment on function private.billed is 'Whether a provider bills something for a task that is given up now: yes, no, or maybe where a call was under way. What it has accepted counts as billed.';

create or replace function private.result_metadata(p_task public.tasks, p_result_index integer)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_task.results is null or p_task.asset_urls[p_result_index + 1] is null then
    return '{}';
  end if;
  return p_task.results
    || jsonb_build_object(
      'assets', jsonb_build_array(
        jsonb_build_object('url', p_task.asset_urls[p_result_index + 1])
          || coalesce(p_task.results -> 'assets' -> p_result_index, '{}')
      ),
      'parameters', p_task.parameters
    );
end;
$$;

comment on function private.result_metadata is 'What an app can know of one result of a task, for the metadata of its row: assets (of this result alone), preview_url, model_id, seed, revised_prompt, parameters. Empty for what is not there, and once it was reported.';

create or replace function private.mirror_task_to_assets()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.concept_images as image
  set
    asset_url = new.asset_urls[image.result_index + 1],
    ai_service_task_id = new.provider_task_id,
    status = private.asset_status(new.status, new.asset_urls[image.result_index + 1]),
    metadata = case
      when (new.results, new.asset_urls) is not distinct from (old.results, old.asset_urls)
        then image.metadata
      else (image.metadata - array['assets', 'preview_url'])
        || private.result_metadata(new, image.result_index)
    end
  where image.celery_task_id = new.id;

  update public.models as model
  set
    asset_url = new.asset_urls[model.result_index + 1],
    ai_service_task_id = new.provider_task_id,
    status = private.asset_status(new.status, new.asset_urls[model.result_index + 1]),
    metadata = case
      when (new.results, new.asset_urls) is not distinct from (old.results, old.asset_urls)
        then model.metadata
      else (model.metadata - array['assets', 'preview_url'])
        || private.result_metadata(new, model.result_index)
    end
  where model.celery_task_id = new.id;

  return null;
end;
$$;

comment on function private.mirror_task_to_assets is 'Trigger: a change of a task''s status, of its name at the provider, of the URLs of its results, or a report of them, and with them what is known of these, reaches its rows in concept_images and models in the same transaction.';

create or replace trigger tasks_mirror_to_assets
  after update of status, provider_task_id, reported_at, asset_urls on public.tasks
  for each row
  when (
    old.status is distinct from new.status
    or old.provider_task_id is distinct from new.provider_task_id
    or old.reported_at is distinct from new.reported_at
    or old.asset_urls is distinct from new.asset_urls
  )
  execute function private.mirror_task_to_assets();

create or replace function private.user_folders(p_user_id uuid)
returns text[]
language sql
immutable
set search_path = ''
return array[p_user_id::text, upper(p_user_id::text)];

comment on function private.user_folders is 'The names that a user''s folder of inputs may have: the id, and the same in capitals, as Swift writes it.';

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

create or replace function private.close_task(
  p_task_id uuid,
  p_status text,
  p_asset_urls text[] default '{}',
  p_error_code text default null,
  p_detail text default null,
  p_winds_down boolean default false,
  p_reason text default null,
  p_counts_later boolean default false,
  p_results jsonb default null
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_before public.tasks;
  v_cost_usd numeric;
begin
  select * into v_before from public.tasks where id = p_task_id and finished_at is null for update;
  if not found then
    return;
  end if;
  v_cost_usd := v_before.reserved_usd;
  if not p_winds_down then
    perform private.abandon_call(p_task_id);
    v_cost_usd := private.task_cost_usd(p_task_id);
  end if;

  update public.tasks
  set
    status = p_status,
    asset_urls = p_asset_urls,
    results = p_results,
    error_code = p_error_code,
    error = private.task_error_message(p_error_code, p_reason),
    last_error = coalesce(p_detail, last_error),
    winds_down = p_winds_down,
    reserved_usd = v_cost_usd,
    lease_expires_at = case when p_winds_down then lease_expires_at end,
    lost_at = case when p_winds_down then lost_at end,
    -- The number is free: a queue that is made again may give it to another message.
    message_id = case when p_winds_down then message_id end,
    finished_at = now()
  where id = p_task_id;
  if not p_winds_down then
    perform private.archive_message(v_before);
    perform private.forget_canceled_task(p_task_id);
    perform private.settle_reservation(v_before, v_cost_usd, p_status, p_counts_later);
  end if;

  -- Nothing of the user's, and nothing of the provider's: somebody has to look.
  if p_error_code in ('internal', 'outcome_unknown', 'storage_failed') then
    perform private.dead_letter(
      v_before.queue, jsonb_build_object('task_id', p_task_id), p_task_id,
      concat_ws(': ', p_error_code, p_detail)
    );
  end if;
end;
$$;

comment on function private.close_task is 'Moves a task to its final state; does nothing if it is final already. p_reason: see private.task_error_reasons. p_winds_down: the provider still works on it, so it is polled on, and its call stays open; else its message is archived, and what the ledger does not know of its call by now, nobody will learn.';

create or replace function private.is_noted_run(p_noted numeric, p_seconds numeric)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_noted is null or p_seconds is null then p_noted is null and p_seconds is null
    else abs(p_seconds - p_noted) <= 0.05 * p_noted
  end;
end;
$$;

comment on function private.is_noted_run is 'Whether what is noted of the runs of a pool is still true to within a twentieth.';

create or replace function private.note_runs(p_provider text, p_pool text)
returns numeric
language plpgsql
set search_path = ''
as $$
declare
  v_runs record;
begin
  select * into v_runs from private.recent_runs(p_provider, p_pool);
  update private.pools
  set mean_run_seconds = v_runs.mean, longest_run_seconds = v_runs.longest
  where provider = p_provider
    and name = (
      select name
      from private.pools
      where provider = p_provider
        and name = p_pool
        -- Rarely enough to cost nothing.
        and not (
          private.is_noted_run(mean_run_seconds, v_runs.mean)
          and private.is_noted_run(longest_run_seconds, v_runs.longest)
        )
      for no key update skip locked -- locked: the provider says this moment that it is full
    );
  return v_runs.longest;
end;
$$;

comment on function private.note_runs is 'Notes how long the last runs of a pool took, so that no submit has to read them, and returns how long the longest took, in seconds. For who has locked the lane.';

create or replace function private.notice_lost_tasks()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_count integer;
begin
  if private.is_in_grace() then
    return 0;
  end if;
  -- What the provider has accepted is noticed by who comes to poll it.
  update public.tasks
  set lost_at = clock_timestamp()
  where id = any (array(
    select tasks.id
    from private.provider_calls as calls
    join public.tasks on tasks.id = calls.task_id
    where calls.outcome is null
      and calls.handle is null
      and tasks.lost_at is null
      and tasks.lease_expires_at <= clock_timestamp()
    limit 100
    for no key update of tasks skip locked
  ));
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

create or replace function private.expected_wait(
  p_provider text,
  p_pool text,
  p_turn bigint,
  p_result_count integer,
  out seconds numeric,
  out runs numeric,
  out mean_run_seconds numeric,
  out longest_run_seconds numeric
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_lane private.lanes;
  v_per_minute integer;
  v_ahead record;
  v_pool record;
begin
  select * into v_lane from private.lanes where provider = p_provider;
  if v_lane.results_per_minute is not null then
    v_per_minute := private.results_per_minute(v_lane);
  end if;
  v_ahead := private.tasks_ahead(
    p_provider, p_pool, p_turn, case when 2 * p_result_count > v_per_minute then v_per_minute end
  );
  select
    pools.max_in_flight as slots, pools.rate_limited_until, pools.mean_run_seconds,
    pools.longest_run_seconds, under_way.in_lane, under_way.in_pool
  into v_pool
  from private.pools
  cross join (
    -- As in private.calls_under_way, of which a submit would wait longer than for all of this.
    select count(*) as in_lane, count(*) filter (where pool = p_pool) as in_pool
    from private.provider_calls
    where provider = p_provider and outcome is null and task_id is not null
  ) as under_way
  where pools.provider = p_provider and pools.name = p_pool;

  seconds := greatest(0, extract(epoch from greatest(
    -- Nobody knows when a pause ends that has no end.
    case when v_lane.paused_until < 'infinity' then v_lane.paused_until end,
    v_lane.rate_limited_until,
    v_pool.rate_limited_until
  ) - clock_timestamp()));
  if v_per_minute is not null then
    seconds := greatest(seconds, private.seconds_for_results(
      v_lane, v_per_minute, v_ahead.results + p_result_count
    ));
  end if;
  -- Of so many that are under way, one ends in each such part of a run.
  runs := greatest(0, (
    v_ahead.tasks + 1
      - least(v_lane.max_in_flight - v_pool.in_lane, v_pool.slots - v_pool.in_pool)
  ) / least(v_lane.max_in_flight, v_pool.slots));
  mean_run_seconds := v_pool.mean_run_seconds;
  longest_run_seconds := v_pool.longest_run_seconds;
end;
$$;

comment on function private.expected_wait is 'How long a request would wait in a pool until it starts, as things are now: so many seconds for pauses and for results, and so many runs of the pool, one after the other, for a place; and what is noted of these.';

create or replace function private.expected_start_seconds(
  p_provider text,
  p_pool text,
  p_turn bigint,
  p_result_count integer,
  p_least_run_seconds integer
)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
declare
  v_wait record := private.expected_wait(p_provider, p_pool, p_turn, p_result_count);
begin
  return greatest(
    v_wait.seconds, v_wait.runs * coalesce(v_wait.mean_run_seconds, p_least_run_seconds)
  );
end;
$$;

create or replace function private.check_expected_start(
  p_provider text,
  p_pool text,
  p_turn bigint,
  p_result_count integer,
  p_least_run_seconds integer,
  p_time_limit_seconds integer
)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  v_time_limit interval := make_interval(secs => p_time_limit_seconds);
  v_wait record := private.expected_wait(p_provider, p_pool, p_turn, p_result_count);
  v_start numeric;
  v_latest numeric;
begin
  if v_wait.seconds = 0 and v_wait.runs = 0 then
    return null;
  end if;
  v_start := greatest(
    v_wait.seconds, v_wait.runs * coalesce(v_wait.mean_run_seconds, p_least_run_seconds)
  );
  v_latest := p_time_limit_seconds - private.seconds_needed(
    p_least_run_seconds, v_wait.longest_run_seconds, v_time_limit
  );
  if v_start > v_latest then
    return least(greatest(ceil(v_start - v_latest), 1), private.max_pause_seconds());
  end if;
  return null;
end;
$$;

create or replace function private.submit_task(
  p_user_id uuid,
  p_client_task_id text,
  p_operation text,
  p_provider text,
  p_parameters jsonb,
  p_output text,
  p_result_count integer,
  p_time_limit_seconds integer,
  p_request_id text,
  p_input_bytes bigint default 0,
  p_api_key_id uuid default null,
  p_is_limited boolean default true,
  p_max_call_seconds integer default 0,
  p_pool text default 'default',
  p_least_run_seconds integer default 0,
  p_inputs jsonb default null,
  p_plan text default 'default',
  p_estimate_usd numeric default 0,
  p_list_price_usd numeric default null,
  p_model text default null,
  p_is_dry_run boolean default false,
  p_traceparent text default null,
  out id uuid,
  out status text,
  out replayed boolean,
  out conflicts text[],
  out wake boolean,
  out exceeded_limit text,
  out allowed numeric,
  out retry_after_seconds integer,
  out used numeric,
  out resets_at timestamptz,
  out plan_violation jsonb,
  out pause_message text,
  out expected_start_seconds integer
)
language plpgsql
set search_path = ''
-- Each statement finds its rows by keys: to plan it for each submit costs more than to run it.
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  -- As private.lock_user, first of all. An expression, because a statement costs ten times as much.
  v_is_locked boolean := pg_advisory_xact_lock(
    hashtextextended('submit ' || p_user_id, 0)
  ) is not null;
  v_day date := private.spending_day(now());
  v_minute timestamptz := date_trunc('minute', now());
  v_stripe smallint := private.own_stripe();
  v_no_key uuid := private.no_key();
  v_read record;
  v_live record;
  v_limit record;
  v_full_since timestamptz;
  v_active integer;
  v_key_id uuid;
  v_is_near_cap boolean := false;
  v_message_id bigint;
begin
  replayed := false;
  conflicts := '{}';
  wake := false;
  -- What every submit needs, in one statement: as many of their own cost twice as much. So it asks
  -- here, too, what private.is_blocked, private.find_live_task and private.should_wake_worker say.
  -- What can be said in one value is no join: each costs for all columns that pass it.
  select
    exists (
      select from private.blocked_users
      where user_id = p_user_id and coalesce(blocked_until > now(), true)
    ) or exists (
      select from auth.users where users.id = p_user_id and banned_until > now()
    ) as is_blocked,
    (
      select tasks.id
      from public.tasks
      where user_id = p_user_id
        and operation = p_operation
        and client_task_id = p_client_task_id
        and tasks.status not in ('failed', 'canceled')
    ) as live_id,
    (select paused_since from private.submit_pause) as paused_since,
    exists (select from private.content_refusals where user_id = p_user_id) as was_refused,
    plans.name as plan_name, plans.is_restricted, plans.submits_per_minute, plans.active_tasks,
    plans.images_per_day, plans.models_per_day, plans.usd_per_day,
    mine.used_usd, mine.images, mine.models,
    -- Less in two minutes of the clock is less in any one.
    plans.submits_per_minute <= coalesce(
      case
        when mine.minute < v_minute - interval '1 minute' then 0
        when mine.minute < v_minute then mine.submits
        when mine.minute = v_minute then mine.submits + mine.submits_before
      end,
      plans.submits_per_minute
    ) as may_be_too_often,
    -- Only a submit makes one more.
    plans.active_tasks <= coalesce(mine.most_active, plans.active_tasks) as may_be_too_many,
    case
      when p_output = 'image' and coalesce(mine.images, 0) + p_result_count > plans.images_per_day
        then 'images_per_day'
      when p_output = 'model' and coalesce(mine.models, 0) + p_result_count > plans.models_per_day
        then 'models_per_day'
      when coalesce(mine.used_usd, 0) + p_estimate_usd > plans.usd_per_day then 'usd_per_day'
    end as exceeded_quota,
    keys.submits_per_minute as key_submits_per_minute,
    limits.project_usd_per_day as project_cap, limits.project_usd_per_month as month_cap,
    caps.provider as provider_cap, caps.key as key_cap,
    not coalesce(
      (
        select
          -- What was given back is out of sight for who looks at private.spending alone.
          used_usd >= 0
            -- All stripes together hold no more than a tenth of the least cap.
            and coalesce(
              used_usd + p_estimate_usd <= 0.1 * least(
                limits.project_usd_per_day, limits.project_usd_per_month, caps.provider, caps.key
              ) / private.most_stripes(),
              true
            )
        from private.spending_stripes
        where provider = p_provider
          and api_key_id = case when caps.key is null then v_no_key else p_api_key_id end
          and stripe = v_stripe
          and day = v_day
      ),
      false
    ) or coalesce(
      (
        select
          sum(used_usd) filter (where day = v_day) + p_estimate_usd
            > 0.8 * limits.project_usd_per_day
          or sum(used_usd) + p_estimate_usd > 0.8 * limits.project_usd_per_month
        from private.spending
        where scope = 'project' and scope_id = ''
          and day between date_trunc('month', v_day)::date and v_day
      ),
      false
    ) or coalesce(
      (
        select used_usd + p_estimate_usd > 0.8 * caps.provider from private.spending
        where scope = 'provider' and scope_id = p_provider and day = v_day
      ),
      false
    ) as is_near_cap,
    -- Start-time fair queueing in each pool, after Goyal, Vin and Cheng (1996): the lowest turn is
    -- started first. A user's next task comes as much later as the last one takes: its results
    -- where the lane is limited by results, else one. Who has nothing waiting comes in where the
    -- pool is. So users take turns by what the lane is limited by, and whoever comes with one task
    -- is served after at most one of each other user.
    greatest(
      0,
      -- Of all that was ever started, because a task that is tried again has an old turn.
      (select max(turn) from private.provider_calls where provider = p_provider and pool = p_pool),
      (
        select turn + case when lanes.results_per_minute is null then 1 else result_count end
        from public.tasks
        where user_id = p_user_id
          -- What is older has ended by its deadline.
          and created_at > now() - interval '1 hour'
          and provider = p_provider
          and pool = p_pool
          -- What was given up before it started has taken nothing.
          and (finished_at is null or started_at is not null)
        -- The last one has the highest turn.
        order by created_at desc, turn desc
        limit 1
      )
    ) as turn,
    not exists (
      select
      from private.workers
      where may_claim and seen_at > now() - private.worker_liveness()
      offset private.max_workers() - 1
    ) as workers_are_few,
    -- Even if the pool is full and all that waits comes first. Then nobody looks closer.
    lanes.results_per_minute is null
      and (
        greatest(lanes.paused_until, lanes.rate_limited_until, pools.rate_limited_until)
          < clock_timestamp()
      ) is not false
      and early.places > 0
      and not exists (
        select
        from public.tasks
        where provider = p_provider
          and pool = p_pool
          and finished_at is null
          and handle is null
          and lease_expires_at is null
        offset greatest(early.places - 1, 0)
      ) as is_early
  into v_read
  -- What has no row has no limit.
  from (values (true)) as one (only_row)
  left join private.limits on limits.only_row
  left join private.lanes on lanes.provider = p_provider
  left join private.pools on pools.provider = p_provider and pools.name = p_pool
  -- How many the pool starts in half of the time until it must have been started.
  -- private.seconds_needed is half of its time at most.
  left join lateral (
    select least(
      private.most_turns_read(),
      floor(
        least(p_time_limit_seconds - p_least_run_seconds, p_time_limit_seconds / 2)::numeric
          * least(lanes.max_in_flight, pools.max_in_flight)
          / (2 * nullif(coalesce(pools.mean_run_seconds, p_least_run_seconds), 0))
      )
    )::integer as places
  ) as early on true
  -- None for a key that was deleted a moment ago.
  left join lateral (
    select
      coalesce(api_keys.submits_per_minute, limits.key_submits_per_minute) as submits_per_minute,
      coalesce(api_keys.usd_per_day, limits.key_usd_per_day) as usd_per_day
    from private.api_keys
    where api_keys.id = p_api_key_id
  ) as keys on true
  left join lateral (
    select
      coalesce(lanes.usd_per_day, limits.provider_usd_per_day) as provider, keys.usd_per_day as key
  ) as caps on true
  left join private.user_spending as mine on mine.user_id = p_user_id and mine.day = v_day
  left join lateral (
    select
      name, submits_per_minute, active_tasks, images_per_day, models_per_day, usd_per_day,
      num_nonnulls(
        operations, providers, models, qualities, most_results, most_safety_tolerance
      ) > 0 as is_restricted
    from private.plans
    where name = coalesce((select name from private.plans where name = p_plan), 'default')
  ) as plans on true;

  if v_read.is_blocked then
    exceeded_limit := 'user_is_blocked';
    return;
  end if;
  if v_read.live_id is not null then
    v_live := private.find_live_task(
      p_user_id, p_client_task_id, p_operation, p_provider, p_parameters
    );
    submit_task.id := v_live.id;
    submit_task.status := v_live.status;
    conflicts := v_live.conflicts;
    replayed := true;
    return;
  end if;
  v_key_id := case when v_read.key_cap is null then v_no_key else p_api_key_id end;

  if p_is_limited then
    if v_read.paused_since is not null then
      exceeded_limit := 'submits_paused';
      select message, submit_pause.retry_after_seconds
      into pause_message, retry_after_seconds
      from private.submit_pause;
      return;
    end if;
    if v_read.is_restricted then
      plan_violation := private.plan_violation(
        private.plan_of(p_plan), p_operation, p_provider, p_model, p_result_count, p_parameters
      );
      if plan_violation is not null then
        exceeded_limit := 'plan';
        return;
      end if;
    end if;
    if v_read.was_refused then
      v_limit := private.check_refusals(p_user_id);
      if v_limit.refusals is not null then
        exceeded_limit := 'content_refusals';
        allowed := v_limit.refusals;
        retry_after_seconds := v_limit.retry_after_seconds;
        return;
      end if;
    end if;
    if v_read.may_be_too_often then
      -- The first of as many as are allowed: when it is a minute old, there is room for one.
      select created_at into v_full_since
      from public.tasks
      where user_id = p_user_id and created_at > now() - interval '1 minute'
      order by created_at desc
      offset v_read.submits_per_minute - 1
      limit 1;
    end if;
    if v_full_since is not null then
      exceeded_limit := 'submits_per_minute';
      allowed := v_read.submits_per_minute;
      retry_after_seconds := ceil(
        extract(epoch from v_full_since + interval '1 minute' - now())
      );
      return;
    end if;
    if v_read.may_be_too_many then
      select count(*) into v_active
      -- Also what was given up, while the provider works on it.
      from public.tasks
      where user_id = p_user_id and (finished_at is null or winds_down);
    end if;
    if v_active >= v_read.active_tasks then
      exceeded_limit := 'active_tasks';
      allowed := v_read.active_tasks;
      -- Nobody knows when one of them ends; most do within this.
      retry_after_seconds := 10;
      return;
    end if;

    if v_read.exceeded_quota is not null then
      exceeded_limit := v_read.exceeded_quota;
      case exceeded_limit
        when 'images_per_day' then
          used := coalesce(v_read.images, 0);
          allowed := v_read.images_per_day;
        when 'models_per_day' then
          used := coalesce(v_read.models, 0);
          allowed := v_read.models_per_day;
        when 'usd_per_day' then
          used := coalesce(v_read.used_usd, 0);
          allowed := v_read.usd_per_day;
      end case;
      resets_at := (v_day + 1)::timestamp at time zone 'UTC';
      retry_after_seconds := ceil(extract(epoch from resets_at - now()));
      return;
    end if;

    if not coalesce(v_read.is_early, false) then
      retry_after_seconds := private.check_expected_start(
        p_provider, p_pool, v_read.turn, p_result_count, p_least_run_seconds, p_time_limit_seconds
      );
    end if;
    if retry_after_seconds is not null then
      exceeded_limit := 'time_limit';
      allowed := p_time_limit_seconds;
      return;
    end if;

    if v_read.key_submits_per_minute is not null then
      v_limit := private.count_key_submit(
        p_api_key_id, v_read.key_submits_per_minute, p_is_dry_run
      );
      if v_limit.exceeded_limit is not null then
        exceeded_limit := v_limit.exceeded_limit;
        allowed := v_read.key_submits_per_minute;
        retry_after_seconds := v_limit.retry_after_seconds;
        return;
      end if;
    end if;

    v_is_near_cap := p_is_dry_run or v_read.is_near_cap;
    if v_read.key_cap is not null then
      v_is_near_cap := v_is_near_cap or exists (
        select from private.spending
        where scope = 'key' and scope_id = p_api_key_id::text and day = v_day
          and used_usd + p_estimate_usd > 0.8 * v_read.key_cap
      );
    end if;
    if v_is_near_cap then
      -- As whoever deletes the user, or settles: first the user, then what all share.
      if not p_is_dry_run then
        perform from auth.users where users.id = p_user_id for key share;
        perform from private.user_spending
        where user_id = p_user_id and day = v_day
        for no key update;
      end if;
      v_limit := private.reserve_exactly(
        p_provider, v_key_id, v_day, p_estimate_usd,
        row (v_read.project_cap, v_read.month_cap, v_read.provider_cap, v_read.key_cap),
        p_is_dry_run
      );
      if v_limit.exceeded_limit is not null then
        if not p_is_dry_run then
          perform private.note_refused_budget(
            v_limit.exceeded_limit, p_provider, v_key_id, v_limit.allowed
          );
        end if;
        exceeded_limit := v_limit.exceeded_limit;
        used := v_limit.used;
        allowed := v_limit.allowed;
        resets_at := v_limit.resets_at;
        retry_after_seconds := ceil(extract(epoch from resets_at - now()));
        return;
      end if;
    end if;
  end if;
  if p_is_dry_run then
    expected_start_seconds := ceil(private.expected_start_seconds(
      p_provider, p_pool, v_read.turn, p_result_count, p_least_run_seconds
    ));
    return;
  end if;

  -- The message first, so that the row is written once: a second version would go into every index.
  submit_task.id := gen_random_uuid();
  -- The other forms of it call this one.
  select pgmq.send(
    p_provider, jsonb_build_object('task_id', submit_task.id), null::jsonb, clock_timestamp()
  )
  into v_message_id;
  insert into public.tasks (
    id, user_id, client_task_id, operation, provider, parameters, output, result_count,
    input_bytes, request_id, queue, message_id, deadline_at, max_call_seconds, pool,
    least_run_seconds, turn, inputs, plan, api_key_id, counts_for_key, model, estimate_usd,
    list_price_usd, reserved_usd, traceparent
  )
  values (
    submit_task.id, p_user_id, p_client_task_id, p_operation, p_provider, p_parameters, p_output,
    p_result_count, p_input_bytes, p_request_id, p_provider, v_message_id,
    now() + make_interval(secs => p_time_limit_seconds), p_max_call_seconds, p_pool,
    p_least_run_seconds, v_read.turn, p_inputs, coalesce(v_read.plan_name, p_plan), p_api_key_id,
    v_read.key_cap is not null, p_model, p_estimate_usd, p_list_price_usd,
    p_estimate_usd, p_traceparent
  )
  returning tasks.status into submit_task.status;
  -- The whole is with the task, once; here is what a gallery shows, as often as there are results.
  if p_output = 'image' then
    insert into public.concept_images (
      user_id, task_id, celery_task_id, result_index, prompt, style, metadata
    )
    select
      p_user_id, p_client_task_id, submit_task.id, generate_series(0, p_result_count - 1),
      left(coalesce(p_parameters ->> 'prompt', initcap(replace(p_operation, '-', ' '))), 2000),
      coalesce(p_parameters ->> 'style', p_parameters ->> 'style_preset'),
      jsonb_build_object('provider', p_provider, 'operation', p_operation);
  else
    insert into public.models (
      user_id, task_id, celery_task_id, result_index, prompt, style, metadata
    )
    select
      p_user_id, p_client_task_id, submit_task.id, generate_series(0, p_result_count - 1),
      left(coalesce(p_parameters ->> 'prompt', initcap(replace(p_operation, '-', ' '))), 2000),
      coalesce(p_parameters ->> 'style', p_parameters ->> 'style_preset'),
      jsonb_build_object('provider', p_provider, 'operation', p_operation);
  end if;
  -- Most have none.
  if p_input_bytes > 0 then
    perform private.note_input_uses(submit_task.id, p_user_id, p_parameters);
  end if;
  update private.user_spending
  set
    used_usd = used_usd + p_estimate_usd,
    images = images + case when p_output = 'image' then p_result_count else 0 end,
    models = models + case when p_output = 'model' then p_result_count else 0 end,
    most_active = coalesce(v_active, most_active) + 1,
    minute = greatest(minute, v_minute),
    submits = case when minute < v_minute then 1 else submits + 1 end,
    submits_before = case
      when minute = v_minute - interval '1 minute' then submits
      when minute < v_minute then 0
      else submits_before
    end
  where user_id = p_user_id and day = v_day;
  if not found then
    insert into private.user_spending (
      user_id, day, used_usd, images, models, most_active, minute, submits, submits_before
    )
    values (
      p_user_id, v_day, p_estimate_usd,
      case when p_output = 'image' then p_result_count else 0 end,
      case when p_output = 'model' then p_result_count else 0 end,
      v_active + 1, v_minute, 1,
      -- The last minute of yesterday was counted yesterday.
      case when v_minute > v_day::timestamp at time zone 'UTC' then 0 end
    );
  end if;
  -- Last, because others may count there, too.
  if not v_is_near_cap then
    -- As private.count_in_stripe. What no cap was asked for has to be seen by who asks.
    update private.spending_stripes
    set used_usd = used_usd + p_estimate_usd
    where p_is_limited
      and provider = p_provider
      and api_key_id = v_key_id
      and stripe = v_stripe
      and day = v_day;
    if not found then
      perform private.count_in_row(p_provider, v_key_id, v_day, p_estimate_usd);
    end if;
  end if;
  wake := v_read.workers_are_few;
end;
$$;

comment on function private.submit_task is 'Creates a task with its asset rows and its message, and counts it in all budgets; or finds the live one under the same user, operation and client_task_id; or refuses a new one that a limit stands against, and any of a blocked user. replayed: whether it was found; conflicts names the fields in which the two requests differ; wake: whether a worker should be woken; exceeded_limit names the limit, or is user_is_blocked, submits_paused (pause_message is for the app), or plan (plan_violation: see private.plan_violation), and then nothing was made. p_is_dry_run: nothing is made either, and expected_start_seconds says how long it would wait.';

create or replace function private.choose_starts(
  p_lane private.lanes,
  p_pool text,
  p_slots integer,
  p_life_seconds integer,
  p_free_bytes bigint,
  p_holds_nothing boolean
)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
  v_held_back uuid[] := private.users_held_back(p_lane);
  v_singly uuid[] := private.users_to_try_singly(p_lane);
  v_failing uuid[];
  v_per_minute integer := private.results_per_minute(p_lane);
  v_free integer := private.free_results(p_lane);
  v_spare integer;
  v_taken integer := 0;
  v_longest numeric := private.note_runs(p_lane.provider, p_pool);
  v_slots integer := p_slots;
  v_bytes bigint := p_free_bytes;
  v_holds_nothing boolean := p_holds_nothing;
begin
  -- Who has failed is not the one to find out whether the provider works again, if another waits.
  if p_lane.paused_until is not null then
    v_failing := private.users_failing(p_lane);
    if exists (
      select from private.waiting_tasks(p_lane.provider, p_pool, v_held_back || v_failing, 1)
    ) then
      v_held_back := v_held_back || v_failing;
    end if;
  end if;
  for v_task in
    -- Some more, for those that are passed over.
    select * from private.waiting_tasks(p_lane.provider, p_pool, v_held_back, 2 * p_slots + 10)
  loop
    exit when v_slots <= 0 or v_free <= 0;
    if private.is_too_late(v_task, v_longest) then
      perform private.give_up_task(
        v_task, 'failed', 'timeout', 'Too little time was left to start it',
        p_counts_later => true
      );
      continue;
    end if;
    continue when v_task.user_id = any (v_held_back);
    if private.is_blocked(v_task.user_id) then
      perform private.give_up_task(v_task, 'canceled', p_counts_later => true);
      continue;
    end if;

    -- It waits at the head of its pool for another worker.
    exit when v_task.max_call_seconds > p_life_seconds
      -- Larger than all that a worker has room for: in one that holds nothing it has room enough.
      or (v_task.input_bytes > 0 and v_task.input_bytes > v_bytes and not v_holds_nothing);

    if v_spare is not null then
      -- A smaller one passes one that waits for more results, as long as that starts no later.
      continue when v_task.result_count > least(v_spare, v_free);
      v_spare := v_spare - v_task.result_count;
    elsif not private.has_free_results(v_per_minute, v_task.result_count, v_free) then
      v_spare := private.spare_results(p_lane, v_task.result_count, v_taken);
      continue;
    end if;

    return next v_task;
    if v_task.user_id = any (v_singly) then
      v_held_back := v_held_back || v_task.user_id;
    end if;
    v_slots := v_slots - 1;
    v_free := v_free - v_task.result_count;
    v_taken := v_taken + v_task.result_count;
    v_bytes := v_bytes - v_task.input_bytes;
    v_holds_nothing := false;
  end loop;
end;
$$;

create or replace function private.has_due_work()
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if private.has_due_poll() or private.has_due_start() or private.has_lost_task() then
    return true;
  end if;
  if exists (
    select from private.maintenance_jobs
    where job = 'reported files' and last_run_at < now() - run_every
  ) and exists (select from private.reports where hidden_at is null) then
    return true;
  end if;
  if exists (
    select from private.maintenance_jobs
    -- The first time it waits for a worker that is woken for something else.
    where job = 'model lists' and last_run_at > '-infinity' and last_run_at < now() - run_every
  ) then
    return true;
  end if;
  return private.is_worker_out_of_touch() or private.has_files_to_remove();
end;
$$;

comment on function private.has_due_work is 'Whether a task can be started, polled or taken over now, a reported result is to be hidden, files are to be removed, lists of models are to be read, or a worker has to be in touch for one that may be lost.';

create or replace function private.task_results(p_task public.tasks, p_told jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(p_told, '{}') || jsonb_strip_nulls(jsonb_build_object(
    'model_id', coalesce(
      (
        select model
        from private.provider_calls
        where task_id = p_task.id and outcome = 'succeeded'
        order by attempt desc
        limit 1
      ),
      p_task.model
    )
  ));
end;
$$;

comment on function private.task_results is 'What is kept with the results of a task: what its worker has told of them, and the model that the ledger names.';

create or replace function private.complete_task(p_task public.tasks, p_outcome jsonb)
returns text
language plpgsql
set search_path = ''
as $$
begin
  perform private.record_call(p_task, p_outcome -> 'call', 'succeeded');
  perform private.record_health(p_task);
  perform private.close_task(
    p_task.id, 'complete',
    array(select jsonb_array_elements_text(p_outcome -> 'asset_urls')),
    p_results => private.task_results(p_task, p_outcome -> 'results')
  );
  if p_outcome ? 'warnings' then
    update public.concept_images as image
    set metadata = image.metadata || jsonb_build_object('warning', warning.words)
    from jsonb_each_text(p_outcome -> 'warnings') as warning (place, words)
    where image.celery_task_id = p_task.id and image.result_index = warning.place::smallint;
  end if;
  return 'complete';
end;
$$;

comment on function private.complete_task is 'Ends a claimed task with its stored results: asset_urls; results, which is what is known of them (see public.tasks.results); and warnings, by the place of the result, for apps to read in the metadata of its image.';

create or replace function private.hide_task(
  p_task public.tasks,
  p_user_id uuid,
  p_counts_later boolean default false
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if p_task.finished_at is null then
    perform private.give_up_task(p_task, 'canceled', p_counts_later => p_counts_later);
  end if;
  update public.tasks
  set
    is_purged = true, user_id = p_user_id, client_task_id = '', parameters = '{}', request_id = '',
    traceparent = null, last_error = null, inputs = null
  where id = p_task.id and winds_down;
  if not found then
    return false;
  end if;
  perform private.remove_results(p_task.user_id, p_task.output, p_task.id);
  delete from public.concept_images where celery_task_id = p_task.id;
  delete from public.models where celery_task_id = p_task.id;
  delete from private.dead_letters where task_id = p_task.id;
  delete from private.input_uses where task_id = p_task.id;
  return true;
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

create or replace function private.replay_dead_letter(p_id bigint)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  v_dead private.dead_letters;
  v_task public.tasks;
  v_id uuid;
begin
  update private.dead_letters
  set replayed_at = now()
  where id = p_id and replayed_at is null
  returning * into v_dead;
  if not found then
    raise exception 'No dead letter % that could be replayed', p_id;
  end if;

  select * into v_task from public.tasks where id = v_dead.task_id;
  if not found then
    raise exception 'Dead letter % has no task: there is nothing to replay', p_id;
  end if;

  if private.is_blocked(v_task.user_id) then
    raise exception 'Dead letter % is of a user who is blocked: it is not replayed', p_id;
  end if;
  -- A finished task stays as it is: the same request is accepted again.
  select submission.id into v_id
  from private.submit_task(
    p_user_id => v_task.user_id,
    p_client_task_id => v_task.client_task_id,
    p_operation => v_task.operation,
    p_provider => v_task.provider,
    p_parameters => v_task.parameters,
    p_output => v_task.output,
    p_result_count => v_task.result_count,
    p_time_limit_seconds => extract(epoch from v_task.deadline_at - v_task.created_at)::integer,
    p_request_id => v_task.request_id,
    p_input_bytes => v_task.input_bytes,
    p_is_limited => false,
    p_max_call_seconds => v_task.max_call_seconds,
    p_pool => v_task.pool,
    p_least_run_seconds => v_task.least_run_seconds,
    p_inputs => v_task.inputs,
    p_plan => v_task.plan,
    p_api_key_id => v_task.api_key_id,
    p_model => v_task.model,
    p_estimate_usd => v_task.estimate_usd,
    p_list_price_usd => v_task.list_price_usd,
    p_traceparent => v_task.traceparent
  ) as submission;
  return v_id;
end;
$$;

create or replace function private.usd_left(p_provider text, p_api_key_id uuid)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
declare
  v_day date := private.spending_day(now());
  v_month date := date_trunc('month', v_day);
begin
  return (
    -- What has no cap is null, which is not the least.
    select least(
      limits.project_usd_per_day - private.used_usd('project', '', v_day, v_day),
      limits.project_usd_per_month - private.used_usd('project', '', v_month, v_day),
      caps.provider - private.used_usd('provider', p_provider, v_day, v_day),
      caps.key - private.used_usd('key', p_api_key_id::text, v_day, v_day)
    )
    from private.limits
    left join private.lanes on lanes.provider = p_provider
    left join private.api_keys on api_keys.id = p_api_key_id
    cross join lateral (
      select
        coalesce(lanes.usd_per_day, limits.provider_usd_per_day) as provider,
        case when api_keys.id is not null then
          coalesce(api_keys.usd_per_day, limits.key_usd_per_day)
        end as key
    ) as caps
  );
end;
$$;

comment on function private.usd_left is 'What a request of a provider may cost at most so that it fits into the budgets of project, provider and API key; null: there is none. For the backend alone.';

create or replace function private.availability(
  p_api_key_id uuid,
  p_providers text[],
  p_pools text[],
  p_least_run_seconds integer[],
  p_estimates_usd numeric[]
)
returns table (availability text, start_seconds integer)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_is_paused boolean := exists (
    select from private.submit_pause where paused_since is not null
  );
begin
  return query
  with budgets as materialized (
    select lanes.provider, private.usd_left(lanes.provider, p_api_key_id) as usd_left
    from private.lanes
    where lanes.provider = any (p_providers)
  )
  select
    case
      when lanes.provider is null
        or v_is_paused
        or lanes.paused_until > clock_timestamp()
        or asked.estimate_usd > budgets.usd_left
        then 'closed'
      -- After a pause it is tried with one task at a time.
      when lanes.paused_until is not null or starts.seconds > 0 then 'busy'
      else 'open'
    end,
    -- Nobody knows when these end.
    case
      when not v_is_paused
        and lanes.paused_until is distinct from 'infinity'
        and (asked.estimate_usd > budgets.usd_left) is not true
        then ceil(starts.seconds)::integer
    end
  from unnest(p_providers, p_pools, p_least_run_seconds, p_estimates_usd) with ordinality
    as asked (provider, pool, least_run_seconds, estimate_usd, place)
  left join private.lanes on lanes.provider = asked.provider
  left join budgets on budgets.provider = asked.provider
  left join lateral (
    select private.expected_start_seconds(
      asked.provider,
      asked.pool,
      -- As private.submit_task gives it to who has nothing waiting.
      coalesce(
        (
          select max(calls.turn)
          from private.provider_calls as calls
          where calls.provider = asked.provider and calls.pool = asked.pool
        ),
        0
      ),
      1,
      asked.least_run_seconds
    ) as seconds
    where lanes.provider is not null
  ) as starts on true
  order by asked.place;
end;
$$;

comment on function private.availability is 'Whether requests can be made now, one row for each in the order asked: open, busy (it would wait, or the lane is tried after a pause) or closed (its lane is paused, by its circuit breaker or by hand, all submits are, or it fits into no budget); and in how many seconds one would start of a user who has nothing waiting, null if nobody knows.';

create or replace function private.outlook_keys(p_user_id uuid, p_task_ids uuid[])
returns table (
  id uuid,
  output text,
  model text,
  pool text,
  turn bigint,
  message_id bigint,
  result_count smallint,
  least_run_seconds smallint,
  deadline_at timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select
    tasks.id, tasks.output, tasks.model, tasks.pool, tasks.turn, tasks.message_id,
    tasks.result_count, tasks.least_run_seconds, tasks.deadline_at
  from public.tasks
  where tasks.id = any (p_task_ids) and tasks.user_id = p_user_id and tasks.finished_at is null;
end;
$$;

comment on function private.outlook_keys is 'What decides when tasks of a user start and how long they run: it stays the same as long as they wait. For the backend alone: a turn tells how much others have asked for.';

create or replace function private.pool_line(
  p_provider text,
  p_pool text,
  p_result_count integer,
  p_least_run_seconds integer,
  p_limit integer,
  out turns bigint[],
  out message_ids bigint[],
  out first_start_seconds numeric,
  out last_start_seconds numeric,
  out is_paused_for_good boolean
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select
    coalesce(array_agg(waiting.turn order by waiting.turn, waiting.message_id), '{}'),
    coalesce(array_agg(waiting.message_id order by waiting.turn, waiting.message_id), '{}')
  into turns, message_ids
  from (
    select tasks.turn, tasks.message_id
    from public.tasks
    where tasks.provider = p_provider
      and tasks.pool = p_pool
      and tasks.finished_at is null
      and tasks.handle is null
      and tasks.lease_expires_at is null
    order by tasks.turn, tasks.message_id
    limit p_limit
  ) as waiting;
  -- Of who comes before all of these, and of who comes after them.
  first_start_seconds := private.expected_start_seconds(
    p_provider, p_pool, coalesce(turns[1], 0) - 1, p_result_count, p_least_run_seconds
  );
  last_start_seconds := case
    when cardinality(turns) = 0 then first_start_seconds
    else private.expected_start_seconds(
      p_provider, p_pool, turns[cardinality(turns)], p_result_count, p_least_run_seconds
    )
  end;
  select lanes.paused_until = 'infinity' into is_paused_for_good
  from private.lanes
  where lanes.provider = p_provider;
  is_paused_for_good := coalesce(is_paused_for_good, false);
end;
$$;

comment on function private.pool_line is 'The first p_limit tasks that wait in a pool, in the order in which they start, by turn and message_id; and in how many seconds a request of so many results would start before them and behind them, as things are now.';

create or replace function private.most_runs_known()
returns integer
language sql
immutable
set search_path = ''
return 200;

comment on function private.most_runs_known is 'Of how many runs a status is told how long they took.';

create or replace function private.run_history(
  p_operation text,
  p_provider text,
  p_pool text,
  p_model text,
  out run_seconds real[],
  out is_paused_for_good boolean
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select coalesce(array_agg(runs.seconds order by runs.finished_at desc), '{}')
  into run_seconds
  from (
    select
      tasks.finished_at,
      extract(epoch from tasks.finished_at - tasks.started_at)::real as seconds
    from (
      select calls.task_id, calls.operation, calls.outcome
      from private.provider_calls as calls
      where calls.provider = p_provider
        and calls.pool = p_pool
        and calls.started_at > clock_timestamp() - interval '14 days'
      order by calls.started_at desc
      -- Of a rare operation beside a frequent one there are fewer then.
      limit 10 * private.most_runs_known()
    ) as latest
    join public.tasks on tasks.id = latest.task_id
    where latest.outcome = 'succeeded'
      and latest.operation = p_operation
      and tasks.status = 'complete'
      and tasks.model is not distinct from p_model
    order by tasks.finished_at desc
    limit private.most_runs_known()
  ) as runs;
  select lanes.paused_until = 'infinity' into is_paused_for_good
  from private.lanes
  where lanes.provider = p_provider;
  is_paused_for_good := coalesce(is_paused_for_good, false);
end;
$$;

comment on function private.run_history is 'How long the last complete tasks of a kind took from their first start to their end, the newest first: of the last calls of the pool, so that no table is written for it. Reads no more rows when there are more.';

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
)
language plpgsql
set search_path = ''
as $$
declare
  v_id uuid;
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
  -- One by one: the plan for any of many ids would be made anew each time, which costs more than
  -- the read.
  foreach v_id in array p_task_ids loop
    select
      tasks.id, tasks.version, tasks.client_task_id, tasks.operation, tasks.provider,
      tasks.status, tasks.progress, tasks.asset_urls, tasks.results, tasks.parameters,
      case
        when tasks.status = 'complete' and tasks.reported_at is null
          then nullif(greatest(tasks.result_count - cardinality(tasks.asset_urls), 0), 0)
      end,
      tasks.error_code, tasks.error, tasks.created_at, tasks.started_at, tasks.finished_at,
      tasks.reported_at
    into
      id, version, client_task_id, operation, provider, status, progress, asset_urls, results,
      parameters, missing_results, error_code, error, created_at, started_at, finished_at,
      reported_at
    from public.tasks
    where tasks.id = v_id;
    continue when not found;
    billed := null;
    -- Row level security has shown this task. What else is told of some, the app's own queries may
    -- not read: for that, and no longer, the role is the connection's own again.
    if p_with_cost or status = 'failed' then
      perform set_config('role', 'none', true);
      billed := case when status = 'failed' then private.billed_calls(id) end;
      cost_usd := case when p_with_cost then private.final_cost_usd(id) end;
      perform set_config('role', 'authenticated', true);
    end if;
    return next;
  end loop;
end;
$$;

comment on function private.read_tasks is 'What the user may be told of these tasks, in any order; no row of one that is not the user''s. billed: of a failed one, see private.billed_calls. cost_usd: with p_with_cost, for apps that may know, see private.final_cost_usd. blocked: the user may not; the rest is null then. Leaves the transaction in the user''s role.';

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

create or replace function private.report_task(p_user_id uuid, p_task_id uuid, p_reason text)
returns table (status text, reported_at timestamptz)
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  select * into v_task from public.tasks where id = p_task_id and user_id = p_user_id for update;
  if not found then
    return;
  end if;
  if v_task.status = 'complete' and v_task.reported_at is null then
    insert into private.reports (task_id, reason, asset_urls)
    values (v_task.id, p_reason, v_task.asset_urls);
    update public.tasks set reported_at = now(), asset_urls = '{}', results = null
    where id = v_task.id
    returning * into v_task;
    perform private.hasten_maintenance_job('reported files');
  end if;
  return query select v_task.status, v_task.reported_at;
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

create or replace function monitoring.find_lane_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'lane_paused', provider,
    case
      when paused_until = 'infinity' then 'It starts nothing until somebody ends the pause'
      when paused_until > now() then format(
        'It starts nothing for another %s s', ceil(extract(epoch from paused_until - now()))
      )
      else 'It starts one task at a time, to find out whether the provider works again'
    end || format('; failures in a row: %s', consecutive_failures),
    monitoring.failing_since(provider)
  from private.lanes
  where paused_until is not null
    and (
      (
        consecutive_failures >= private.circuit_breaker_failures()
        -- Where nobody has come since yesterday, nobody knows.
        and (paused_until > now() or monitoring.failing_since(provider) is not null)
      )
      or paused_until > now()
        + make_interval(secs => monitoring.threshold('pause_seconds')::double precision)
    );
$$;

create or replace function monitoring.find_connection_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'connections_used', 'database', format('%s of %s connections are in use', used, allowed),
    null::timestamptz
  from (
    select
      -- Everybody may read this, unlike who they are.
      (select coalesce(sum(numbackends), 0) from pg_catalog.pg_stat_database) as used,
      current_setting('max_connections')::integer
        - current_setting('superuser_reserved_connections')::integer as allowed
  ) as connections
  where used >= allowed * monitoring.threshold('connections_share');
$$;

comment on function monitoring.find_connection_problems is 'Whether the database has hardly a connection left.';

create or replace function monitoring.live_findings()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select * from monitoring.find_queue_problems()
  union all
  select * from monitoring.find_lane_problems()
  union all
  select * from monitoring.find_worker_problems()
  union all
  select * from monitoring.find_connection_problems();
$$;

create or replace function monitoring.note_models(p_provider text, p_models jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from monitoring.missing_models as missing
  where missing.provider = p_provider
    and missing.model not in (
      select models.model
      from jsonb_to_recordset(p_models) as models (model text, is_listed boolean)
      where not models.is_listed
    );

  insert into monitoring.missing_models as missing (provider, model, is_default)
  select lanes.provider, models.model, models.is_default
  from jsonb_to_recordset(p_models) as models (model text, is_default boolean, is_listed boolean)
  join private.lanes on lanes.provider = p_provider
  where not models.is_listed
  on conflict on constraint missing_models_pkey do update set is_default = excluded.is_default;

  insert into monitoring.model_shutdowns as known (provider, model, shut_down_on, source)
  select p_provider, models.model, models.shut_down_on, 'The provider''s list of models'
  from jsonb_to_recordset(p_models) as models (model text, shut_down_on date)
  where models.shut_down_on is not null
  on conflict on constraint model_shutdowns_pkey do update
  set shut_down_on = excluded.shut_down_on, source = excluded.source
  where known.shut_down_on <> excluded.shut_down_on;
end;
$$;

comment on function monitoring.note_models is 'Keeps what a provider''s list, read just now, says of all models of ours (model, is_default, is_listed, shut_down_on): those it does not have, and when others will be shut down.';

create or replace function monitoring.models_in_use()
returns table (provider text, model text)
language sql
stable
set search_path = ''
as $$
  select distinct lanes.provider, latest.model
  from private.lanes
  cross join lateral (
    select calls.model
    from private.provider_calls as calls
    where calls.provider = lanes.provider and calls.started_at > now() - interval '1 day'
    order by calls.started_at desc
    limit 1000
  ) as latest;
$$;

comment on function monitoring.models_in_use is 'What the latest 1000 calls of a provider, within a day, were made with.';

create or replace function monitoring.try_disk()
returns void
language plpgsql
stable
set search_path = ''
-- So little that what follows does not fit, and is written to a file: as good as a megabyte, which
-- is gone when the statement has ended.
set work_mem = '64kB'
as $$
begin
  perform count(*) from pg_catalog.generate_series(1, 30000);
end;
$$;

comment on function monitoring.try_disk is 'Fails with disk_full where the disk has no room left. Nothing stays of what it writes.';

create or replace function monitoring.find_disk_problems()
returns setof monitoring.finding
language plpgsql
stable
set search_path = ''
as $$
declare
  v_megabytes numeric := round(pg_catalog.pg_database_size(current_database()) / 1e6);
  v_allowed numeric := monitoring.threshold('database_megabytes');
begin
  begin
    perform monitoring.try_disk();
  exception
    when disk_full then
      return next (
        'disk_full', 'disk', 'The disk is full: nothing more can be written', null
      )::monitoring.finding;
  end;
  if v_megabytes >= v_allowed then
    return next (
      'disk_full', 'database',
      format('The database has %s MB, of which it may have %s', v_megabytes, v_allowed), null
    )::monitoring.finding;
  end if;
end;
$$;

comment on function monitoring.find_disk_problems is 'Whether the disk is full, or the database has grown to what it may have: how large its disk is, no query tells.';

create or replace function monitoring.try_write()
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- A sequence has its place on the disk already.
  perform monitoring.try_disk();
  perform pg_catalog.setval('monitoring.write_check', 1);
end;
$$;

create or replace function monitoring.find_model_shutdowns()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'model_shutdown', ends.provider || ' ' || ends.model,
    format(
      'The model is in use and %s shut down on %s',
      case when ends.shut_down_on > current_date then 'will be' else 'was' end, ends.shut_down_on
    ),
    null::timestamptz
  from monitoring.model_shutdowns as ends
  where ends.shut_down_on < current_date + monitoring.threshold('shutdown_days')::integer
    and (ends.provider, ends.model) in (
      select used.provider, used.model from monitoring.models_in_use() as used
    );
$$;

comment on function monitoring.find_model_shutdowns is 'Models that come to their end and are in use.';

create or replace function monitoring.find_missing_models()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'model_missing', missing.provider || ' ' || missing.model,
    'The provider''s own list of models does not have it', missing.first_missed_at
  from monitoring.missing_models as missing
  where missing.is_default
    or (missing.provider, missing.model) in (
      select used.provider, used.model from monitoring.models_in_use() as used
    );
$$;

comment on function monitoring.find_missing_models is 'Models that their provider does not list, and that are in use or would be.';

create or replace function monitoring.alerts()
returns table (code text, severity text, subject text, message text, since timestamptz)
language sql
stable
set search_path = ''
as $$
  with findings as (
    select * from monitoring.live_findings()
    union all
    select * from monitoring.find_disk_problems()
    union all
    select * from monitoring.find_cron_problems()
    union all
    select * from monitoring.find_maintenance_problems()
    union all
    select * from monitoring.find_access_problems()
    union all
    select * from monitoring.find_ambiguous_calls()
    union all
    select * from monitoring.find_missed_deadlines()
    union all
    select * from monitoring.find_stuck_tasks()
    union all
    select * from monitoring.find_dead_letters()
    union all
    select * from monitoring.find_model_shutdowns()
    union all
    select * from monitoring.find_missing_models()
    union all
    select * from monitoring.find_refused_users()
    union all
    select * from monitoring.find_reports()
    union all
    select * from monitoring.find_unlisted_hosts()
    union all
    select * from monitoring.find_budget_problems()
    union all
    select * from monitoring.find_spend_rate()
    union all
    select * from monitoring.find_price_drift()
    union all
    select * from monitoring.find_submit_pause()
  )
  select
    findings.code, kinds.severity, findings.subject,
    findings.what || '. ' || kinds.advice || '.', findings.since
  from findings
  join monitoring.alert_kinds as kinds on kinds.code = findings.code
  order by kinds.severity, findings.code, findings.subject;
$$;

create or replace function monitoring.alert_messages(p_alerts jsonb)
returns table (words text, alerts jsonb)
language plpgsql
immutable
set search_path = ''
as $$
declare
  -- Discord's, which takes the least: https://discord.com/developers/docs/resources/webhook
  c_most_characters constant integer := 2000;
  c_most_alerts constant integer := 10;
  v_alert jsonb;
  v_line text;
begin
  alerts := '[]';
  for v_alert in select * from jsonb_array_elements(p_alerts) loop
    v_line := format(
      '[%s] %s %s: %s',
      v_alert ->> 'severity', v_alert ->> 'code', v_alert ->> 'subject', v_alert ->> 'message'
    );
    if length(v_line) > c_most_characters then
      v_line := left(v_line, c_most_characters - 1) || '…';
    end if;
    if jsonb_array_length(alerts) = c_most_alerts
      or length(words) + 1 + length(v_line) > c_most_characters
    then
      return next;
      words := null;
      alerts := '[]';
    end if;
    words := concat_ws(E'\n', words, v_line);
    alerts := alerts || v_alert;
  end loop;
  if words is not null then
    return next;
  end if;
end;
$$;

comment on function monitoring.alert_messages is 'The alerts, in their order, as messages of at most ten and at most 2,000 characters. Only the words of an alert that is longer by itself are cut.';

create or replace function monitoring.send_alerts(p_url text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_message record;
  v_request_id bigint;
  v_count integer := 0;
begin
  for v_message in
    select messages.words, messages.alerts
    from (
      select jsonb_agg(to_jsonb(alerts) order by severity, code, subject) as alerts
      from monitoring.take_due_alerts() as alerts
    ) as due
    cross join lateral monitoring.alert_messages(due.alerts) as messages
  loop
    -- As text, because without pg_net the function is not there. All requests of the database wait
    -- for the slowest of them, those that wake the worker, too.
    execute 'select net.http_post(url => $1, body => $2, timeout_milliseconds => 5000)'
    into v_request_id
    using p_url, jsonb_build_object(
      'text', v_message.words, 'content', v_message.words, 'alerts', v_message.alerts
    );
    update monitoring.sent_alerts as sent
    set request_id = v_request_id
    from jsonb_to_recordset(v_message.alerts) as posted (code text, subject text)
    where sent.code = posted.code and sent.subject = posted.subject;
    v_count := v_count + jsonb_array_length(v_message.alerts);
  end loop;
  return v_count;
end;
$$;

comment on function monitoring.send_alerts is 'Posts alerts that are due to a webhook of Slack (text), Discord (content) or of your own (alerts), in as many messages as they need, and again what it has not taken. Needs pg_net. Returns how many alerts.';

create or replace function monitoring.metrics()
returns table (metric text, labels jsonb, value double precision)
language sql
stable
set search_path = ''
as $$
  select samples.metric, jsonb_build_object('lane', queues.lane, 'queue', queues.queue),
    samples.value
  from monitoring.queues
  cross join lateral (
    values
      ('makeit3d_queue_messages', queues.messages::double precision),
      ('makeit3d_queue_due_messages', queues.due),
      ('makeit3d_queue_oldest_due_seconds', coalesce(queues.oldest_seconds, 0))
  ) as samples (metric, value)
  union all
  select samples.metric, jsonb_build_object('lane', lanes.lane), samples.value
  from monitoring.lanes
  cross join lateral (
    values
      ('makeit3d_lane_in_flight_tasks', lanes.in_flight::double precision),
      ('makeit3d_lane_capacity_tasks', lanes.max_in_flight),
      ('makeit3d_lane_paused', lanes.paused::integer),
      ('makeit3d_lane_consecutive_failures', lanes.consecutive_failures)
  ) as samples (metric, value)
  union all
  select
    'makeit3d_ended_tasks_last_' || operations.period,
    jsonb_build_object(
      'operation', operations.operation, 'provider', operations.provider, 'status', samples.status
    ),
    samples.value
  from monitoring.operations
  cross join lateral (
    values
      ('complete', operations.complete::double precision),
      ('failed', operations.failed),
      ('canceled', operations.canceled)
  ) as samples (status, value)
  union all
  select samples.metric, jsonb_build_object('provider', spending.scope_id), samples.value
  from monitoring.spending
  cross join lateral (
    values
      ('makeit3d_spent_today_usd', spending.used_usd::double precision),
      ('makeit3d_spending_cap_today_usd', spending.cap_usd)
  ) as samples (metric, value)
  where spending.scope = 'provider' and spending.period = 'day'
    and spending.period_start = (now() at time zone 'UTC')::date
    -- There is no cap.
    and samples.value is not null
  union all
  select
    'makeit3d_alerts', jsonb_build_object('code', kinds.code, 'severity', kinds.severity),
    count(alerts.code)
  from monitoring.alert_kinds as kinds
  left join monitoring.alerts() as alerts on alerts.code = kinds.code
  group by kinds.code, kinds.severity
  union all
  select 'makeit3d_live_workers', '{}', count(*) from monitoring.workers where live;
$$;

comment on function monitoring.metrics is 'Numbers of now, from the views of this schema, as a monitoring system collects them: how many there are is bounded by lanes, operations and kinds of alerts, and none is about a user or an API key.';

create or replace function private.delete_archived_messages(p_before timestamptz, p_batch integer)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_queue text;
  v_count bigint;
  v_total bigint := 0;
begin
  for v_queue in select queue from private.queues() as queue where private.has_queue(queue) loop
    execute format(
      $query$
        delete from pgmq.%1$I
        where msg_id = any (array(
          select msg_id from pgmq.%1$I where archived_at < $1 order by archived_at limit $2
        ))
      $query$,
      'a_' || v_queue
    ) using p_before, p_batch;
    get diagnostics v_count = row_count;
    v_total := v_total + v_count;
  end loop;
  return v_total;
end;
$$;

create or replace function private.delete_old(p_kind text, p_before timestamptz, p_batch integer)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_count bigint;
begin
  case p_kind
    when 'archived messages' then
      return private.delete_archived_messages(p_before, p_batch);
    when 'schedule runs' then
      if to_regclass('cron.job_run_details') is null then
        return 0;
      end if;
      -- A run that is under way has no end. One that never came to run has no start.
      delete from cron.job_run_details
      where runid = any (array(
        select runid
        from cron.job_run_details
        where end_time < p_before
        order by runid
        limit p_batch
      ));
    when 'dead letters' then
      -- One that was not replayed still waits for somebody to look at it.
      delete from private.dead_letters
      where id = any (array(
        select id from private.dead_letters
        where replayed_at < p_before
        order by id
        limit p_batch
        -- Locked: a user is being deleted, and waits for none of these.
        for update skip locked
      ));
    when 'provider calls' then
      -- Those of an unfinished task decide whether it may be submitted again.
      delete from private.provider_calls
      where id = any (array(
        select id
        from private.provider_calls
        where finished_at < p_before
          -- A range of an index: where nothing is old the ledger is not read.
          and started_at < p_before
          and provider = any (array(select lanes.provider from private.lanes))
          and not exists (
            select from public.tasks
            where tasks.id = provider_calls.task_id and tasks.finished_at is null
          )
        order by id
        limit p_batch
        for update skip locked
      ));
    when 'spending' then
      -- A cap of a month counts all of its days.
      delete from private.refused_budgets
      where period_start
        < (least(p_before, date_trunc('month', now(), 'UTC')) at time zone 'UTC')::date;
      with old as materialized (
        select scope, scope_id, day
        from private.spending
        where day < (least(p_before, date_trunc('month', now(), 'UTC')) at time zone 'UTC')::date
        limit p_batch
        for update skip locked
      )
      delete from private.spending
      where (scope, scope_id, day) in (select * from old);
    when 'spending of users' then
      with old as materialized (
        select user_id, day
        from private.user_spending
        where day < (p_before at time zone 'UTC')::date
        limit p_batch
        for update skip locked
      )
      delete from private.user_spending
      where (user_id, day) in (select * from old);
    when 'canceled tasks' then
      -- Those that have cost nothing: without parameters.
      delete from public.tasks
      where id = any (array(
        select id
        from public.tasks
        where status = 'canceled' and parameters = '{}' and finished_at < p_before
        order by finished_at
        limit p_batch
        for update skip locked
      ));
    when 'failed parameters' then
      update public.tasks
      set parameters = '{}'
      where id = any (array(
        select id
        from public.tasks
        where status = 'failed' and parameters <> '{}' and finished_at < p_before
          and private.is_settled(tasks.id)
        order by finished_at
        limit p_batch
        for update skip locked
      ));
    when 'failed tasks' then
      delete from public.tasks
      where id = any (array(
        select id
        from public.tasks
        where status = 'failed' and finished_at < p_before and private.is_settled(tasks.id)
        order by finished_at
        limit p_batch
        for update skip locked
      ));
    when 'content refusals' then
      delete from private.content_refusals
      where id = any (array(
        select id from private.content_refusals
        where refused_at < p_before
        order by id
        limit p_batch
        for update skip locked
      ));
    when 'open reports' then
      update private.reports set closed_at = now()
      where task_id = any (array(
        select task_id from private.reports
        where closed_at is null and reported_at < p_before
        order by reported_at
        limit p_batch
        for update skip locked
      ));
    when 'finished tasks' then
      -- With their images and models. Their files are orphans then, and workers remove them.
      delete from public.tasks
      where id = any (array(
        select id
        from public.tasks
        where finished_at < p_before
          and not exists (
            select from private.provider_calls
            where provider_calls.task_id = tasks.id and provider_calls.outcome is null
          )
          and not private.has_unsettled(tasks.user_id)
          and not exists (
            select from private.reports
            where reports.task_id = tasks.id and reports.closed_at is null
          )
        order by finished_at
        limit p_batch
        for update skip locked
      ));
    when 'unused inputs' then
      -- Files: workers remove them.
      return 0;
    else
      return null;
  end case;
  get diagnostics v_count = row_count;
  return v_count;
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

create or replace function private.move_results(p_project_url text, p_limit integer default null)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_url text := rtrim(p_project_url, '/');
  v_moved integer;
begin
  if v_url is null or v_url !~ '^https?://[^/?#@\s\\]+$' then
    raise exception 'The URL of a project is like https://api.example.com, not %', p_project_url;
  end if;
  with elsewhere as (
    select id from public.tasks
    where asset_urls[1] is not null and not starts_with(asset_urls[1], v_url || '/')
    order by id
    limit p_limit
    for no key update
  )
  update public.tasks
  set asset_urls = array(
    select regexp_replace(url, '^https?://[^/]+', v_url)
    from unnest(asset_urls) with ordinality as result (url, place)
    order by place
  ),
  results = case
    when results ? 'preview_url' then jsonb_set(
      results, '{preview_url}',
      to_jsonb(regexp_replace(results ->> 'preview_url', '^https?://[^/]+', v_url))
    )
    else results
  end
  where id in (select id from elsewhere);
  get diagnostics v_moved = row_count;
  return v_moved;
end;
$$;

comment on function private.move_results is 'For the operator, after the project has got another URL: has the rows of tasks, concept_images and models name their results by it. Moves the results of p_limit tasks at most, of all without it, and returns of how many.';
