begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(7);

select tests.clear();
select tests.submit(name) from unnest(array['a', 'b', 'c']) as name;
select tests.claim(2);

select is(
  tests.extend(array['a', 'b', 'c'], array[1, 1, 0]), array['a', 'b'],
  'One heartbeat is for several tasks, and tells which are still held'
);
select is(
  tests.lease_seconds('a'), 60,
  'The lease of the first is longer'
);
select is(
  tests.lease_seconds('b'), 60,
  'and that of the second'
);
select is(
  array[tests.hidden_seconds('a'), tests.hidden_seconds('b')], array[60, 60],
  'Their messages are hidden as long'
);
select is((tests.task('a')).lease, 1::bigint, 'The number of the lease stays');
select is(
  (tests.task('c')).lease_expires_at, null,
  'A task that was never claimed gets no lease'
);

select pgmq.delete('openai', (tests.task('a')).message_id);
select is(
  tests.extend(array['a', 'b'], array[1, 1]), array['a', 'b'],
  'A task that lost its message is held all the same'
);

select * from finish();
rollback;
