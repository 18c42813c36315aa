-- Fills the tables as years of use would. Runs in one transaction of a superuser, with the settings
-- bench.finished and bench.waiting (how many tasks are over, how many wait in OpenAI's lane) and
-- bench.users (ids of those whose tasks they are, with commas between).

-- No triggers and no checks of references: the rows are made to agree.
set local session_replication_role = replica;

create temporary table bench_users on commit drop as
select id::uuid, (number - 1)::integer as number, count(*) over ()::integer as total
from string_to_table(current_setting('bench.users'), ',') with ordinality as users (id, number);

insert into public.tasks (
  user_id, client_task_id, operation, provider, parameters, output, result_count, status,
  asset_urls, created_at, started_at, finished_at, deadline_at, request_id, queue, lease
)
select
  users.id, 'finished-' || task, 'text-to-image', 'openai',
  '{"n": 1, "size": "1024x1024", "prompt": "A red cube"}', 'image', 1, 'complete',
  array['http://127.0.0.1/storage/v1/object/public/generated/' || task || '.png'],
  begun, begun, begun + interval '20 seconds', begun + interval '10 minutes',
  gen_random_uuid()::text, 'openai', 1
from generate_series(1, current_setting('bench.finished')::integer) as task
cross join lateral (
  select now() - make_interval(mins => 1 + current_setting('bench.finished')::integer - task) as begun
) as times
join bench_users as users on users.number = task % users.total;

insert into pgmq.a_openai (msg_id, read_ct, enqueued_at, vt, message)
select
  row_number() over (order by created_at), 1, created_at, created_at,
  jsonb_build_object('task_id', id)
from public.tasks;

insert into private.provider_calls (
  task_id, attempt, provider, operation, result_count, started_at, sent_at, finished_at, outcome
)
select id, 1, provider, operation, 1, started_at, started_at, finished_at, 'succeeded'
from public.tasks;

insert into public.concept_images (
  user_id, task_id, celery_task_id, result_index, prompt, status, asset_url
)
select user_id, client_task_id, id, 0, 'A red cube', 'complete', asset_urls[1]
from public.tasks;

-- Users take turns.
insert into public.tasks (
  user_id, client_task_id, operation, provider, parameters, output, result_count, deadline_at,
  request_id, queue, message_id, turn
)
select
  users.id, 'waiting-' || task, 'text-to-image', 'openai',
  '{"n": 1, "size": "1024x1024", "prompt": "A red cube"}', 'image', 1, now() + interval '1 day',
  gen_random_uuid()::text, 'openai', current_setting('bench.finished')::integer + task,
  (task - 1) / users.total
from generate_series(1, current_setting('bench.waiting')::integer) as task
join bench_users as users on users.number = task % users.total;

insert into public.concept_images (user_id, task_id, celery_task_id, result_index, prompt)
select user_id, client_task_id, id, 0, 'A red cube'
from public.tasks
where status = 'pending';

insert into pgmq.q_openai (msg_id, vt, message)
overriding system value
select message_id, now(), jsonb_build_object('task_id', id)
from public.tasks
where status = 'pending'
order by message_id;

select setval(pg_get_serial_sequence('pgmq.q_openai', 'msg_id'), max(message_id))
from public.tasks;
