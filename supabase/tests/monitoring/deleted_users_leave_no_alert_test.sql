begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(12);

select tests.clear();
delete from private.files_to_remove;
update monitoring.thresholds set value = 1 where name = 'missed_deadlines';

select tests.submit(name, p_user => 'gone')
from unnest(array['accepted', 'called', 'claimed', 'lost', 'dead']) as name;
select tests.claim();
select tests.snooze('accepted', 'job of gone');
select tests.mark_call_sent('called');
select tests.fail('dead', 'internal');
select tests.submit('waits', p_user => 'gone');
create temp table of_gone as select id from public.tasks;
update public.tasks set deadline_at = now() - interval '2 minutes' where client_task_id = 'waits';
select tests.lose_worker('lost');
select isnt(tests.alerts(), '{}', 'Something is wrong with the tasks of a user');

delete from auth.users where id = tests.user_id('gone');
select is(tests.alerts(), '{}', 'who is deleted in Auth: then nothing is to be told');
select is_empty('select * from monitoring.stuck_tasks', 'No task is stuck');
select is_empty('select * from monitoring.dead_letters', 'and there is no dead letter');

select private.reconcile();
select private.recover_tasks();
select is(tests.alerts(), '{}', 'nor when the schedule has repaired what it finds');
-- The workers that had its tasks come to an end, well or not.
select is_empty(
  $$ select * from private.extend_leases(array(select id from of_gone), array[1, 1, 1, 1, 1, 1], 15)
     as lease where lease is null $$,
  'A worker that has one is told'
);
update public.tasks set lease_expires_at = now() - interval '1 hour' where lease_expires_at is not null;
update private.worker_contact set last_contact_at = now(), grace_until = '-infinity';
update public.tasks set finished_at = now() - interval '2 hours', deadline_at = now() - interval '2 hours';
update private.provider_calls set started_at = started_at - interval '3 hours';
select private.recover_tasks();
select is(tests.alerts(), '{}', 'What winds down for too long is given up in silence');
select private.reconcile();
select private.recover_tasks();
select is(tests.alerts(), '{}', 'once and for all');
select is_empty('table private.dead_letters', 'No message of it is a riddle');
select is(tests.queued(), '{}', 'None waits to be started');
select is(tests.queued('openai_polls'), '{}', 'or to be polled');
select is(private.has_due_work(), private.has_files_to_remove(), 'and nothing of it wakes a worker');

select * from finish();
rollback;
