begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(17);

select tests.clear();
select tests.submit('castle', p_output => 'model');
select tests.claim();
select tests.snooze(
  'castle', 'job-1', p_delay_seconds => 7, p_progress => 12,
  p_call => '{"model": "m1", "provider_request_id": "r1", "provider_task_id": "t1", "cost_usd": 0.2}'
);

select is((tests.task('castle')).handle, 'job-1', 'What to ask by is stored');
select is((tests.task('castle')).accepted_at, now(), 'with the moment');
select is((tests.task('castle')).progress, 12::smallint, 'and how far it is');
select is((tests.task('castle')).status, 'processing', 'The task goes on');
select is((tests.task('castle')).lease_expires_at, null, 'without a worker that waits for it');
select is(tests.queued('openai'), '{}', 'Its message has left what is to be started');
select is(tests.queued('openai_polls'), array['castle'], 'and waits among what is to be polled');
select is(tests.hidden_seconds('castle'), 7, 'for as long as was asked for');
select is(tests.archived(), '{}', 'It was moved, not ended');
select results_eq(
  $$
    select outcome, finished_at, handle, model, provider_request_id, cost_usd
    from private.provider_calls where task_id = (tests.task('castle')).id
  $$,
  $$ values (null::text, null::timestamptz, 'job-1', 'm1', 'r1', 0.2) $$,
  'The ledger knows the call, and that it is not over'
);
select is(
  (select ai_service_task_id from public.models where celery_task_id = (tests.task('castle')).id),
  't1', 'The app can name the provider''s own task'
);

select tests.show_message('castle');
select is(tests.claim(), array['castle'], 'When it is due it is claimed again');
select is(tests.calls('castle'), array['open'], 'which is no new call');
select tests.snooze('castle', 'job-1', p_delay_seconds => 9, p_progress => 60);
select is(tests.hidden_seconds('castle'), 9, 'It can be put back again');
select is((tests.task('castle')).progress, 60::smallint, 'with its progress');

select tests.show_message('castle');
select tests.claim();
select tests.complete('castle', p_call => '{"cost_usd": 0.3}');
select results_eq(
  $$
    select outcome, model, cost_usd, handle from private.provider_calls
    where task_id = (tests.task('castle')).id
  $$,
  $$ values ('succeeded', 'm1', 0.3, 'job-1') $$,
  'At the end the one call has its outcome, and keeps what was known'
);
select is(tests.archived('openai_polls'), array['castle'], 'and the message is archived');

select * from finish();
rollback;
