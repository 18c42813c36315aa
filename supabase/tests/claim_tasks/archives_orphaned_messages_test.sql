begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(9);

select tests.clear();
select tests.submit('accepted');
select tests.claim();
select tests.snooze('accepted', p_delay_seconds => 0);
select pgmq.send('openai_polls', jsonb_build_object('task_id', (tests.task('accepted')).id));
select pgmq.send('openai_polls', message)
from unnest(array['{"task_id": "nonsense"}', '{}', '"nonsense"']::jsonb[]) as message;

select is(
  tests.claim(), array['accepted'],
  'A task whose message came twice is claimed once, and messages that make no sense hold nothing up'
);
select is(tests.queued('openai_polls'), array['accepted'], 'It keeps its message');
select is(
  (select msg_id from pgmq.q_openai_polls), (tests.task('accepted')).message_id,
  'the one it points to'
);
select is((select count(*)::integer from pgmq.a_openai_polls), 4, 'The others are archived');
select is(
  (select array_agg(message order by id) from private.dead_letters),
  array['{"task_id": "nonsense"}', '{}', '"nonsense"']::jsonb[],
  'What names no task is kept for an operator'
);

select tests.snooze('accepted', p_delay_seconds => 0);
select private.requeue_or_archive('openai_polls', (tests.task('accepted')).message_id);
select is(
  tests.queued('openai_polls'), array['accepted'],
  'A message of a live task stays, even if its row was locked when looked for'
);

select pgmq.send('openai', '{"task_id": "nonsense"}');
select tests.submit('waiting');
select is(tests.claim(), array['waiting'], 'What is to be started is found by its turn');
select is((select count(*)::integer from pgmq.q_openai), 2, 'A message in between is in nobody''s way');
select is((select count(*)::integer from private.dead_letters), 3, 'and is found by the next reconciliation');

select * from finish();
rollback;
