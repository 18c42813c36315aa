begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(17);

select tests.clear();
update private.lanes set paused_until = now() + interval '20 seconds', consecutive_failures = 1;
select is(tests.alerts(), '{}', 'A lane that is asked too often for a moment is no trouble');

update private.lanes set paused_until = null, consecutive_failures = 0;
update private.lanes set paused_until = 'infinity' where provider = 'flux';
select is(tests.alerts(), array['lane_paused flux'], 'A pause by hand is told of');
select matches(
  (select message from monitoring.alerts()), 'until somebody ends the pause', 'as one that does not end'
);
select doesnt_match(
  (select message from monitoring.alerts()), 'by itself|one task|failures in a row',
  'which nothing else of the alert contradicts'
);

update private.lanes set paused_until = now() + interval '10 minutes' where provider = 'flux';
select matches(
  (select message from monitoring.alerts()), 'another 600 s, then one task at a time',
  'A pause that ends says what follows'
);

select tests.open_lanes();
select tests.add_call('succeeded', p_ago => interval '10 minutes');
select tests.add_call('failed', 'provider_unavailable', make_interval(mins => 9 - n))
from generate_series(1, 5) as n;
update private.lanes
set consecutive_failures = 5, paused_until = now() - interval '1 second'
where provider = 'openai';
select is(tests.alerts(), array['lane_paused openai'], 'A provider fails again and again');
select matches(
  (select message from monitoring.alerts()), 'one task at a time.*failures in a row: 5', 'how often'
);
select is(
  (select since from monitoring.alerts()), now() - interval '8 minutes', 'and since when'
);

update private.provider_calls set started_at = now() - interval '25 hours';
select is(tests.alerts(), '{}', 'Where nobody has come since yesterday, nobody knows');
update private.provider_calls set started_at = finished_at;

select tests.open_lanes();
select tests.add_call('failed', 'provider_auth', interval '30 seconds');
select is(tests.alerts(), array['provider_auth openai'], 'The key is refused');
select tests.add_call('failed', 'provider_credits', interval '20 seconds');
select is(tests.alerts(), array['provider_credits openai'], 'The credits are used up');
select is(severity, 'critical', 'which somebody has to mend') from monitoring.alerts();
select tests.add_call('failed', 'content_refused', interval '10 seconds');
select is(tests.alerts(), '{}', 'A call that the provider answers ends it, whatever the answer');

select tests.add_call('ambiguous', null, interval '10 minutes') from generate_series(1, 2);
select is(tests.alerts(), '{}', 'Two lost answers are no trouble');
select tests.add_call('ambiguous', null, interval '10 minutes');
select is(tests.alerts(), array['ambiguous_calls openai'], 'Three of so few are');
select matches(
  (select message from monitoring.alerts()), '3 of 12 calls in the last hour', 'and counted'
);
select tests.add_call('succeeded') from generate_series(1, 100);
select is(tests.alerts(), '{}', 'Three of many are not');

select * from finish();
rollback;
