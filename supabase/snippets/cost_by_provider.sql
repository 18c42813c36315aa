-- What each provider was paid for in the last seven days. Chart: cost_usd by provider.
select
  provider, sum(results)::integer as results, sum(cost_usd) as cost_usd,
  sum(cost_unknown)::integer as cost_unknown, sum(ambiguous)::integer as ambiguous
from monitoring.billable_calls
group by provider
order by cost_usd desc;
