-- Each lane against its limits. Chart: in_flight by lane.
select
  lane, in_flight, max_in_flight, started_in_minute, results_per_minute, paused_until, last_failure
from monitoring.lanes
order by lane;
