begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(7);

select tests.clear();
create temp table first as select * from tests.submit('cat', p_results => 2);
create temp table before as select tests.everything() as everything;
create temp table second as select * from tests.submit('cat', p_results => 2);

select results_eq(
  'select status, replayed, conflicts from first',
  $$ values ('pending', false, '{}'::text[]) $$,
  'A new request is not a replay'
);
select results_eq(
  'select id, status, replayed, conflicts from second',
  $$ select id, 'pending', true, '{}'::text[] from first $$,
  'The same request again is answered with the same task'
);
select is(
  tests.everything(), (select everything from before),
  'It adds no task, no asset row and no message'
);

select tests.claim();
select results_eq(
  $$ select id, status, replayed from tests.submit('cat', p_results => 2) $$,
  $$ select id, 'processing', true from first $$,
  'So it is while the task is worked on'
);

select tests.complete('cat', array['https://files/0.png', 'https://files/1.png']);
select results_eq(
  $$ select id, status, replayed from tests.submit('cat', p_results => 2) $$,
  $$ select id, 'complete', true from first $$,
  'and when it is complete'
);
select is(tests.queued(), '{}', 'A replay puts nothing into the queue');
select is(
  (select count(*)::integer from public.tasks), 1,
  'There is one task after all'
);

select * from finish();
rollback;
