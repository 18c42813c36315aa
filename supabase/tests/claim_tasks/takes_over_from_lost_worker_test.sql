begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(9);

select tests.clear();
select tests.submit('cat');
select tests.claim();
update public.tasks set started_at = now() - interval '20 seconds' where client_task_id = 'cat';
select tests.lose_worker('cat');

select is(tests.claim(), array['cat'], 'A task whose worker was lost is claimed again');
select is((tests.task('cat')).lease, 2::bigint, 'under a higher lease');
select is(
  tests.lease_seconds('cat'), 15,
  'for the time of a lease'
);
select is(
  (tests.task('cat')).started_at, now() - interval '20 seconds',
  'It started when it started first'
);
select is(
  tests.calls('cat'), array['ambiguous', 'open'],
  'The outcome of the first call is unknown, the second is under way'
);
select is(
  (select finished_at from private.provider_calls where attempt = 1), now(),
  'The first call is over'
);
select is(
  (tests.task('cat')).failed_attempts::integer, 0,
  'A lost worker is no failed attempt'
);
select is(tests.complete('cat', p_lease => 1), false, 'The lost worker may not settle any more');
select is(tests.complete('cat', p_lease => 2), true, 'the new one may');

select * from finish();
rollback;
