-- Who works, and what wakes them.

create or replace view monitoring.workers with (security_invoker = true) as
select
  id, started_at, seen_at, private.is_worker_live(seen_at) as live, may_claim
from private.workers;

comment on view monitoring.workers is 'Workers that have tasks. One that has nothing to do is not here.';

create or replace function monitoring.cron_runs()
returns table (
  job text, schedule text, active boolean, started_at timestamptz, status text, message text
)
language plpgsql
stable
set search_path = ''
as $$
begin
  if to_regclass('cron.job') is null or to_regclass('cron.job_run_details') is null then
    return;
  end if;
  -- As text, because without the extension the tables are not there.
  return query execute $query$
    select
      coalesce(job.jobname::text, job.jobid::text), job.schedule, job.active,
      last.ran_at, last.status, last.return_message
    from cron.job as job
    left join lateral (
      -- One that never came to run has an end only, and one that is about to has neither.
      select coalesce(start_time, end_time) as ran_at, status, return_message
      from cron.job_run_details as details
      where details.jobid = job.jobid and coalesce(start_time, end_time) is not null
      order by details.runid desc
      limit 1
    ) as last on true
  $query$;
end;
$$;

comment on function monitoring.cron_runs is 'Last run of each job of pg_cron; nothing where pg_cron is not there.';

create or replace view monitoring.cron_jobs with (security_invoker = true) as
select
  job, schedule, active, started_at, monitoring.seconds_since(started_at) as seconds_ago, status,
  message
from monitoring.cron_runs();

comment on view monitoring.cron_jobs is 'Jobs of pg_cron, and how each ran last.';

create or replace view monitoring.maintenance_jobs with (security_invoker = true) as
select job, run_every, nullif(last_run_at, '-infinity') as last_run_at, last_failed_at, last_error
from private.maintenance_jobs;

comment on view monitoring.maintenance_jobs is 'When workers last looked for what should not be.';
