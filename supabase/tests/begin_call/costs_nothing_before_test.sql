begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(16);

select tests.clear();
-- Not even one ambiguous call may be repeated.
update private.lanes set repeat_ambiguous = 0 where provider = 'openai';
select tests.submit('cat');
select tests.claim();
select is(
  (select called_at from private.provider_calls), null,
  'A claimed task has a call in the ledger that is not made yet'
);
select tests.lose_worker('cat', p_called => false);
select is(tests.claim(), array['cat'], 'A worker that is lost before it is followed by another');
select is(tests.calls('cat'), array['failed', 'open'], 'since nothing can have been billed');

select is(tests.begin_call('cat', p_lease => 1), false, 'The lost worker must not call any more');
select is(tests.begin_call('cat'), true, 'the new one may');
select is(
  (select count(called_at) from private.provider_calls), 1::bigint,
  'and says so in the ledger'
);
create temp table noted as select called_at from private.provider_calls where outcome is null;
select is(tests.begin_call('cat'), true, 'An answer that was lost is asked for again');
select is(
  (select called_at from private.provider_calls where outcome is null),
  (select called_at from noted),
  'and the moment stays'
);
select tests.lose_worker('cat');
select is(tests.claim(), '{}', 'A worker that is lost after it is the last');
select is((tests.task('cat')).error_code, 'outcome_unknown', 'of a task that must not be repeated');
select is(tests.calls('cat'), array['failed', 'ambiguous'], 'since it may have been billed');

select tests.submit('dog');
select tests.claim();
select is(
  tests.retry('dog', 'storage_failed', p_is_ambiguous => true), true,
  'Whatever a worker makes of a call'
);
select is((tests.task('dog')).status, 'processing', 'one that was never made is repeated');
select is(tests.calls('dog'), array['failed'], 'and was not billed');

select tests.submit('cow');
select tests.claim();
select tests.pass_deadline('cow');
select is(tests.begin_call('cow'), false, 'After the deadline no call may go out');
select is(
  (select called_at from private.provider_calls where task_id = (tests.task('cow')).id), null,
  'and none is in the ledger'
);

select * from finish();
rollback;
