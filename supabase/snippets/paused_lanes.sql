-- Lanes that rest, until when and why.
select lane, paused, paused_until, consecutive_failures, reason, last_failure_at
from monitoring.paused_lanes
order by lane;
