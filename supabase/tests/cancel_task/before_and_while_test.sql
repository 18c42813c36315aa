begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(17);

select tests.clear();
select tests.submit(name)
from unnest(array['waiting', 'preparing', 'calling', 'accepted', 'retried', 'complete']) as name;

select results_eq(
  $$ select * from tests.cancel('waiting') $$, $$ values ('canceled', 'no', true) $$,
  'A task that has not started costs nothing'
);
select is((tests.task('waiting')).status, 'canceled', 'It is canceled');
select is(tests.assets('waiting'), array['canceled'], 'with its asset row');
select is(tests.archived(), array['waiting'], 'and its message');
select results_eq(
  $$ select * from tests.cancel('waiting') $$, $$ values ('canceled', 'no', true) $$,
  'Once more is the same'
);

select tests.claim(1);
select results_eq(
  $$ select * from tests.cancel('preparing') $$, $$ values ('canceled', 'no', true) $$,
  'One that a worker has, but has not called for yet, costs nothing'
);
select is(tests.calls('preparing'), array['failed'], 'as the ledger says');
select is(tests.mark_call_sent('preparing'), false, 'for its worker may not call any more');

select tests.claim(1);
select tests.mark_call_sent('calling');
select results_eq(
  $$ select * from tests.cancel('calling') $$, $$ values ('canceled', 'maybe', true) $$,
  'One whose provider is being asked may be billed'
);
select is(tests.calls('calling'), array['open'], 'The provider is still at it');
select is(tests.extend(array['calling'], array[1]), array['calling'], 'so its worker waits');
select is(
  tests.settle('calling', '{"kind": "complete", "asset_urls": ["https://files/0.png"], "call": {"cost_usd": 0.04}}'),
  'canceled', 'for what it costs, and not for the result'
);

select tests.claim(1);
select tests.snooze('accepted');
select results_eq(
  $$ select * from tests.cancel('accepted') $$, $$ values ('canceled', 'yes', true) $$,
  'One that the provider has accepted is billed'
);

select tests.claim(1);
select tests.retry('retried');
select results_eq(
  $$ select * from tests.cancel('retried') $$, $$ values ('canceled', 'no', true) $$,
  'One that waits for another attempt after a failure is not'
);

select tests.claim(1);
select tests.complete('complete');
select results_eq(
  $$ select * from tests.cancel('complete') $$, $$ values ('complete', 'yes', false) $$,
  'A result that is there stays'
);
select is_empty(
  $$ select * from tests.cancel('complete', p_user => 'bob') $$,
  'Nobody else can cancel it'
);
select tests.submit('waiting');
select is((tests.task('waiting')).status, 'pending', 'A canceled task frees its client_task_id');

select * from finish();
rollback;
