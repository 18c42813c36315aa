begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(7);

select tests.clear();
select tests.submit('ann ' || i) from generate_series(1, 5) as i;
select tests.submit('bob ' || i, p_user => 'bob') from generate_series(1, 2) as i;
select tests.submit('carl', p_user => 'carl');

select is(
  tests.queued(), array['ann 1', 'bob 1', 'carl'],
  'Each user has one task in the lane''s queue'
);
select is(
  tests.queued('openai_backlog'), array['ann 2', 'ann 3', 'ann 4', 'ann 5', 'bob 2'],
  'The others wait'
);
select is(
  tests.claim(4), array['ann 1', 'bob 1', 'carl', 'ann 2'],
  'Who has one task is served after at most one of each other'
);
select tests.submit('dora', p_user => 'dora');
select is(
  tests.claim(), array['bob 2', 'ann 3', 'dora', 'ann 4', 'ann 5'],
  'also when coming late'
);

select tests.clear();
select tests.submit('alone ' || i) from generate_series(1, 3) as i;
select is(
  tests.claim(), array['alone 1', 'alone 2', 'alone 3'],
  'Who is alone has all of the lane'
);
select tests.submit('more');
select is(tests.queued(), array['alone 1', 'alone 2', 'alone 3', 'more'], 'What has started takes nobody''s turn');

select tests.retry('alone 1', p_delay_seconds => 0);
select is(tests.claim(), array['alone 1', 'more'], 'nor does what is tried again');

select * from finish();
rollback;
