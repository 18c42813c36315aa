-- What was bought, and for how much.

create function monitoring.purchases_since(p_since timestamptz)
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
    day, provider,
    sum(calls)::bigint,
    coalesce(sum(calls) filter (where outcome = 'succeeded'), 0)::bigint,
    coalesce(sum(calls) filter (where outcome = 'failed'), 0)::bigint,
    coalesce(sum(calls) filter (where outcome is null), 0)::bigint,
    coalesce(sum(calls) filter (where outcome = 'ambiguous'), 0)::bigint,
    coalesce(sum(results) filter (where outcome = 'succeeded'), 0)::bigint,
    coalesce(sum(cost_usd) filter (where outcome is distinct from 'ambiguous'), 0),
    coalesce(sum(calls - with_cost) filter (where outcome = 'succeeded'), 0)::bigint,
    coalesce(sum(cost_usd) filter (where outcome = 'ambiguous'), 0),
    coalesce(sum(calls - with_cost) filter (where outcome = 'ambiguous'), 0)::bigint
  from (
    -- The many rows are gone through once, with as little as can be.
    select
      (calls.started_at at time zone 'UTC')::date as day, lanes.provider, calls.outcome,
      count(*) as calls, count(calls.cost_usd) as with_cost,
      sum(calls.units) as results, sum(calls.cost_usd) as cost_usd
    from private.lanes
    join private.provider_calls as calls
      on calls.provider = lanes.provider and calls.started_at >= p_since
    -- What never went out is no call.
    where calls.called_at is not null
    group by 1, 2, 3
  ) as sums
  group by day, provider;
$$;

comment on function monitoring.purchases_since is 'Calls of each provider and day (UTC) from a time on. cost_usd is an estimate from the provider''s own account of usage; cost_unknown counts results without one. Ambiguous calls, which may have been billed for nothing, are apart.';

create view monitoring.purchases with (security_invoker = true) as
select *
from monitoring.purchases_since((date_trunc('day', now() at time zone 'UTC') - interval '6 days') at time zone 'UTC');

comment on view monitoring.purchases is 'What was bought of each provider on each of the last seven days (UTC).';

create view monitoring.ambiguous_calls with (security_invoker = true) as
select
  calls.id, calls.task_id, lanes.provider, calls.operation, calls.started_at, calls.finished_at,
  calls.model, calls.provider_request_id, calls.handle is not null as accepted, calls.cost_usd
from private.lanes
join private.provider_calls as calls
  on calls.provider = lanes.provider and calls.started_at > now() - interval '7 days'
where calls.outcome = 'ambiguous';

comment on view monitoring.ambiguous_calls is 'Calls of the last seven days of which nobody knows whether they were billed: the worker or the answer was lost, or the task was canceled.';
