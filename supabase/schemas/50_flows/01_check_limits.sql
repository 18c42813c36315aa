-- What a submit asks of limits beside its own reading.

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

create or replace function private.count_key_submit(
  p_api_key_id uuid,
  p_allowed integer,
  p_is_dry_run boolean,
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
  if p_is_dry_run then
    return;
  end if;

  insert into private.key_submits (api_key_id, second, submits)
  values (p_api_key_id, v_second, 1)
  on conflict (api_key_id, second) do update set submits = key_submits.submits + 1;
end;
$$;

comment on function private.count_key_submit is 'Counts a submit with an API key that has a limit, or returns that it is reached and when to try again. The users of such a key wait here for one another: to be called last, when all that remains is to write.';

create or replace function private.plan_of(p_plan text)
returns private.plans
language plpgsql
stable
set search_path = ''
as $$
declare
  v_plan private.plans;
begin
  select * into v_plan
  from private.plans
  where name in (p_plan, 'default')
  order by name = p_plan desc
  limit 1;
  return v_plan;
end;
$$;

comment on function private.plan_of is 'The plan of that name, or the default one if there is none.';

create or replace function private.plan_violation(
  p_plan private.plans,
  p_operation text,
  p_provider text,
  p_model text,
  p_result_count integer,
  p_parameters jsonb
)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return jsonb_build_object('plan', p_plan.name) || case
    when not p_operation = any (p_plan.operations) then
      jsonb_build_object('field', 'operation', 'allowed', p_plan.operations)
    when not p_provider = any (p_plan.providers) then
      jsonb_build_object('field', 'provider', 'allowed', p_plan.providers)
    when not p_model = any (p_plan.models) then
      jsonb_build_object('field', 'model', 'allowed', p_plan.models)
    when not p_parameters ->> 'quality' = any (p_plan.qualities) then
      jsonb_build_object('field', 'quality', 'allowed', p_plan.qualities)
    when p_result_count > p_plan.most_results then
      jsonb_build_object('field', 'n', 'allowed', p_plan.most_results)
    when (p_parameters ->> 'safety_tolerance')::numeric > p_plan.most_safety_tolerance then
      jsonb_build_object('field', 'safety_tolerance', 'allowed', p_plan.most_safety_tolerance)
  end;
end;
$$;

comment on function private.plan_violation is 'What a plan does not allow of a request: the field, the plan, and what is allowed; null if it allows all.';

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
  v_wait record;
begin
  v_wait := private.expected_wait(p_provider, p_pool, p_turn, p_result_count);
  return greatest(
    v_wait.seconds,
    v_wait.runs * case when v_wait.runs > 0 then coalesce(
      (select mean from private.recent_runs(p_provider, p_pool)), p_least_run_seconds
    ) else 0 end
  );
end;
$$;

comment on function private.expected_start_seconds is 'In how many seconds a request would start, as things are now.';

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
  v_wait record;
  v_runs record;
  v_start numeric;
  v_latest numeric;
begin
  v_wait := private.expected_wait(p_provider, p_pool, p_turn, p_result_count);
  if v_wait.seconds = 0 and v_wait.runs = 0 then
    return null;
  end if;
  select * into v_runs from private.recent_runs(p_provider, p_pool);
  v_start := greatest(
    v_wait.seconds, v_wait.runs * coalesce(v_runs.mean, p_least_run_seconds)
  );
  v_latest := p_time_limit_seconds - private.seconds_needed(
    p_least_run_seconds, v_runs.longest, v_time_limit
  );
  if v_start > v_latest then
    return least(greatest(ceil(v_start - v_latest), 1), private.max_pause_seconds());
  end if;
  return null;
end;
$$;

comment on function private.check_expected_start is 'When to try again a request that would start too late to be done within its time limit, in seconds; null if it would not.';

create or replace function private.user_quota(p_user_id uuid, p_plan text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_day date := private.spending_day(now());
begin
  return (
    select jsonb_build_object(
      'plan', plans.name,
      'resets_at', (v_day + 1)::timestamp at time zone 'UTC',
      'images', jsonb_build_object(
        'used', coalesce(spending.images, 0), 'allowed', plans.images_per_day
      ),
      'models', jsonb_build_object(
        'used', coalesce(spending.models, 0), 'allowed', plans.models_per_day
      ),
      'usd', jsonb_build_object(
        'used', coalesce(spending.used_usd, 0), 'allowed', plans.usd_per_day
      ),
      'submits_per_minute', plans.submits_per_minute,
      'active_tasks', jsonb_build_object(
        'used', (
          select count(*) from public.tasks
          where user_id = p_user_id and (finished_at is null or winds_down)
        ),
        'allowed', plans.active_tasks
      )
    )
    from private.plan_of(p_plan) as plans
    left join private.user_spending as spending
      on spending.user_id = p_user_id and spending.day = v_day
  );
end;
$$;

comment on function private.user_quota is 'What a user may still ask for today: used and allowed of each; allowed is null where there is no limit.';
