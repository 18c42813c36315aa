begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(8);

select tests.clear();
select results_eq(
  'select postgres, broken, problems from monitoring.health()',
  $$ select current_setting('server_version'), '{}'::text[], '{}'::text[] $$,
  'Nothing is wrong'
);
select is(pgmq, (select extversion from pg_extension where extname = 'pgmq'), 'What it stands on')
from monitoring.health();

update private.lanes set paused_until = 'infinity' where provider in ('flux', 'tripo');
select is(problems, array['lane_paused'], 'Two lanes are one problem, without their names')
from monitoring.health();
select is(broken, '{}', 'and the others work') from monitoring.health();

update private.submit_pause set paused_since = now();
select is(problems, array['lane_paused', 'submits_paused'], 'A pause of submits is told at once')
from monitoring.health();
update private.submit_pause set paused_since = null;

select tests.submit('due');
select tests.age_message('due', interval '299 seconds');
select results_eq(
  'select broken, problems from monitoring.health()',
  $$ select '{}'::text[], array['lane_paused', 'worker_silent'] $$,
  'Nobody works, for how long is not known yet'
);
select tests.age_message('due', interval '301 seconds');
select is(broken, array['worker_silent'], 'Nothing works') from monitoring.health();
select pgmq.drop_queue('flux');
select is(broken, array['queue_missing', 'worker_silent'], 'A lane has no queue') from monitoring.health();

select * from finish();
rollback;
