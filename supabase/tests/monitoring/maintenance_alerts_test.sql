begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(6);

select tests.clear();
update private.maintenance_jobs set last_run_at = now() - interval '2 minutes';
select is(tests.alerts(), '{}', 'All is well');

select tests.submit('openai', p_provider => 'openai');
select pgmq.send(queue, '{"task_id": "00000000-0000-4000-8000-00000000dead"}')
from unnest(array['flux', 'tripo']) as queue;
update pgmq.q_flux set enqueued_at = now() - interval '2 minutes';
update pgmq.q_tripo set enqueued_at = now() - interval '2 minutes';
alter table pgmq.a_flux add constraint no_room check (false) not valid;
select private.reconcile_if_due();
delete from private.dead_letters;
select is(tests.queued('tripo'), '{}', 'What fails for one queue is done for the others');
select is(tests.alerts(), array['maintenance_failing reconcile'], 'and the operator is told');
select matches(
  (select message from monitoring.alerts()), 'archive_orphaned_messages\(flux\): .*no_room', 'in which queue, and why'
);
alter table pgmq.a_flux drop constraint no_room;
update private.maintenance_jobs
set last_run_at = now() - interval '61 seconds', last_failed_at = now() - interval '61 seconds'
where job = 'reconcile';
select is(tests.alerts(), array['maintenance_failing reconcile'], 'until it is done again');
select private.reconcile_if_due();
delete from private.dead_letters;
select is(tests.alerts(), '{}', 'without a failure');

select * from finish();
rollback;
