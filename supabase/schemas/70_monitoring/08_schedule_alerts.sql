-- Jobs that do not run, or fail.

create or replace function monitoring.period_of(p_schedule text)
returns interval
language sql
immutable
set search_path = ''
return case
  when p_schedule ~ '^\d{1,2} seconds?$' then p_schedule::interval
  when p_schedule ~ '^\*( \*){4}$' then interval '1 minute'
  when p_schedule ~ '^\*/\d{1,2}( \*){4}$'
    then make_interval(mins => substring(p_schedule from '^\*/(\d+)')::integer)
end;

comment on function monitoring.period_of is 'How often a job of pg_cron runs that runs every few seconds or minutes; null for any other schedule.';

create or replace function monitoring.find_cron_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'cron_failing', job, format('Its last run failed: %s', left(message, 200)), started_at
  from monitoring.cron_runs()
  where active and status = 'failed'
  union all
  select
    'cron_silent', job,
    format(
      'It should run %s, and ran last %s s ago', schedule, monitoring.seconds_since(started_at)
    ),
    started_at
  from monitoring.cron_runs()
  where active
    and started_at
      < monitoring.seconds_ago('silent_seconds') - 2 * monitoring.period_of(schedule);
$$;

comment on function monitoring.find_cron_problems is 'Jobs that failed, or that should have run.';

create or replace function monitoring.find_maintenance_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'maintenance_failing', job, format('It failed last time: %s', left(last_error, 200)),
    last_failed_at
  from private.maintenance_jobs
  where last_failed_at >= last_run_at;
$$;

comment on function monitoring.find_maintenance_problems is 'Jobs of workers that failed when they were done last.';
