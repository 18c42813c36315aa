begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(14);

select tests.clear();
update private.lanes set results_per_minute = 5 where provider = 'openai';
select tests.submit('three', p_results => 3);
select tests.submit('four', p_results => 4);
select tests.submit('one');

select is(
  tests.claim(), array['three', 'one'],
  'A task that needs more than is left of the minute waits, and a smaller one passes it'
);
update private.provider_calls
set sent_at = now() - case result_count when 3 then interval '40 seconds' else interval '10 seconds' end;
select tests.submit('another one');
select is(tests.claim(), '{}', 'but none for which it would start later');
select is(
  tests.queued(), array['three', 'four', 'one', 'another one'],
  'Nothing is lost from the queues'
);
select tests.cancel('another one');
select is(tests.calls('four'), '{}', 'What waits is in no ledger');

update private.provider_calls set started_at = now() - interval '59 seconds';
select tests.mark_call_sent('three');
update private.provider_calls set sent_at = now() - interval '59 seconds' where sent_at is not null;
select is(tests.claim(), '{}', 'Within a minute nothing is forgotten');
update private.provider_calls set started_at = now() - interval '60 seconds';
update private.provider_calls set sent_at = now() - interval '60 seconds' where sent_at is not null;
select is(tests.claim(), array['four'], 'A minute later there is room again');
select is(
  (select sum(results) from private.results_in_window('openai')), 4::bigint,
  'What was not sent yet counts as if it were sent now'
);
update private.provider_calls set sent_at = now() - interval '2 minutes' where sent_at is null;

select tests.submit('two', p_results => 2);
select tests.fail('four');
update private.provider_calls set sent_at = now() where sent_at < now() - interval '90 seconds';
select is(tests.claim(), '{}', 'A failed call counts like any other');

update private.provider_calls set started_at = now() - interval '2 minutes', sent_at = now() - interval '2 minutes';
select tests.submit('giant', p_results => 10);
select is(tests.claim(), array['two'], 'More than a whole minute allows waits for a quiet minute');
update private.provider_calls set started_at = now() - interval '2 minutes', sent_at = now() - interval '2 minutes';
select is(tests.claim(), array['giant'], 'and then starts, instead of never');
select tests.submit('late');
select is(tests.claim(), '{}', 'Nothing starts beside it');

-- The provider's own numbers.
select tests.clear();
update private.lanes set results_per_minute = 5 where provider = 'openai';
select tests.submit('told');
select tests.claim();
select tests.complete('told', p_call => '{"rate_limit": {"limit": 20, "remaining": 2, "reset_seconds": 30}}');
select tests.submit('after ' || i) from generate_series(1, 9) as i;
select is(tests.claim(), array['after 1', 'after 2'], 'No more is started than the provider says that it takes');
update private.rate_limits set resets_at = now();
select is(cardinality(tests.claim()), 7, 'and its limit takes the place of ours');
update private.lanes set follows_rate_limit = false where provider = 'openai';
select is(private.results_per_minute(lanes), 5, 'unless an operator says otherwise') from private.lanes where provider = 'openai';

select * from finish();
rollback;
