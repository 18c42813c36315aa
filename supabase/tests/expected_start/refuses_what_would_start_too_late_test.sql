begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(17);

create function pg_temp.start_of(p_results integer default 1, p_turn bigint default 1000000)
returns integer
language sql
as $$
  select round(private.expected_start_seconds('openai', 'default', p_turn, p_results, 10))::integer;
$$;

select tests.clear();
select is(pg_temp.start_of(), 0, 'In an empty lane a request starts at once');
update private.lanes set paused_until = now() + interval '100 seconds' where provider = 'openai';
select ok(pg_temp.start_of() between 99 and 100, 'after a pause');
update private.lanes set paused_until = 'infinity' where provider = 'openai';
select is(pg_temp.start_of(), 0, 'as far as it has an end');
select tests.open_lanes();
update private.pools set rate_limited_until = now() + interval '50 seconds' where provider = 'openai';
select ok(pg_temp.start_of() between 49 and 50, 'of its pool, too');
select tests.open_lanes();

-- Two at a time, 10 seconds each.
update private.lanes set max_in_flight = 2 where provider = 'openai';
select tests.submit('running ' || i) from generate_series(1, 2) as i;
select tests.claim();
select is(pg_temp.start_of(), 5, 'In a full lane one of two ends in half of a run');
select tests.submit('waiting ' || i) from generate_series(1, 6) as i;
select is(pg_temp.start_of(), 35, 'and those that wait come first');
select is(pg_temp.start_of(p_turn => (tests.task('waiting 3')).turn - 1), 15, 'as far as their turn is before');
select tests.add_call('succeeded', p_ago => '10 seconds');
update private.provider_calls set started_at = now() - interval '40 seconds', sent_at = now() - interval '40 seconds', finished_at = now() where outcome = 'succeeded';
select private.note_runs('openai', 'default');
select is(pg_temp.start_of(), 140, 'A run takes as long as the last ones did');

-- Five results a minute.
select tests.clear();
update private.lanes set results_per_minute = 5 where provider = 'openai';
select tests.submit('five', p_results => 5);
select tests.claim();
select tests.mark_call_sent('five');
update private.provider_calls set sent_at = now() - interval '20 seconds';
select ok(pg_temp.start_of() between 39 and 40, 'When the minute is used up it starts with the next');
select tests.submit('more ' || i, p_results => 5) from generate_series(1, 2) as i;
select ok(pg_temp.start_of() between 159 and 160, 'or so many minutes later as those before it need');

select tests.submit('and more ' || i, p_results => 5) from generate_series(1, 6) as i;
select ok(pg_temp.start_of() between 519 and 520, 'and so on');
select is(
  (select exceeded_limit from tests.submit('last', p_results => 5)), null,
  'What can be done in its time is accepted'
);
create temp table refused as select * from tests.submit('too late', p_results => 5, p_least_run_seconds => 30);
select is((select exceeded_limit from refused), 'time_limit', 'what cannot is refused');
select ok((select retry_after_seconds between 9 and 11 from refused), 'until it could');
select is((select count(*)::integer from public.tasks where client_task_id = 'too late'), 0, 'and nothing is made');

-- Many wait: no more rows are read.
select tests.clear();
update private.lanes set max_in_flight = 10 where provider = 'openai';
select tests.submit('many ' || i, p_user => 'user ' || i % 10) from generate_series(1, 500) as i;
select is(
  (select tasks::integer from private.tasks_ahead('openai', 'default', 1000000, null)) > 500, true,
  'Of many it is estimated how many there are'
);
select ok(
  (select tasks::integer from private.tasks_ahead('openai', 'default', 40, null)) between 390 and 430,
  'about right'
);

select * from finish();
rollback;
