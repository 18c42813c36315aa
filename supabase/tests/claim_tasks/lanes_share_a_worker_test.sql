begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(5);

select tests.clear();
select private.add_lane('another', p_max_in_flight => 100);
select tests.submit('there ' || i, p_provider => 'another') from generate_series(1, 9) as i;
select tests.submit('here ' || i) from generate_series(1, 9) as i;

select cmp_ok(
  (select count(*)::integer from unnest(tests.claim_once(12)) as name where name like 'here %'),
  '>=', 2,
  'A lane with much to do leaves the others their share of a worker'
);
select cmp_ok(
  (
    select count(*)::integer from public.tasks
    where status = 'processing' and client_task_id like 'there %'
  ),
  '>=', 2,
  'whichever is looked at first'
);
update private.lanes set paused_until = now() + interval '1 minute' where provider = 'openai';
select is_empty(
  $$ select * from unnest(tests.claim_once(6)) as name where name like 'here %' $$,
  'A paused lane gives nothing to start'
);
select tests.claim(20);
select is(
  (
    select count(*)::integer from public.tasks
    where status = 'processing' and client_task_id like 'there %'
  ), 9,
  'What one look leaves of a worker the next ones fill'
);
select is(tests.claim(0), '{}', 'A worker without room gets nothing');

select * from finish();
rollback;
