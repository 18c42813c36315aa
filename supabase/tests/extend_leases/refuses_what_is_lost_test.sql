begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(6);

select tests.clear();
select tests.submit(name)
from unnest(array['alive', 'late', 'retried', 'stale', 'complete']) as name;
select tests.claim();
select tests.lose_worker('stale');
select tests.claim();
select tests.pass_deadline('late');
select tests.complete('complete');
select tests.retry('retried');
create temp table before as select tests.everything() as everything;

select is(tests.extend(array['stale'], array[1]), '{}', 'The number of an older lease is refused');
select is(tests.extend(array['late'], array[1]), '{}', 'No lease goes on past the deadline');
select is(tests.extend(array['complete'], array[1]), '{}', 'A finished task has no lease');
select is(
  tests.extend(array['retried'], array[1]), '{}',
  'nor has one that waits for another attempt'
);
select is(tests.everything(), (select everything from before), 'Nothing of this changes anything');
select is(
  tests.extend(array['alive', 'late', 'stale', 'complete'], array[1, 1, 2, 1]),
  array['alive', 'stale'],
  'What is lost does not harm what is held'
);

select * from finish();
rollback;
