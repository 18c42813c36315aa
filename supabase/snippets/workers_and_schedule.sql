-- Who works, and what wakes them.
select 'worker' as kind, id::text as name, live as active, seen_at as last_at, null as message
from monitoring.workers
union all
select 'job', job, active, started_at, concat_ws(': ', status, message)
from monitoring.cron_jobs
union all
select 'maintenance', job, true, last_run_at, null
from monitoring.maintenance_jobs;
