begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(7);

select tests.clear();
select tests.submit('taken over');
select tests.claim();
select tests.lose_worker('taken over');
select tests.claim();
select tests.submit('waiting');
create temp table before as select tests.everything() as everything;

select is(tests.complete('taken over', p_lease => 1), false, 'The worker before may not complete');
select is(tests.fail('taken over', p_lease => 1), false, 'nor fail');
select is(tests.retry('taken over', p_lease => 1), false, 'nor retry');
select is(tests.complete('waiting'), false, 'What was never claimed cannot be completed');
select is(
  private.settle_task(
    gen_random_uuid(), 1,
    '{"kind": "complete", "asset_urls": ["https://files/0.png"], "call": {}}'
  ),
  null,
  'nor what does not exist'
);
select is(
  tests.everything(), (select everything from before),
  'Nothing of this changes task, asset row, message or ledger'
);
select is(tests.complete('taken over', p_lease => 2), true, 'The worker of now may');

select * from finish();
rollback;
