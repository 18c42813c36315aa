begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(12);

select tests.clear();
select tests.submit(name) from unnest(array['complete', 'failed']) as name;
select tests.claim();
select tests.complete('complete');
select tests.fail('failed');
create temp table before as select tests.everything() as everything;

select is(tests.complete('complete', array['https://files/other.png']), false, 'No second result');
select is(tests.fail('complete'), false, 'A complete task does not fail');
select is(tests.retry('complete'), false, 'nor is it tried again');
select is(tests.complete('failed'), false, 'A failed task does not complete');
select is(tests.fail('failed', 'internal'), false, 'nor does it fail otherwise');
select is(tests.retry('failed'), false, 'nor is it tried again');
select is(tests.claim(), '{}', 'Neither is claimed');
select is(tests.extend(array['complete', 'failed'], array[1, 1]), '{}', 'or held');
select lives_ok(
  $$ select private.close_task((tests.task('complete')).id, 'canceled') $$,
  'Closing one again is no error'
);
select is(
  tests.everything(), (select everything from before),
  'and changes nothing, like the rest'
);

select tests.pass_deadline(name) from unnest(array['complete', 'failed']) as name;
select is(private.expire_tasks(), 0, 'The deadline is nothing to a finished task');
select is(tests.archived(), array['complete', 'failed'], 'Each message is archived once');

select * from finish();
rollback;
