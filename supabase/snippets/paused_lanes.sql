-- Lanes that rest, until when and why.
select lane, paused, paused_until, failures_in_row, reason, last_trouble_at
from monitoring.paused_lanes
order by lane;
