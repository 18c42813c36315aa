begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(9);

select tests.clear();
select tests.submit('cat');
select tests.claim();
select tests.begin_call('cat');
select tests.retry('cat', 'timeout', p_is_ambiguous => true);
select is(
  (tests.task('cat')).status, 'processing',
  'With an allowance of 1, an ambiguous call is repeated'
);

select tests.show_message('cat');
select tests.claim();
select tests.begin_call('cat');
select is(
  tests.retry('cat', 'timeout', p_is_ambiguous => true), true,
  'The second time it is settled as well'
);
select is((tests.task('cat')).status, 'failed', 'but the task ends');
select is((tests.task('cat')).error_code, 'timeout', 'with the code of what went wrong');
select is((tests.task('cat')).last_error, 'Words for the operator', 'and the details');
select is(tests.assets('cat'), array['failed'], 'Its asset row failed');
select is(tests.archived(), array['cat'], 'Its message is archived');
select is(tests.calls('cat'), array['ambiguous', 'ambiguous'], 'Both calls are in the ledger');

update private.lanes set repeat_ambiguous = 0 where provider = 'openai';
select tests.submit('dog');
select tests.claim();
select tests.begin_call('dog');
select tests.retry('dog', 'provider_unavailable', p_is_ambiguous => true);
select is(
  (tests.task('dog')).error_code, 'provider_unavailable',
  'With an allowance of 0 it ends at the first'
);

select * from finish();
rollback;
