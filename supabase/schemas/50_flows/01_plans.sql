-- What a user's plan allows, and what is left of it.

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
