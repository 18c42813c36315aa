begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(3);

select tests.clear();
select private.add_lane('another', p_max_in_flight => 100);
select tests.submit('there ' || i, p_provider => 'another') from generate_series(1, 9) as i;
select tests.submit('here ' || i) from generate_series(1, 9) as i;

select is(
  tests.claim(4), array['there 1', 'there 2', 'here 1', 'here 2'],
  'A lane with much to do leaves the others their share of a worker'
);
update private.lanes set paused_until = now() + interval '1 minute' where provider = 'openai';
select is(
  tests.claim(3), array['there 3', 'there 4', 'there 5'],
  'A paused lane has no share'
);
select is(tests.claim(0), '{}', 'A worker without room gets nothing');

select * from finish();
rollback;
