begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(3);

select tests.clear();
select tests.submit('cat ' || i) from generate_series(1, 3) as i;
select tests.claim(2);
select private.pause_lane('openai', 40);
select tests.complete('cat 2');
select is(tests.paused_seconds(), 40, 'A success of a call that began before the pause does not end it');
select is(tests.claim(), '{}', 'and nothing is started');
select tests.end_pauses();
update private.provider_calls set started_at = now() - interval '1 minute';
select tests.claim();
select tests.complete('cat 3');
select is(tests.paused_seconds(), null, 'One that began afterwards opens the lane');

select * from finish();
rollback;
