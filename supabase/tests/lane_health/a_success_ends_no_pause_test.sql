begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(3);

select tests.clear();
select tests.submit('cat ' || i) from generate_series(1, 3) as i;
select tests.claim(2);
select tests.retry(
  'cat 1', 'provider_rate_limited',
  p_call => '{"retry_after_seconds": 40}'
);
select tests.complete('cat 2');
select is(tests.paused_seconds(), 40, 'A success of a call that began before the pause does not end it');
select is(tests.claim(), '{}', 'and nothing is started');
select tests.end_pauses();
select tests.claim();
select tests.complete('cat 3');
select is(tests.paused_seconds(), null, 'One that began afterwards opens the lane');

select * from finish();
rollback;
