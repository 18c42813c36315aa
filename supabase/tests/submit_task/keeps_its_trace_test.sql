begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(7);

create function pg_temp.trace()
returns text
language sql
return '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

select tests.clear();
select tests.submit('traced', p_traceparent => pg_temp.trace());
select tests.submit('not traced');
select is((tests.task('traced')).traceparent, pg_temp.trace(), 'A task knows the trace of its app');
select is((tests.task('not traced')).traceparent, null, 'if there is one');
select results_eq(
  'select client_task_id, traceparent from private.claim_tasks(2, 0, 13) order by 1',
  $$ values ('not traced', null), ('traced', pg_temp.trace()) $$,
  'A worker is told'
);

select tests.fail('traced', 'internal');
select private.replay_dead_letter(id) from private.dead_letters;
select is((tests.task('traced')).status, 'pending', 'A replayed task is a new one');
select is((tests.task('traced')).traceparent, pg_temp.trace(), 'in the same trace');

select tests.claim();
select tests.mark_call_sent('traced');
select private.purge_task(tests.user_id('ann'), (tests.task('traced')).id);
select results_eq(
  'select distinct traceparent from public.tasks where is_purged',
  $$ values (null::text) $$,
  'What is purged and winds down has forgotten it'
);
select throws_like(
  $$ select tests.submit('long', p_traceparent => pg_temp.trace() || '-more') $$,
  '%tasks_traceparent_has_55_characters%', 'None is longer, or shorter'
);

select * from finish();
rollback;
