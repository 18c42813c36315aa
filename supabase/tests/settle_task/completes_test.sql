begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(10);

select tests.clear();
select tests.submit('cats', p_results => 2);
select tests.claim();

select is(
  tests.complete(
    'cats',
    array['https://files/0.png', 'https://files/1.png'],
    p_call => '{
      "outcome": "succeeded", "model": "gpt-image-1", "provider_request_id": "req_1",
      "cost_usd": 0.084
    }'
  ),
  true,
  'The worker that holds the lease may settle'
);
select results_eq(
  $$
    select status, asset_urls, error, finished_at, lease_expires_at
    from tests.task('cats')
  $$,
  $$
    values (
      'complete', array['https://files/0.png', 'https://files/1.png'], null::text, now(),
      null::timestamptz
    )
  $$,
  'The task is complete with its results'
);
select results_eq(
  $$ select status, asset_url from public.concept_images order by result_index $$,
  $$ values ('complete', 'https://files/0.png'), ('complete', 'https://files/1.png') $$,
  'So is each asset row, with its own result'
);
select is(tests.queued(), '{}', 'The message has left the queue');
select is(tests.archived(), array['cats'], 'and is archived once');
select results_eq(
  $$
    select outcome, model, provider_request_id, cost_usd, finished_at, error_code
    from private.provider_calls
  $$,
  $$
    values (
      'succeeded', 'gpt-image-1', 'req_1', 0.084::numeric(12, 6), now(), null::text
    )
  $$,
  'The ledger tells what was bought'
);

select tests.submit('robot', p_operation => 'text-to-model', p_output => 'model');
select tests.claim();
select tests.complete('robot', array['https://files/0.glb']);
select results_eq(
  'select status, asset_url from public.models',
  $$ values ('complete', 'https://files/0.glb') $$,
  'A model is completed the same way'
);

select tests.submit('fewer', p_results => 3);
select tests.claim();
select tests.complete('fewer', array['https://files/a.png', 'https://files/b.png']);
select is((tests.task('fewer')).status, 'complete', 'Fewer results than asked for are a success');
select is(
  tests.assets('fewer'), array['complete', 'complete', 'failed'],
  'in which the missing ones failed'
);

select tests.submit('none');
select tests.claim();
select throws_like(
  $$ select tests.complete('none', '{}') $$, '%tasks_complete_means_assets%',
  'No result at all is none'
);

select * from finish();
rollback;
