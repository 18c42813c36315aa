begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(10);

select tests.clear();
select tests.submit('cats', p_results => 3, p_parameters => '{"prompt": "Cats", "style": "comic"}');
select tests.submit('robot', p_operation => 'text-to-model', p_output => 'model');

select is(
  (tests.task('cats')).status, 'pending',
  'An accepted request is a pending task'
);
select results_eq(
  $$
    select user_id, operation, provider, parameters, result_count::integer, request_id, lease
    from public.tasks
    where client_task_id = 'cats'
  $$,
  $$
    values (
      tests.user_id('ann'), 'text-to-image', 'openai',
      '{"prompt": "Cats", "style": "comic"}'::jsonb, 3, 'request-of-cats', 0::bigint
    )
  $$,
  'It remembers what was asked, by whom, and under which request'
);
select is(
  (tests.task('cats')).deadline_at, now() + interval '600 seconds',
  'It must end within its time limit'
);
select results_eq(
  $$
    select result_index::integer, status, task_id, prompt, style, user_id, asset_url
    from public.concept_images
    where celery_task_id = (tests.task('cats')).id
    order by result_index
  $$,
  $$
    select i, 'pending', 'cats', 'Cats', 'comic', tests.user_id('ann'), null::text
    from generate_series(0, 2) as i
  $$,
  'Each image asked for is a pending row'
);
select results_eq(
  'select metadata from public.concept_images group by metadata',
  $$ values ('{"provider": "openai", "operation": "text-to-image"}'::jsonb) $$,
  'Each row tells provider and operation'
);
select is(
  tests.assets('robot'), array['pending'],
  'A model asked for is a pending row as well'
);
select results_eq(
  'select celery_task_id from public.models',
  $$ values ((tests.task('robot')).id) $$,
  'It is a row of the models'
);
select is(tests.queued(), array['cats', 'robot'], 'Each task has one message in the lane''s queue');
select results_eq(
  'select msg_id, message from pgmq.q_openai order by 1',
  $$
    select message_id, jsonb_build_object('task_id', id)
    from public.tasks
    order by 1
  $$,
  'A message holds the task''s id and nothing else, and the task knows its message'
);

select tests.submit(
  'cutout', p_operation => 'remove-background', p_parameters => '{"style_preset": "anime"}'
);
select results_eq(
  $$ select prompt, style from public.concept_images where celery_task_id = (tests.task('cutout')).id $$,
  $$ values ('Remove Background', 'anime') $$,
  'One without a prompt says what was done, and its preset is its style'
);
select * from finish();
rollback;
