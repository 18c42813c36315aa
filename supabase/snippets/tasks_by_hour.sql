-- What ended in each hour of the last day. Chart: complete and failed by hour.
select
  hour, sum(complete)::integer as complete, sum(failed)::integer as failed,
  max(wait_mean) as slowest_wait_mean
from monitoring.hours
group by hour
order by hour;
