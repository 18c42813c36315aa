-- Seconds from submit to start and from start to end, in the last hour. Chart: wait_p95 by pair.
select operation || ' ' || provider as pair, wait_p50, wait_p95, run_p50, run_p95
from monitoring.operations
where period = 'hour'
order by wait_p95 desc nulls last, pair;
