begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(7);

select tests.clear();
update private.lanes set max_in_flight = 2 where provider = 'openai';
select tests.submit(name) from unnest(array['a', 'b', 'c', 'd']) as name;

select is(tests.claim(1), array['a'], 'No more are claimed than the worker asks for');
select is(tests.claim(), array['b'], 'and no more than the lane lets be in flight');
select is(tests.claim(), '{}', 'A full lane gives nothing');
select is(
  (select array_agg((tests.task(name)).status) from unnest(array['c', 'd']) as name),
  array['pending', 'pending'],
  'What waits stays pending'
);

select tests.complete('a');
select is(tests.claim(), array['c'], 'A settled task makes room for the next');

select tests.retry('b');
select is(tests.claim(), array['d'], 'So does one that waits for another attempt');

update private.lanes set max_in_flight = 3 where provider = 'openai';
select tests.submit('e');
select is(tests.claim(), array['e'], 'A changed limit counts at once');

select * from finish();
rollback;
