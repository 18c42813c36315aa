-- Estimated cost of the last 30 days. Chart: cost_usd by day. Where cost_unknown is not 0, the
-- provider reports no price, and the sum is too small.
select
  day, sum(cost_usd) as cost_usd, sum(cost_unknown)::integer as cost_unknown,
  sum(ambiguous)::integer as ambiguous, sum(ambiguous_cost_usd) as ambiguous_cost_usd
from monitoring.billable_calls_since(now() - interval '30 days')
group by day
order by day;
