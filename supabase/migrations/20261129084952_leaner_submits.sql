-- Submits are cheaper: what they read is noted before, and they call nothing that they can say themselves.

set local lock_timeout = '2s';

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

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

comment on column private.pools.mean_run_seconds is 'How long its last calls took that went well, to within a twentieth, as workers have noted; null if there were none. See private.note_runs.';

comment on column private.pools.longest_run_seconds is 'How long the longest of them took.';

comment on column public.tasks.turn is 'Its place in fair queueing: the lowest of a pool is started first. Given by private.submit_task.';

comment on column public.tasks.traceparent is 'The W3C trace context that its app sent with the submit, so that the worker goes on with the same trace; null if it sent none.';

comment on column public.concept_images.prompt is 'Its first 2,000 characters, or the operation in words if that takes none; null once the task was canceled and has cost nothing.';

comment on column public.concept_images.style is 'The style or the style preset that was asked for.';

comment on column public.models.prompt is 'Its first 2,000 characters, or the operation in words if that takes none; null once the task was canceled and has cost nothing.';

comment on column public.models.style is 'The style or the style preset that was asked for.';

comment on column private.user_spending.minute is 'The minute of the clock in which the user has submitted last.';

comment on column private.user_spending.submits is 'How much in this minute, and maybe a little that belongs to the one before; null where that was not counted.';

comment on column private.user_spending.most_active is 'No more tasks of the user than this are active: so many were counted once, and submitted since. Null where they were not counted.';

comment on column private.user_spending.submits_before is 'How much in the minute before it. As long as both are less than the plan allows, no submit counts the tasks of the last 60 seconds.';

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
