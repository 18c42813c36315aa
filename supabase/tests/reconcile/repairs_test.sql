begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(9);

select tests.clear();
select tests.submit(name) from unnest(array['no message', 'held', 'next', 'last']) as name;
select tests.submit('bob', p_user => 'bob');
select tests.claim(1);
select pgmq.delete('openai', (tests.task('no message')).message_id);
select private.retire_worker(id) from private.workers;
update public.tasks set lease_expires_at = now() - interval '1 minute' where client_task_id = 'no message';
select pgmq.send('openai', '{"task_id": "00000000-0000-4000-8000-00000000dead"}');
select pgmq.send('tripo_polls', '{"nonsense": true}');
update pgmq.q_openai set enqueued_at = now() - interval '2 minutes';
update pgmq.q_tripo_polls set enqueued_at = now() - interval '2 minutes';

select results_eq(
  $$ select kind, count::integer from private.inconsistencies where count > 0 order by kind $$,
  $$
    values ('messages without task', 2), ('tasks without message', 1)
  $$,
  'What should not be is counted'
);
select results_eq(
  'select * from private.reconcile()', 'values (1, 2)',
  'and put right'
);
select is_empty('select * from private.inconsistencies where count > 0 and kind <> ''dead letters''', 'all of it');
select results_eq(
  'select queue, task_id, reason from private.dead_letters order by queue',
  $$
    values
      ('openai', null::uuid, 'Names no task that is there'),
      ('tripo_polls', null::uuid, 'Names no task that is there')
  $$,
  'What names no task is kept'
);
select throws_like(
  'select private.replay_dead_letter(min(id)) from private.dead_letters', '%has no task%',
  'though nothing can be done again for it'
);
select is(
  tests.claim(), array['no message', 'bob', 'held', 'next', 'last'],
  'Nothing is lost'
);
select results_eq('select * from private.reconcile()', 'values (0, 0)', 'A second run finds nothing');

update private.maintenance_jobs set last_run_at = now() - interval '59 seconds';
select private.reconcile_if_due();
select isnt(
  (select last_run_at from private.maintenance_jobs where job = 'reconcile'), now(),
  'It does not run more than once a minute'
);
update private.maintenance_jobs set last_run_at = now() - interval '61 seconds';
select private.reconcile_if_due();
select is((select last_run_at from private.maintenance_jobs where job = 'reconcile'), now(), 'but then it is');

select * from finish();
rollback;
