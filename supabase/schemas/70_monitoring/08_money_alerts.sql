-- Alerts about money: budgets, how fast it goes, prices; and submits that are paused.

create or replace function monitoring.find_budget_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    case
      when refused.cap_usd is not null or spending.used_usd >= spending.cap_usd then 'budget_used'
      when spending.used_usd >= monitoring.threshold('budget_80_share') * spending.cap_usd
        then 'budget_80'
      else 'budget_50'
    end,
    spending.name || ' ' || spending.period,
    format(
      '$%s of $%s are spent or reserved%s; the %s ends at %s UTC',
      round(spending.used_usd, 2), spending.cap_usd,
      case when refused.cap_usd is not null then ', and requests were refused for it' end,
      spending.period,
      to_char(
        spending.period_start + ('1 ' || spending.period)::interval, 'YYYY-MM-DD HH24:MI'
      )
    ),
    refused.refused_at
  from monitoring.spending
  left join private.refused_budgets as refused
    on refused.scope = spending.scope
    and refused.scope_id = spending.scope_id
    and refused.period = spending.period
    and refused.period_start = spending.period_start
    -- Under a higher cap there is room again.
    and refused.cap_usd >= spending.cap_usd
  -- A cap of nothing is no budget, but a way to turn a provider or a key off.
  where spending.cap_usd > 0
    and spending.period_start
      = date_trunc(spending.period, now() at time zone 'UTC')::date
    and (
      refused.cap_usd is not null
      or spending.used_usd >= monitoring.threshold('budget_50_share') * spending.cap_usd
    );
$$;

comment on function monitoring.find_budget_problems is 'Caps of which today or this month much is used, or all: one alert for each of them, the worst that is true.';

create or replace function monitoring.spent_in_hours(p_from integer, p_to integer)
returns table (hours_ago integer, usd numeric)
language sql
stable
set search_path = ''
as $$
  select
    floor(extract(epoch from now() - started_at) / 3600)::integer,
    sum(private.call_cost_usd(outcome, cost_usd, estimate_usd))
  from private.provider_calls
  where provider = any (array(select lanes.provider from private.lanes))
    and started_at > now() - make_interval(hours => p_to)
    and started_at <= now() - make_interval(hours => p_from)
    and sent_at is not null
  group by 1;
$$;

comment on function monitoring.spent_in_hours is 'What the calls of each hour have cost, counted back from now: 0 is the last hour. Hours without calls have no row.';

create or replace function monitoring.find_spend_rate()
returns setof monitoring.finding
language plpgsql
stable
set search_path = ''
as $$
declare
  v_hour numeric;
  v_least numeric;
  v_usual numeric;
begin
  select sum(usd) into v_hour from monitoring.spent_in_hours(0, 1);
  select
    coalesce(
      project_usd_per_day * monitoring.threshold('spend_rate_share'),
      monitoring.threshold('spend_rate_usd')
    )
  into v_least
  from private.limits;
  -- The week is read only where it matters.
  if v_hour is null or v_hour <= v_least then
    return;
  end if;
  select coalesce(percentile_cont(0.5) within group (order by usd)::numeric, 0)
  into v_usual
  from monitoring.spent_in_hours(1, 7 * 24)
  where usd > 0;
  if v_hour > monitoring.threshold('spend_rate_factor') * v_usual then
    return next (
      'spend_rate', 'project',
      format(
        'The calls of the last hour cost $%s, those of a usual hour $%s',
        round(v_hour, 2), round(v_usual, 2)
      ),
      null
    )::monitoring.finding;
  end if;
end;
$$;

comment on function monitoring.find_spend_rate is 'Whether the last hour was far dearer than usual: than the median of those hours of the last seven days in which something was spent.';

create or replace function monitoring.find_price_drift()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'price_drift', provider || ' ' || model,
    format(
      'It told $%s for %s calls of the last seven days; by the price list they are $%s: %s %% %s',
      round(told_usd, 2), calls, round(list_usd, 2), round(100 * abs(drift)),
      case when drift > 0 then 'more' else 'less' end
    ),
    null::timestamptz
  from monitoring.price_drift
  where calls >= monitoring.threshold('price_drift_calls')
    and abs(drift) > monitoring.threshold('price_drift_share');
$$;

comment on function monitoring.find_price_drift is 'Models whose price list is not true any more. Where they are dearer, budgets count too little until a task has ended; where they are cheaper, too much.';

create or replace function monitoring.find_submit_pause()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'submits_paused', 'project',
    format('New requests are refused for %s minutes', monitoring.seconds_since(paused_since) / 60),
    paused_since
  from private.submit_pause
  where paused_since < monitoring.seconds_ago('submits_paused_seconds');
$$;

comment on function monitoring.find_submit_pause is 'A pause of submits that somebody may have forgotten.';
