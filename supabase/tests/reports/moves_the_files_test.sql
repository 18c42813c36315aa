begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(18);

select tests.clear();
delete from storage.objects where bucket_id in ('generated', 'reported');
update private.maintenance_jobs set last_run_at = now();
select tests.submit(name) from unnest(array['reported', 'beside it']) as name;
select tests.claim();
select tests.complete(name) from unnest(array['reported', 'beside it']) as name;

create function pg_temp.file(p_name text)
returns text
language sql
as $$ select format('%s/concepts/%s/0.png', tests.user_id('ann'), (tests.task(p_name)).id) $$;

create function pg_temp.store(p_bucket text, p_name text)
returns void
language sql
as $$
  insert into storage.objects (bucket_id, name, created_at)
  values (p_bucket, pg_temp.file(p_name), now() - interval '2 hours');
$$;

-- What is to be done, and with whose file, when a worker asks.
create function pg_temp.due()
returns text[]
language sql
as $$
  select coalesce(array_agg(action || ' ' || tasks.client_task_id order by 1), '{}')
  from private.reported_files_if_due('generated', 100) as files
  left join public.tasks on tasks.id = private.task_of_file(files.name);
$$;

create function pg_temp.orphans()
returns bigint
language sql
as $$
  select count(*)
  from private.files_after('generated', '', 100) as files
  where private.is_orphaned_file(files.name, files.created_at)
$$;

select pg_temp.store('generated', name) from unnest(array['reported', 'beside it']) as name;
select is(private.has_due_work(), false, 'Nothing is due');
select is(pg_temp.due(), '{}', 'and nothing is to be moved');

select private.report_task(tests.user_id('ann'), (tests.task('reported')).id, 'It is cruel');
select is(private.has_due_work(), true, 'A report wakes a worker');
select is(pg_temp.orphans(), 0::bigint, 'Its file is not taken for an orphan');
select is(pg_temp.due(), array['hide reported'], 'but moved out of the bucket of results');
select is(private.has_due_work(), false, 'by one worker');
select private.confirm_hidden_files('generated');
select is((select hidden_at from private.reports), null, 'Until it is out, it is not hidden');
update private.maintenance_jobs set last_run_at = now() - interval '2 minutes';
select is(pg_temp.due(), array['hide reported'], 'A worker that failed is not the last to try');

select pg_temp.store('reported', 'reported');
update private.maintenance_jobs set last_run_at = now() - interval '2 minutes';
select is(pg_temp.due(), array['drop reported'], 'What was copied already is removed');
delete from storage.objects where bucket_id = 'generated' and name = pg_temp.file('reported');
select private.confirm_hidden_files('generated');
select is((select hidden_at from private.reports), now(), 'Then it is hidden');
update private.maintenance_jobs set last_run_at = now() - interval '2 minutes';
select is(pg_temp.due(), '{}', 'and kept for the operator');

-- A worker that was lost comes back and stores the result once more.
select pg_temp.store('generated', 'reported');
select is(pg_temp.orphans(), 1::bigint, 'What is stored again is an orphan');
delete from storage.objects where bucket_id = 'generated' and name = pg_temp.file('reported');

select private.close_report((tests.task('reported')).id);
select is(pg_temp.due(), array['remove reported'], 'A report that is closed has its file removed');
delete from storage.objects where bucket_id = 'reported';

-- Closed before any worker came.
select private.report_task(tests.user_id('ann'), (tests.task('beside it')).id, 'It is cruel');
select private.close_report((tests.task('beside it')).id);
select is(pg_temp.due(), array['drop beside it'], 'Nobody keeps what nobody wants to see');

-- Of a task that is gone.
select pg_temp.store('reported', 'beside it');
update private.reports set closed_at = null where task_id = (tests.task('beside it')).id;
update private.retention set keep = case when kind = 'finished tasks' then interval '1 hour' end;
update public.tasks set finished_at = now() - interval '2 hours' where finished_at is not null;
select private.prune();
select is(
  array(select client_task_id from public.tasks), array['beside it'],
  'A task with an open report is kept, whatever the retention'
);
delete from public.tasks;
update private.maintenance_jobs set last_run_at = now() - interval '2 minutes';
select is(
  array(select action from private.reported_files_if_due('generated', 100)), array['remove'],
  'The file of a task that is gone is removed'
);
update private.maintenance_jobs set last_run_at = 'infinity';
select private.hasten_maintenance_job('reported files');
select is(pg_temp.due(), '{}', 'What is not to be done is not hastened');

select tests.submit('old');
select tests.claim();
select tests.complete('old');
select private.report_task(tests.user_id('ann'), (tests.task('old')).id, 'It is cruel');
update private.reports set reported_at = now() - interval '91 days';
update private.retention set keep = case when kind = 'open reports' then interval '90 days' end;
select private.prune();
select is(
  (select closed_at from private.reports), now(), 'A report that nobody closes is closed in time'
);

select * from finish();
rollback;
