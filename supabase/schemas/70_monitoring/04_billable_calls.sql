-- What was called, and for how much.

create or replace function monitoring.billable_calls_since(p_since timestamptz)
returns table (
  day date,
  provider text,
  calls bigint,
  succeeded bigint,
  failed bigint,
  under_way bigint,
  ambiguous bigint,
  results bigint,
  cost_usd numeric,
  cost_unknown bigint,
  ambiguous_cost_usd numeric,
  ambiguous_cost_unknown bigint
)
language sql
stable
set search_path = ''
as $$
  select
    days.beginning::date, sums.provider,
    sum(sums.calls)::bigint,
    coalesce(sum(sums.calls) filter (where sums.outcome = 'succeeded'), 0)::bigint,
    coalesce(sum(sums.calls) filter (where sums.outcome = 'failed'), 0)::bigint,
    coalesce(sum(sums.calls) filter (where sums.outcome is null), 0)::bigint,
    coalesce(sum(sums.calls) filter (where sums.outcome = 'ambiguous'), 0)::bigint,
    coalesce(sum(sums.results) filter (where sums.outcome = 'succeeded'), 0)::bigint,
    coalesce(sum(sums.cost) filter (where sums.outcome is distinct from 'ambiguous'), 0),
    coalesce(sum(sums.calls - sums.with_cost) filter (where sums.outcome = 'succeeded'), 0)::bigint,
    coalesce(sum(sums.cost) filter (where sums.outcome = 'ambiguous'), 0),
    coalesce(sum(sums.calls - sums.with_cost) filter (where sums.outcome = 'ambiguous'), 0)::bigint
  from generate_series(
    date_trunc('day', p_since at time zone 'UTC'), now() at time zone 'UTC', interval '1 day'
  ) as days (beginning)
  -- Day by day, so that it is a range of the index each time, and no row's day has to be worked
  -- out.
  cross join lateral (
    select
      provider, outcome, count(*) as calls, count(cost_usd) as with_cost,
      sum(result_count) as results, sum(cost_usd) as cost
    from private.provider_calls
    where provider = any (array(select lanes.provider from private.lanes))
      and started_at >= greatest(days.beginning at time zone 'UTC', p_since)
      and started_at < (days.beginning + interval '1 day') at time zone 'UTC'
      -- What never went out is no call.
      and sent_at is not null
    group by provider, outcome
  ) as sums
  group by 1, 2;
$$;

comment on function monitoring.billable_calls_since is 'Calls of each provider and day (UTC) from a time on. cost_usd is an estimate from the provider''s own account of usage; cost_unknown counts results without one. Ambiguous calls, which may have been billed for nothing, are apart.';

create or replace view monitoring.billable_calls with (security_invoker = true) as
select *
from monitoring.billable_calls_since(date_trunc('day', now(), 'UTC') - interval '144 hours');

comment on view monitoring.billable_calls is 'Billable calls of each provider on each of the last seven days (UTC).';

create or replace view monitoring.ambiguous_calls with (security_invoker = true) as
select
  id, task_id, provider, operation, started_at, finished_at,
  model, provider_request_id, handle is not null as accepted, cost_usd
from private.provider_calls
where provider = any (array(select lanes.provider from private.lanes))
  and started_at > now() - interval '7 days'
  and outcome = 'ambiguous';

comment on view monitoring.ambiguous_calls is 'Calls of the last seven days of which nobody knows whether they were billed: the worker or the answer was lost, or nobody waited any longer for its end.';
