-- Each lane against its limits. Chart: in_flight by lane.
select lane, in_flight, max_in_flight, started_in_minute, per_minute, paused_until, last_trouble
from monitoring.lanes
order by lane;
