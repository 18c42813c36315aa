begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(10);

-- Stands in for pg_cron where it is not there.
create schema if not exists cron;
create table if not exists cron.job (jobid bigint, jobname text, schedule text, active boolean);
create table if not exists cron.job_run_details (
  jobid bigint, runid bigint, status text, return_message text, start_time timestamptz,
  end_time timestamptz
);

select tests.clear();
delete from cron.job_run_details;
delete from cron.job;
insert into cron.job (jobid, jobname, schedule, active) values
  (1, 'wake', '10 seconds', true), (2, 'prune', '0 3 * * *', true), (3, 'never ran', '* * * * *', true);
insert into cron.job_run_details (jobid, runid, status, return_message, start_time) values
  (1, 1, 'failed', 'old', now() - interval '1 hour'),
  (1, 2, 'succeeded', '1 row', now() - interval '10 seconds'),
  (2, 3, 'succeeded', '1 row', now() - interval '20 hours');
select is(tests.alerts(), '{}', 'Jobs that ran when they should');
select results_eq(
  $$ select job, status, seconds_ago from monitoring.cron_jobs order by job $$,
  $$ values ('never ran', null, null), ('prune', 'succeeded', 72000), ('wake', 'succeeded', 10) $$,
  'are listed with their last run'
);

update cron.job_run_details set start_time = now() - interval '139 seconds' where runid = 2;
select is(tests.alerts(), '{}', 'One may be late');
update cron.job_run_details set start_time = now() - interval '141 seconds' where runid = 2;
select is(tests.alerts(), array['cron_silent wake'], 'but not for long');
update cron.job set active = false where jobid = 1;
select is(tests.alerts(), '{}', 'unless somebody has stopped it');

insert into cron.job_run_details (jobid, runid, status, return_message, start_time)
values (2, 4, 'failed', 'ERROR: no such function', now());
select is(tests.alerts(), array['cron_failing prune'], 'One fails');
select matches((select message from monitoring.alerts()), 'no such function', 'as it said itself');

insert into cron.job_run_details (jobid, runid, status, return_message, end_time)
values (3, 5, 'failed', 'job startup timeout', now());
select is(
  tests.alerts(), array['cron_failing never ran', 'cron_failing prune'], 'as does one that could not start'
);

select is(
  array(
    select monitoring.period_of(schedule)::text
    from unnest(array['5 seconds', '* * * * *', '*/5 * * * *', '0 3 * * *', '*/5 1 * * *']) as schedule
  ),
  array['00:00:05', '00:01:00', '00:05:00', null, null],
  'Which jobs run every few seconds or minutes is known'
);
drop schema cron cascade;
select is_empty('select * from monitoring.cron_jobs', 'Without pg_cron there are none, and no error');

select * from finish();
rollback;
