begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(11);

select tests.clear();
select tests.submit('cats', p_results => 2);
create temp table claimed as select * from private.claim_tasks(10, 10, 15);

select results_eq(
  $$
    select id, lease, user_id, operation, provider, parameters, failed_attempts::integer,
      deadline_at, request_id
    from claimed
  $$,
  $$
    select id, 1::bigint, tests.user_id('ann'), 'text-to-image', 'openai',
      '{"prompt": "A cat"}'::jsonb, 0, now() + interval '600 seconds', 'request-of-cats'
    from tests.task('cats')
  $$,
  'A worker is given all it needs to know'
);
select is((tests.task('cats')).status, 'processing', 'The task is processing');
select is((tests.task('cats')).started_at, now(), 'It has started');
select is(
  tests.lease_seconds('cats'), 15,
  'It is the worker''s for the time of the lease'
);
select is(tests.hidden_seconds('cats'), 15, 'Its message is hidden as long');
select is(tests.assets('cats'), array['processing', 'processing'], 'Its asset rows are processing');
select results_eq(
  $$
    select attempt, provider, operation, result_count::integer, finished_at, outcome
    from private.provider_calls
    where task_id = (tests.task('cats')).id
  $$,
  $$
    values (
      1::bigint, 'openai', 'text-to-image', 2, null::timestamptz, null::text
    )
  $$,
  'Its call is in the ledger before it is made'
);
select is(tests.claim(), '{}', 'Nobody else gets it');

select tests.show_message('cats');
create temp table before as select id, lease, lease_expires_at from tests.task('cats');
select is(tests.claim(), '{}', 'Not even if its message shows early: its worker lives');
select results_eq(
  $$ select id, lease, lease_expires_at from tests.task('cats') $$,
  'select * from before',
  'The lease of the living worker is as it was'
);
select is(tests.calls('cats'), array['open'], 'and its call still open');

select * from finish();
rollback;
