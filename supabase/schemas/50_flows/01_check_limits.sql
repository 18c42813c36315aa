-- Whether a limit keeps a user or an app from submitting now.

create or replace function private.lock_user(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('submit ' || p_user_id, 0));
end;
$$;

comment on function private.lock_user is 'Until the end of the transaction nothing else is submitted for this user: what is counted stays true, and one task_id is accepted once.';

create or replace function private.refuse_content(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.lock_user(p_user_id);
  perform from auth.users where id = p_user_id for key share;
  if found then
    perform private.count_refusal(p_user_id, 'moderation');
  end if;
end;
$$;

comment on function private.refuse_content is 'Counts a request that the check before the queue has refused. Nothing happens for a user who is gone.';

create or replace function private.check_limits(
  p_user_id uuid,
  p_api_key_id uuid,
  p_plan text default 'default',
  out exceeded_limit text,
  out allowed integer,
  out retry_after_seconds integer,
  out key_allowed integer
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_submits_allowed integer;
  v_active_allowed integer;
  v_full_since timestamptz;
  v_active integer;
  v_refusals record;
begin
  v_refusals := private.check_refusals(p_user_id);
  if v_refusals.refusals is not null then
    exceeded_limit := 'content_refusals';
    allowed := v_refusals.refusals;
    retry_after_seconds := v_refusals.retry_after_seconds;
    return;
  end if;

  -- One statement for all: submits are many, and most are not refused.
  select
    plans.submits_per_minute,
    plans.active_tasks,
    -- The first of as many as are allowed: when it is a minute old, there is room for one.
    case when plans.submits_per_minute is not null then (
      select created_at
      from public.tasks
      where user_id = p_user_id and created_at > now() - interval '1 minute'
      order by created_at desc
      offset plans.submits_per_minute - 1
      limit 1
    ) end,
    case when plans.active_tasks is not null then (
      select count(*)
      from (
        select from public.tasks
        -- Also what was given up, while the provider works on it.
        where user_id = p_user_id and (finished_at is null or winds_down)
        limit plans.active_tasks
      ) as active
    ) end,
    -- None for a key that was deleted a moment ago.
    (
      select coalesce(api_keys.submits_per_minute, limits.key_submits_per_minute)
      from private.api_keys
      where id = p_api_key_id
    )
  into v_submits_allowed, v_active_allowed, v_full_since, v_active, key_allowed
  from private.limits, private.plans
  where plans.name = p_plan;

  if v_full_since is not null then
    exceeded_limit := 'submits_per_minute';
    allowed := v_submits_allowed;
    retry_after_seconds := ceil(extract(epoch from v_full_since + interval '1 minute' - now()));
  elsif v_active >= v_active_allowed then
    exceeded_limit := 'active_tasks';
    allowed := v_active_allowed;
    -- Nobody knows when one of them ends; most do within this.
    retry_after_seconds := 10;
  end if;
end;
$$;

comment on function private.check_limits is 'Which limit keeps a user from submitting now, and when to try again; nulls if none does. To be asked under private.lock_user. key_allowed: the limit of the API key, which is still to be counted; null if there is none.';

create or replace function private.count_key_submit(
  p_api_key_id uuid,
  p_allowed integer,
  out exceeded_limit text,
  out retry_after_seconds integer
)
language plpgsql
set search_path = ''
as $$
declare
  v_second timestamptz;
  v_full_since timestamptz;
begin
  perform pg_advisory_xact_lock(hashtextextended('key ' || p_api_key_id, 0));
  v_second := date_trunc('second', clock_timestamp());
  delete from private.key_submits
  where api_key_id = p_api_key_id and second < v_second - interval '1 minute';

  select second into v_full_since
  from (
    select second, sum(submits) over (order by second desc) as submits_since
    from private.key_submits
    where api_key_id = p_api_key_id
  ) as seconds
  where submits_since >= p_allowed
  order by second desc
  limit 1;
  if found then
    exceeded_limit := 'key_submits_per_minute';
    -- A second leaves the window as a whole.
    retry_after_seconds := ceil(
      extract(epoch from v_full_since + interval '61 seconds' - clock_timestamp())
    );
    return;
  end if;

  insert into private.key_submits (api_key_id, second, submits)
  values (p_api_key_id, v_second, 1)
  on conflict (api_key_id, second) do update set submits = key_submits.submits + 1;
end;
$$;

comment on function private.count_key_submit is 'Counts a submit with an API key that has a limit, or returns that it is reached and when to try again. The users of such a key wait here for one another: to be called last, when all that remains is to write.';

create or replace function private.check_expected_start(
  p_lane private.lanes,
  p_pool text,
  p_turn bigint,
  p_result_count integer,
  p_least_run_seconds integer,
  p_time_limit_seconds integer,
  out exceeded_limit text,
  out allowed integer,
  out retry_after_seconds integer
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_time_limit interval := make_interval(secs => p_time_limit_seconds);
  v_wait record;
  v_runs record;
  v_start numeric;
  v_latest numeric;
begin
  v_wait := private.expected_wait(p_lane, p_pool, p_turn, p_result_count);
  -- Most submits are in time, however long the pool's calls take: none takes longer than its limit.
  if greatest(v_wait.seconds, v_wait.runs * p_time_limit_seconds)
    <= greatest(0, p_time_limit_seconds - private.seconds_needed(
      p_least_run_seconds, 'infinity', v_time_limit
    ))
  then
    return;
  end if;
  select * into v_runs from private.recent_runs(p_lane.provider, p_pool);
  v_start := greatest(
    v_wait.seconds, v_wait.runs * coalesce(v_runs.mean, p_least_run_seconds)
  );
  v_latest := p_time_limit_seconds - private.seconds_needed(
    p_least_run_seconds, v_runs.longest, v_time_limit
  );
  if v_start > v_latest then
    exceeded_limit := 'time_limit';
    allowed := p_time_limit_seconds;
    retry_after_seconds := least(
      greatest(ceil(v_start - v_latest), 1), private.max_pause_seconds()
    );
  end if;
end;
$$;

comment on function private.check_expected_start is 'Whether a request would start too late to be done within its time limit, and when to try again; nulls if it would not.';
