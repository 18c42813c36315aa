begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(10);

select tests.clear();
update private.lanes set results_per_minute = 5 where provider = 'openai';
select tests.submit('three', p_results => 3);
select tests.submit('four', p_results => 4);
select tests.submit('one');

select is(tests.claim(), array['three'], 'A task that needs more than is left of the minute waits');
select is(tests.claim(), '{}', 'and is not overtaken by a smaller one');
select is(
  tests.queued() || tests.queued('openai_backlog'), array['three', 'four', 'one'],
  'Nothing is lost from the queues'
);
select is(tests.calls('four'), '{}', 'What waits is in no ledger');

update private.provider_calls set started_at = now() - interval '59 seconds';
select is(tests.claim(), '{}', 'Within a minute nothing is forgotten');
update private.provider_calls set started_at = now() - interval '60 seconds';
select is(tests.claim(), array['four', 'one'], 'A minute later there is room again');

select tests.submit('two', p_results => 2);
select tests.fail('one');
select is(tests.claim(), '{}', 'A failed call counts like any other');

update private.provider_calls set started_at = now() - interval '2 minutes';
select tests.submit('giant', p_results => 10);
select is(tests.claim(), array['two'], 'More than a whole minute allows waits for a quiet minute');
update private.provider_calls set started_at = now() - interval '2 minutes';
select is(tests.claim(), array['giant'], 'and then starts, instead of never');
select tests.submit('late');
select is(tests.claim(), '{}', 'Nothing starts beside it');

select * from finish();
rollback;
