begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(9);

select tests.clear();
select tests.submit('cat');
select tests.claim();

select is(
  tests.retry('cat', p_delay_seconds => 45), true,
  'The worker that holds the lease may settle'
);
select results_eq(
  $$
    select status, failed_attempts::integer, last_error, lease_expires_at, error, finished_at
    from tests.task('cat')
  $$,
  $$
    values (
      'processing', 1, 'Words for the operator', null::timestamptz, null::text,
      null::timestamptz
    )
  $$,
  'The task goes on, its failed attempt is counted, its lease given back'
);
select is(tests.assets('cat'), array['processing'], 'Its asset row goes on as well');
select is(tests.hidden_seconds('cat'), 45, 'The message is hidden for the delay');
select results_eq(
  'select outcome, error_code, finished_at from private.provider_calls',
  $$ values ('failed', 'provider_unavailable', now()) $$,
  'The ledger tells how the call ended'
);
select is(tests.claim(), '{}', 'Nobody gets the task before the delay is over');

select tests.show_message('cat');
select tests.open_lanes();
select is(tests.claim(), array['cat'], 'Afterwards it is claimed again');
select is(tests.archived(), '{}', 'Its message was never archived');

select tests.retry('cat');
select is((tests.task('cat')).failed_attempts::integer, 2, 'Each failed attempt is counted');

select * from finish();
rollback;
