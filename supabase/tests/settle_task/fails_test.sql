begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(8);

select tests.clear();
select tests.submit('cats', p_results => 2);
select tests.claim();

select is(
  tests.fail(
    'cats', 'content_refused',
    p_call => '{"model": "gpt-image-1", "provider_request_id": "req_1"}'
  ),
  true,
  'The worker that holds the lease may settle'
);
select results_eq(
  $$
    select status, error_code, error, last_error, asset_urls, finished_at, lease_expires_at
    from tests.task('cats')
  $$,
  $$
    select 'failed', code, message, 'Words for the operator', '{}'::text[], now(),
      null::timestamptz
    from private.task_errors
    where code = 'content_refused'
  $$,
  'The task failed, with one explanation for the user and one for the operator'
);
select is(tests.assets('cats'), array['failed', 'failed'], 'Its asset rows failed');
select is(tests.queued(), '{}', 'The message has left the queue');
select is(tests.archived(), array['cats'], 'and is archived once');
select results_eq(
  $$
    select outcome, error_code, model, provider_request_id, cost_usd, finished_at
    from private.provider_calls
  $$,
  $$
    values (
      'failed', 'content_refused', 'gpt-image-1', 'req_1', null::numeric(12, 6), now()
    )
  $$,
  'The ledger tells how the call ended'
);

select tests.submit('dog');
select tests.claim();
create temp table before as select tests.everything() as everything;
select throws_like(
  $$ select tests.fail('dog', 'bad_mood') $$, '%tasks_failed_means_error%',
  'A code without words for the user is refused'
);
select is(tests.everything(), (select everything from before), 'and changes nothing');

select * from finish();
rollback;
