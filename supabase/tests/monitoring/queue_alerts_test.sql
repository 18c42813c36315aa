begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(8);

select tests.clear();
select is(tests.alerts(), '{}', 'Nothing is wrong where nothing happens');

-- Somebody works, so only the age of what waits is in question.
select private.record_worker(gen_random_uuid());
select tests.submit('first'), tests.submit('behind it');
select tests.age_message('first', interval '299 seconds');
select is(tests.alerts(), '{}', 'A while is no trouble');

select tests.age_message('first', interval '301 seconds');
select is(tests.alerts(), array['queue_old openai'], 'A task whose turn it is waits too long');
select matches(
  (select message from monitoring.alerts()), 'to be started has waited for 301 s\. Raise',
  'which is told with what to do'
);
select is(
  (select since from monitoring.alerts()), now() - interval '301 seconds', 'and since when'
);
update monitoring.thresholds set value = 400 where name = 'queue_old_seconds';
select is(tests.alerts(), '{}', 'From when on is a matter of a row');

select tests.submit('polled', p_user => 'bob', p_provider => 'tripo');
select tests.claim();
select tests.snooze('polled');
delete from public.tasks where client_task_id <> 'polled';
delete from pgmq.q_openai;
select tests.age_message('polled', interval '401 seconds');
select is(tests.alerts(), array['queue_old tripo_polls'], 'So does one that is to be polled');

select pgmq.drop_queue('tripo_polls');
select is(
  tests.alerts(), array['queue_missing tripo_polls'], 'A queue that is away is told of, and no other look fails'
);

select * from finish();
rollback;
