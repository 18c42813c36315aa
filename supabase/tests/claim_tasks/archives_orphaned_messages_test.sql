begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(11);

select tests.clear();
select tests.submit('twice');
select pgmq.send('openai', jsonb_build_object('task_id', (tests.task('twice')).id));

select is(tests.claim(), array['twice'], 'A task whose message came twice is claimed once');
select is(tests.queued(), array['twice'], 'It keeps its message');
select is(
  (select msg_id from pgmq.q_openai), (tests.task('twice')).message_id,
  'the one it points to'
);
select is(tests.archived(), array['twice'], 'The other one is archived');

select tests.submit('deleted');
delete from public.tasks where client_task_id = 'deleted';
select tests.submit('finished');
update public.tasks set status = 'canceled', finished_at = now()
where client_task_id = 'finished';
select tests.submit('next');

select is(
  tests.claim(1), array['next'],
  'Messages of a deleted and a finished task do not use up the worker''s limit'
);
select is(tests.queued(), array['twice', 'next'], 'They leave the queue');
select is(tests.archived(), array['twice', 'nobody', 'finished'], 'for the archive');
select is(tests.calls('finished'), '{}', 'and nothing was bought for them');

select private.requeue_or_archive('openai', (tests.task('next')).message_id);
select is(
  tests.queued(), array['twice', 'next'],
  'A message of a live task stays, even if its row was locked when looked for'
);

select tests.clear();
select pgmq.send('openai', message)
from unnest(array['{"task_id": "nonsense"}', '{}', '"nonsense"']::jsonb[]) as message;
select tests.submit('cat');
select is(tests.claim(1), array['cat'], 'Messages that make no sense hold nothing up');
select is(
  (select array_agg(message order by id) from private.dead_letters),
  array['{"task_id": "nonsense"}', '{}', '"nonsense"']::jsonb[],
  'and are kept for an operator'
);

select * from finish();
rollback;
