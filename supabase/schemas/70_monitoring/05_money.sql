-- What is spent, against the caps, and by whom; and whether the price lists are true.

create or replace view monitoring.budgets with (security_invoker = true) as
select 'project' as scope, '' as scope_id, 'project' as name, 'day' as period,
  project_usd_per_day as cap_usd
from private.limits
union all
select 'project', '', 'project', 'month', project_usd_per_month
from private.limits
union all
select 'provider', lanes.provider, lanes.provider, 'day',
  coalesce(lanes.usd_per_day, limits.provider_usd_per_day)
from private.lanes, private.limits
union all
select 'key', api_keys.id::text, api_keys.prefix, 'day',
  coalesce(api_keys.usd_per_day, limits.key_usd_per_day)
from private.api_keys, private.limits
where api_keys.active;

comment on view monitoring.budgets is 'Every cap there may be, in USD, as it is now: of the project, of each provider, of each API key that is not revoked. cap_usd null: no cap.';

create or replace function monitoring.spent()
returns table (scope text, scope_id text, day date, used_usd numeric)
language sql
stable
set search_path = ''
as $$
  select sums.scope, sums.scope_id, sums.day, sum(sums.used_usd)
  from (
    select spending.scope, spending.scope_id, spending.day, spending.used_usd
    from private.spending
    union all
    -- What is not added there yet.
    select scopes.scope, scopes.scope_id, stripes.day, stripes.used_usd
    from private.spending_stripes as stripes
    cross join lateral (
      values
        ('project', ''),
        ('provider', stripes.provider),
        ('key', nullif(stripes.api_key_id, private.no_key())::text)
    ) as scopes (scope, scope_id)
    where scopes.scope_id is not null
  ) as sums
  group by 1, 2, 3;
$$;

comment on function monitoring.spent is 'What is spent and reserved in each day (UTC), by project, provider and API key, also what is still in stripes.';

create or replace view monitoring.spending with (security_invoker = true) as
select
  used.scope, used.scope_id, coalesce(budgets.name, used.scope_id) as name,
  used.period, used.period_start, used.used_usd, budgets.cap_usd,
  round(used.used_usd / nullif(budgets.cap_usd, 0), 4) as share
from (
  select sums.scope, sums.scope_id, periods.period,
    date_trunc(periods.period, sums.day::timestamp)::date as period_start,
    sum(sums.used_usd) as used_usd
  from (
    select scope, scope_id, day, used_usd from monitoring.spent()
    union all
    -- So that today is there where nothing was spent yet.
    select scope, scope_id, (now() at time zone 'UTC')::date, 0 from monitoring.budgets
  ) as sums
  join (values ('day'), ('month')) as periods (period)
    on periods.period = 'day' or sums.scope = 'project'
  group by 1, 2, 3, 4
) as used
left join monitoring.budgets
  on budgets.scope = used.scope
  and budgets.scope_id = used.scope_id
  and budgets.period = used.period;

comment on view monitoring.spending is 'What is spent, and reserved for what has not ended, in each day and month (UTC) against the cap as it is now: of the project, of each provider and of each API key. A task counts on the day of its submit. share: of the cap; null where there is none.';

create or replace function monitoring.spend_since(p_since timestamptz)
returns table (
  day date,
  provider text,
  plan text,
  tasks bigint,
  calls bigint,
  billed_usd numeric,
  reserved_usd numeric
)
language sql
stable
set search_path = ''
as $$
  with spent as (
    select
      coalesce(tasks.created_at, calls.started_at) as booked_at, calls.provider, tasks.plan,
      tasks.id as task_id, 1 as calls,
      case
        when calls.outcome is null then 0
        else private.call_cost_usd(calls.outcome, calls.cost_usd, calls.estimate_usd)
      end as billed_usd,
      0 as reserved_usd
    from private.provider_calls as calls
    left join public.tasks on tasks.id = calls.task_id
    where calls.provider = any (array(select lanes.provider from private.lanes))
      and calls.started_at >= p_since
      and calls.sent_at is not null
    union all
    select
      tasks.created_at, tasks.provider, tasks.plan, tasks.id, 0, 0,
      greatest(tasks.reserved_usd - billed.usd, 0)
    from public.tasks
    cross join lateral (
      select coalesce(
        sum(private.call_cost_usd(calls.outcome, calls.cost_usd, calls.estimate_usd)), 0
      ) as usd
      from private.provider_calls as calls
      where calls.task_id = tasks.id and calls.outcome is not null
    ) as billed
    where tasks.finished_at is null or tasks.winds_down
  )
  select
    (booked_at at time zone 'UTC')::date, provider, coalesce(plan, 'deleted'),
    count(distinct task_id), sum(calls), sum(billed_usd), sum(reserved_usd)
  from spent
  where booked_at >= p_since
  group by 1, 2, 3;
$$;

comment on function monitoring.spend_since is 'What was spent from a time on, by the day (UTC) of the submit, by provider and plan: billed_usd by the ledger, where a call without a told cost counts as its list price; reserved_usd for what has not ended. plan deleted: the task is gone, and its calls count where they were made.';

create or replace view monitoring.spend_by_day with (security_invoker = true) as
select *
from monitoring.spend_since(date_trunc('day', now(), 'UTC') - interval '144 hours');

comment on view monitoring.spend_by_day is 'What was spent on each of the last seven days (UTC), by provider and plan; see monitoring.spend_since.';

create or replace view monitoring.dearest_users with (security_invoker = true) as
select
  dearest.user_id, today.plan, coalesce(today.tasks, 0) as tasks, dearest.used_usd as usd
from (
  select spending.user_id, spending.used_usd
  from private.user_spending as spending
  where spending.day = (now() at time zone 'UTC')::date and spending.used_usd > 0
  order by spending.used_usd desc, spending.user_id
  limit 10
) as dearest
left join lateral (
  select
    count(*) as tasks,
    (array_agg(tasks.plan order by tasks.created_at desc))[1] as plan
  from public.tasks
  where tasks.user_id = dearest.user_id
    and tasks.created_at >= date_trunc('day', now(), 'UTC')
) as today on true;

comment on view monitoring.dearest_users is 'The ten users who have spent most today (UTC), reservations included, with the plan of their last submit.';

create or replace view monitoring.price_drift with (security_invoker = true) as
select
  provider, coalesce(model, 'unnamed') as model, count(*) as calls,
  sum(cost_usd) as told_usd, sum(list_price_usd) as list_usd,
  round(sum(cost_usd) / sum(list_price_usd) - 1, 4) as drift
from private.provider_calls
where provider = any (array(select lanes.provider from private.lanes))
  and started_at > now() - interval '7 days'
  and outcome = 'succeeded'
  and cost_usd is not null
  and list_price_usd > 0
group by provider, coalesce(model, 'unnamed');

comment on view monitoring.price_drift is 'What providers told their calls of the last seven days to cost, against the price list. drift 0.15: 15 % more than listed. Only calls whose cost was told, and whose list price has all that is billed.';
