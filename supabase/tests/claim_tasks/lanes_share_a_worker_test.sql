begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(4);

select tests.clear();
select private.add_lane('another', p_max_in_flight => 100);
select tests.submit('there ' || i, p_provider => 'another') from generate_series(1, 9) as i;
select tests.submit('here ' || i) from generate_series(1, 9) as i;

select is(
  tests.claim_once(12), array['there 1', 'there 2', 'here 1', 'here 2', 'here 3'],
  'A lane with much to do leaves the others their share of a worker'
);
update private.lanes set paused_until = now() + interval '1 minute' where provider = 'openai';
select is(
  tests.claim_once(12), array['there 3', 'there 4'],
  'A paused lane gives nothing to start'
);
select is(
  tests.claim(5), array['there 5', 'there 6', 'there 7', 'there 8', 'there 9'],
  'What one look leaves of a worker the next ones fill'
);
select is(tests.claim(0), '{}', 'A worker without room gets nothing');

select * from finish();
rollback;
