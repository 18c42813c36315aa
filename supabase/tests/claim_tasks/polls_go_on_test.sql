begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(8);

select tests.clear();
update private.lanes set max_in_flight = 2 where provider = 'openai';
select tests.submit(name) from unnest(array['a', 'b', 'c']) as name;
select tests.claim();
select tests.snooze(name, p_delay_seconds => 0) from unnest(array['a', 'b']) as name;

select is(
  tests.claim(), array['a', 'b'],
  'What the provider has accepted is polled, and takes the place of what might start'
);
select tests.snooze(name, p_delay_seconds => 0) from unnest(array['a', 'b']) as name;
select tests.claim(1);
select tests.complete('a');
select is(tests.claim(), array['b', 'c'], 'When it is done the next one starts');
select tests.snooze('b', p_delay_seconds => 0);

update private.lanes
set paused_until = now() + interval '1 minute', results_per_minute = 1
where provider = 'openai';
select tests.submit('d');
select is(tests.claim(), array['b'], 'A paused lane starts nothing, and polls all the same');
select is((tests.task('d')).status, 'pending', 'What it holds back waits');
select tests.complete('b');
select tests.complete('c');
select is(tests.claim(), '{}', 'also when there is room');
update private.lanes set paused_until = null, results_per_minute = null where provider = 'openai';
select is(tests.claim(), array['d'], 'until the lane is open again');


select tests.snooze('d', p_delay_seconds => 0);
select tests.submit('stability ' || i, p_provider => 'stability') from generate_series(1, 3) as i;
select is(
  array(select name from private.claim_tasks(1, 0, 15) as claimed, lateral (select left(client_task_id, 9)) as names (name)),
  array['stability'], 'What is to be started has a share of its own'
);
select is(
  array(select client_task_id from private.claim_tasks(0, 1, 15)), array['d'], 'and so has what is to be polled'
);

select * from finish();
rollback;
