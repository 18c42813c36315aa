begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(14);

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
select private.move_message(tests.task('held'), 'openai_backlog');

select results_eq(
  $$ select kind, count::integer from private.inconsistencies where count > 0 order by kind $$,
  $$
    values ('messages without task', 2), ('stalled backlogs', 1), ('tasks without message', 1)
  $$,
  'What should not be is counted'
);
select results_eq(
  'select * from private.reconcile()', 'values (1, 2, 1)',
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
  tests.claim(), array['no message', 'bob', 'next', 'last', 'held'],
  'Nothing is lost'
);
select results_eq('select * from private.reconcile()', 'values (0, 0, 0)', 'A second run finds nothing');

update private.maintenance_jobs set last_run_at = now() - interval '59 seconds';
select private.reconcile_if_due();
select isnt(
  (select last_run_at from private.maintenance_jobs where job = 'reconcile'), now(),
  'It does not run more than once a minute'
);
update private.maintenance_jobs set last_run_at = now() - interval '61 seconds';
select private.reconcile_if_due();
select is((select last_run_at from private.maintenance_jobs where job = 'reconcile'), now(), 'but then it is');

insert into storage.objects (bucket_id, name, created_at)
select 'generated', format('%s/concepts/%s/0.png', tests.user_id('ann'), id), created_at
from (
  values
    ('00000000-0000-4000-8000-00000000dead'::uuid, now() - interval '2 hours'),
    ('00000000-0000-4000-8000-00000000beef'::uuid, now()),
    ((tests.task('held')).id, now() - interval '2 hours')
) as files (id, created_at);
select results_eq(
  $$ select private.orphaned_files('generated') $$,
  $$ select format('%s/concepts/00000000-0000-4000-8000-00000000dead/0.png', tests.user_id('ann')) $$,
  'A file without a task is found, when it is old enough'
);
select tests.cancel('held');
select is(
  (select count(*)::integer from private.orphaned_files('generated')), 2,
  'So is one of a task that was canceled'
);
select is(
  (select count(*)::integer from private.orphaned_files('generated', 1)), 1,
  'as many as are wanted'
);
insert into storage.objects (bucket_id, name, created_at)
select 'generated', name, now() - interval '2 hours'
from unnest(array[
  'logo.png', 'avatars/ann/me.png', format('%s/avatars/%s/0.png', gen_random_uuid(), gen_random_uuid()),
  format('%s/concepts/nonsense/0.png', gen_random_uuid())
]) as name;
update private.maintenance_jobs set last_run_at = now() - interval '11 minutes' where job = 'orphaned files';
select is(
  (select count(*)::integer from private.orphaned_files_if_due('generated', 100)), 2,
  'Every ten minutes whoever asks is told, but of no file that is none of ours'
);
select is_empty(
  $$ select private.orphaned_files_if_due('generated', 100) $$, 'and nobody meanwhile'
);

select * from finish();
rollback;
