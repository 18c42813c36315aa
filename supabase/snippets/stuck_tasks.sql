-- Tasks that should be further than they are.
select id, lane, operation, reason, since, claims_without_outcome, last_error
from monitoring.stuck_tasks
order by since;
