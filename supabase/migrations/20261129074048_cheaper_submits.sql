-- Workers note how long the runs of a pool take, so that no submit has to read them.

set local lock_timeout = '2s';

alter table private.pools
  add column mean_run_seconds numeric,
  add column longest_run_seconds numeric;

-- Called by functions in SQL only, and they are replaced below.
drop function private.expected_wait(text, text, bigint, integer);

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

comment on column private.pools.mean_run_seconds is 'How long its last calls took that went well, to within a twentieth, as workers have noted; null if there were none. See private.note_runs.';

comment on column private.pools.longest_run_seconds is 'How long the longest of them took.';

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
  v_day date := private.spending_day(now());
  v_stripe smallint := private.own_stripe();
  v_no_key uuid := private.no_key();
  v_read record;
  v_limit record;
  v_turn bigint;
  v_key_id uuid;
  v_caps private.spending_caps;
  v_is_near_cap boolean := false;
  v_message_id bigint;
begin
  replayed := false;
  conflicts := '{}';
  wake := false;
  perform private.lock_user(p_user_id);

  -- What every submit needs, in one statement: as many of their own cost twice as much. So it asks
  -- here, too, what private.is_blocked, private.find_live_task and private.calls_under_way say.
  select
    num_nonnulls(
      plans.operations, plans.providers, plans.models, plans.qualities, plans.most_results,
      plans.most_safety_tolerance
    ) > 0 as is_restricted,
    plans.name as plan_name, plans.images_per_day, plans.models_per_day, plans.usd_per_day,
    plans.submits_per_minute, plans.active_tasks as active_tasks_allowed,
    live.id as live_id, live.status as live_status, live.asked_for,
    exists (
      select from private.blocked_users
      where user_id = p_user_id and coalesce(blocked_until > now(), true)
    ) or exists (
      select from auth.users where users.id = p_user_id and banned_until > now()
    ) as is_blocked,
    (select paused_since from private.submit_pause) as paused_since,
    exists (select from private.content_refusals where user_id = p_user_id) as was_refused,
    -- The first of as many as are allowed: when it is a minute old, there is room for one.
    case when plans.submits_per_minute is not null then (
      select created_at from public.tasks
      where user_id = p_user_id and created_at > now() - interval '1 minute'
      order by created_at desc
      offset plans.submits_per_minute - 1
      limit 1
    ) end as full_since,
    case when plans.active_tasks is not null then (
      select count(*) from (
        select from public.tasks
        -- Also what was given up, while the provider works on it.
        where user_id = p_user_id and (finished_at is null or winds_down)
        limit plans.active_tasks
      ) as active
    ) end as active_tasks,
    mine.used_usd, mine.images, mine.models,
    -- None for a key that was deleted a moment ago.
    keys.submits_per_minute as key_submits_per_minute, keys.usd_per_day as key_cap,
    limits.project_usd_per_day as project_cap, limits.project_usd_per_month as month_cap,
    coalesce(lanes.usd_per_day, limits.provider_usd_per_day) as provider_cap,
    project.day_usd, project.month_usd,
    (
      select used_usd from private.spending
      where scope = 'provider' and scope_id = p_provider and day = v_day
    ) as provider_usd,
    case when keys.usd_per_day is not null then (
      select used_usd from private.spending
      where scope = 'key' and scope_id = p_api_key_id::text and day = v_day
    ) end as key_usd,
    (
      select used_usd from private.spending_stripes
      where provider = p_provider
        and api_key_id = case
          when keys.usd_per_day is not null then p_api_key_id else v_no_key
        end
        and stripe = v_stripe
        and day = v_day
    ) as stripe_usd,
    -- Where the pool is now: of all that was ever started, because a task that is tried again has
    -- an old turn.
    (
      select max(turn) from private.provider_calls where provider = p_provider and pool = p_pool
    ) as pool_turn,
    last.turn as last_turn, last.result_count as last_results, lanes.results_per_minute,
    private.should_wake_worker() as workers_are_few,
    -- If all that waits came first, half of the time until it must have been started would be
    -- enough: nobody looks closer. private.seconds_needed is half of its time at most.
    lanes.results_per_minute is null
      and waiting.tasks < private.most_turns_read()
      and 2 * greatest(
        0,
        extract(epoch from greatest(
          case when lanes.paused_until < 'infinity' then lanes.paused_until end,
          lanes.rate_limited_until,
          pools.rate_limited_until
        ) - clock_timestamp()),
        (
          waiting.tasks + 1 - least(
            lanes.max_in_flight - under_way.in_lane, pools.max_in_flight - under_way.in_pool
          )
        ) * coalesce(pools.mean_run_seconds, p_least_run_seconds)
          / least(lanes.max_in_flight, pools.max_in_flight)
      ) <= least(p_time_limit_seconds - p_least_run_seconds, p_time_limit_seconds / 2)
      as is_early
  into v_read
  -- What has no row has no limit.
  from (values (true)) as one (only_row)
  left join private.limits on limits.only_row
  left join private.plans
    on plans.name = coalesce((select name from private.plans where name = p_plan), 'default')
  left join private.lanes on lanes.provider = p_provider
  left join private.pools on pools.provider = p_provider and pools.name = p_pool
  left join lateral (
    select count(*) as in_lane, count(*) filter (where pool = p_pool) as in_pool
    from private.provider_calls
    where provider = p_provider and outcome is null and task_id is not null
  ) as under_way on true
  left join lateral (
    select count(*) as tasks
    from (
      select
      from public.tasks
      where provider = p_provider
        and pool = p_pool
        and finished_at is null
        and handle is null
        and lease_expires_at is null
      order by turn, message_id
      limit private.most_turns_read()
    ) as first
  ) as waiting on true
  left join lateral (
    select
      coalesce(api_keys.submits_per_minute, limits.key_submits_per_minute) as submits_per_minute,
      coalesce(api_keys.usd_per_day, limits.key_usd_per_day) as usd_per_day
    from private.api_keys
    where api_keys.id = p_api_key_id
  ) as keys on true
  left join private.user_spending as mine on mine.user_id = p_user_id and mine.day = v_day
  left join lateral (
    select
      sum(used_usd) filter (where day = v_day) as day_usd, sum(used_usd) as month_usd
    from private.spending
    where scope = 'project' and scope_id = ''
      and day between date_trunc('month', v_day)::date and v_day
  ) as project on true
  left join lateral (
    select
      tasks.id, tasks.status,
      tasks.parameters || jsonb_build_object('provider', tasks.provider) as asked_for
    from public.tasks
    where user_id = p_user_id
      and operation = p_operation
      and client_task_id = p_client_task_id
      and tasks.status not in ('failed', 'canceled')
  ) as live on true
  left join lateral (
    select tasks.turn, tasks.result_count
    from public.tasks
    where user_id = p_user_id
      -- What is older has ended by its deadline.
      and created_at > now() - interval '1 hour'
      and provider = p_provider
      and pool = p_pool
      -- What was given up before it started has taken nothing.
      and (finished_at is null or started_at is not null)
    -- The last one has the highest turn.
    order by created_at desc, tasks.turn desc
    limit 1
  ) as last on true;

  if v_read.is_blocked then
    exceeded_limit := 'user_is_blocked';
    return;
  end if;
  if v_read.live_id is not null then
    submit_task.id := v_read.live_id;
    submit_task.status := v_read.live_status;
    conflicts := private.differing_keys(
      v_read.asked_for, p_parameters || jsonb_build_object('provider', p_provider)
    );
    replayed := true;
    return;
  end if;
  v_turn := private.next_turn(
    v_read.pool_turn, v_read.last_turn, v_read.last_results, v_read.results_per_minute
  );

  v_key_id := case when v_read.key_cap is null then v_no_key else p_api_key_id end;
  v_caps := (v_read.project_cap, v_read.month_cap, v_read.provider_cap, v_read.key_cap);

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
    if v_read.full_since is not null then
      exceeded_limit := 'submits_per_minute';
      allowed := v_read.submits_per_minute;
      retry_after_seconds := ceil(
        extract(epoch from v_read.full_since + interval '1 minute' - now())
      );
      return;
    end if;
    if v_read.active_tasks >= v_read.active_tasks_allowed then
      exceeded_limit := 'active_tasks';
      allowed := v_read.active_tasks_allowed;
      -- Nobody knows when one of them ends; most do within this.
      retry_after_seconds := 10;
      return;
    end if;

    if p_output = 'image' and coalesce(v_read.images, 0) + p_result_count > v_read.images_per_day
    then
      exceeded_limit := 'images_per_day';
      used := coalesce(v_read.images, 0);
      allowed := v_read.images_per_day;
    elsif p_output = 'model'
      and coalesce(v_read.models, 0) + p_result_count > v_read.models_per_day
    then
      exceeded_limit := 'models_per_day';
      used := coalesce(v_read.models, 0);
      allowed := v_read.models_per_day;
    elsif coalesce(v_read.used_usd, 0) + p_estimate_usd > v_read.usd_per_day then
      exceeded_limit := 'usd_per_day';
      used := coalesce(v_read.used_usd, 0);
      allowed := v_read.usd_per_day;
    end if;
    if exceeded_limit is not null then
      resets_at := (v_day + 1)::timestamp at time zone 'UTC';
      retry_after_seconds := ceil(extract(epoch from resets_at - now()));
      return;
    end if;

    if not coalesce(v_read.is_early, false) then
      retry_after_seconds := private.check_expected_start(
        p_provider, p_pool, v_turn, p_result_count, p_least_run_seconds, p_time_limit_seconds
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

    v_is_near_cap := p_is_dry_run or coalesce(
      v_read.stripe_usd is null
        -- What was given back is out of sight for who looks at private.spending alone.
        or v_read.stripe_usd < 0
        or v_read.stripe_usd + p_estimate_usd > private.most_in_stripe(v_caps)
        or v_read.day_usd + p_estimate_usd > 0.8 * v_read.project_cap
        or v_read.month_usd + p_estimate_usd > 0.8 * v_read.month_cap
        or v_read.provider_usd + p_estimate_usd > 0.8 * v_read.provider_cap
        or v_read.key_usd + p_estimate_usd > 0.8 * v_read.key_cap,
      false
    );
    if v_is_near_cap then
      -- As whoever deletes the user, or settles: first the user, then what all share.
      if not p_is_dry_run then
        perform from auth.users where users.id = p_user_id for key share;
        perform from private.user_spending
        where user_id = p_user_id and day = v_day
        for no key update;
      end if;
      v_limit := private.reserve_exactly(
        p_provider, v_key_id, v_day, p_estimate_usd, v_caps, p_is_dry_run
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
      p_provider, p_pool, v_turn, p_result_count, p_least_run_seconds
    ));
    return;
  end if;

  -- The message first, so that the row is written once: a second version would go into every index.
  submit_task.id := gen_random_uuid();
  select send into v_message_id
  -- The other forms of it call this one.
  from pgmq.send(
    p_provider, jsonb_build_object('task_id', submit_task.id), null::jsonb, clock_timestamp()
  );
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
    p_least_run_seconds, v_turn, p_inputs, coalesce(v_read.plan_name, p_plan), p_api_key_id,
    v_read.key_cap is not null, p_model, p_estimate_usd, p_list_price_usd,
    p_estimate_usd, p_traceparent
  )
  returning tasks.status into submit_task.status;
  perform private.create_asset_rows(
    submit_task.id, p_user_id, p_client_task_id, p_output, p_result_count, p_parameters,
    jsonb_build_object('provider', p_provider, 'operation', p_operation)
  );
  -- Most have none.
  if p_input_bytes > 0 then
    perform private.note_input_uses(submit_task.id, p_user_id, p_parameters);
  end if;
  insert into private.user_spending as mine (user_id, day, used_usd, images, models)
  values (
    p_user_id, v_day, p_estimate_usd,
    case when p_output = 'image' then p_result_count else 0 end,
    case when p_output = 'model' then p_result_count else 0 end
  )
  on conflict (user_id, day) do update
  set
    used_usd = mine.used_usd + excluded.used_usd,
    images = mine.images + excluded.images,
    models = mine.models + excluded.models;
  -- Last, because others may count there, too.
  if not v_is_near_cap
    -- What no cap was asked for has to be seen by who asks.
    and not (p_is_limited and private.count_in_stripe(p_provider, v_key_id, v_day, p_estimate_usd))
  then
    perform private.count_in_row(p_provider, v_key_id, v_day, p_estimate_usd);
  end if;
  wake := v_read.workers_are_few;
end;
$$;

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
