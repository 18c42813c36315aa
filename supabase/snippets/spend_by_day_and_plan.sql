-- Spend of the last 30 days, by day of the submit (UTC) and plan. Chart: billed_usd by day.
select
  day, plan, sum(tasks)::integer as tasks, sum(billed_usd) as billed_usd,
  sum(reserved_usd) as reserved_usd
from monitoring.spend_since(date_trunc('day', now(), 'UTC') - interval '30 days')
group by day, plan
order by day, plan;
