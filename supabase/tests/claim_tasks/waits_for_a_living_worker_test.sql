begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(3);

select tests.clear();
select tests.submit('cat');
select tests.claim();

select tests.snooze('cat', p_delay_seconds => 0);
select tests.claim();
update public.tasks set lease_expires_at = clock_timestamp() + interval '5 seconds';
update pgmq.q_openai_polls set vt = clock_timestamp();
select is(tests.claim(), '{}', 'A message that shows up too early gives nothing');
select is(
  tests.hidden_seconds('cat'), 5,
  'It is back when the lease is over, not a whole lease later'
);

select tests.submit('dog');
update public.tasks set deadline_at = now() where client_task_id = 'dog';
update private.lanes set paused_until = now() + interval '1 minute';
select tests.claim();
select is(
  (tests.task('dog')).error_code, 'timeout',
  'What is overdue ends, also in a lane that is paused'
);

select * from finish();
rollback;
