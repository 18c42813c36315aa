begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(21);

select tests.clear();
update private.lanes set max_in_flight = 2 where provider = 'tripo';
update private.plans set active_tasks = 2;
create function pg_temp.submit(p_name text, p_user text default 'ann')
returns text
language sql
as $$
  select coalesce(exceeded_limit, status)
  from tests.submit(p_name, p_user => p_user, p_provider => 'tripo', p_output => 'model');
$$;
create function pg_temp.free_slots()
returns integer
language sql
as $$ select private.free_slots(lanes) from private.lanes where provider = 'tripo' $$;

select pg_temp.submit('first'), pg_temp.submit('second');
select tests.claim();
select tests.snooze(name, 'job ' || name, p_delay_seconds => 0) from unnest(array['first', 'second']) as name;

select results_eq(
  $$ select * from tests.cancel('first') $$, $$ values ('canceled', 'yes', true) $$,
  'A task that the provider has accepted is canceled, and billed'
);
select is((tests.task('first')).winds_down, true, 'The provider still works on it');
select is(pg_temp.free_slots(), 0, 'so it keeps its place in the lane');
select is(pg_temp.submit('third'), 'active_tasks', 'and among the tasks of its user');
select pg_temp.submit('of bob', 'bob');
select set_eq('select unnest(tests.claim())', array['first', 'second'], 'It is polled, and nothing starts in its place');
select is((tests.task('first')).status, 'canceled', 'It stays canceled');
select tests.snooze('first', 'job first', p_delay_seconds => 0, p_progress => 50);
select tests.snooze('second', 'job second', p_delay_seconds => 0);
select tests.claim();
select is(
  tests.settle('first', '{"kind": "complete", "asset_urls": [], "call": {"cost_usd": 0.3}}'), 'canceled',
  'When the provider is done'
);
select is((tests.task('first')).winds_down, false, 'it is over');
select results_eq(
  $$ select outcome, cost_usd from private.provider_calls where task_id = (tests.task('first')).id $$,
  $$ values ('succeeded', 0.3::numeric) $$, 'with what it has cost'
);
select is(tests.assets('first'), array['canceled'], 'and without a result');
select is(tests.archived('tripo_polls'), array['first'], 'Its message is archived');
select is(pg_temp.free_slots(), 1, 'Its place is free');
select is(pg_temp.submit('third'), 'pending', 'for its user, too');

select tests.pass_deadline('second');
update public.tasks set lease_expires_at = now() - interval '1 second' where client_task_id = 'second';
select private.recover_tasks();
select is((tests.task('second')).error_code, 'timeout', 'What is late ends');
select is((tests.task('second')).winds_down, true, 'and counts on in the same way');
select tests.show_message('second');
select ok('second' = any (tests.claim()), 'It is polled');
select is(
  tests.settle('second', tests.failure('provider_unavailable', true)), 'polling',
  'also when a poll fails'
);
update public.tasks set finished_at = now() - interval '31 minutes' where client_task_id = 'second';
select private.recover_tasks();
select is((tests.task('second')).winds_down, false, 'but not for ever');
select is(tests.calls('second'), array['ambiguous'], 'and then nobody knows what it has cost');

select tests.claim();
select tests.mark_call_sent('of bob');
select tests.cancel('of bob', 'bob');
select tests.lose_worker('of bob');
select private.recover_tasks();
select tests.claim();
select is((tests.task('of bob')).winds_down, false, 'What a lost worker called for is known by nobody');
select is(tests.calls('of bob'), array['ambiguous'], 'and ends as that');

select * from finish();
rollback;
