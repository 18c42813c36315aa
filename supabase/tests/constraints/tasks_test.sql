begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(14);

select tests.clear();
select tests.submit('cat');
select tests.submit('dog');

select throws_like(
  $$ update public.tasks set status = 'done' $$, '%tasks_status_is_known%',
  'A status nobody knows'
);
select throws_like(
  $$ update public.tasks set status = 'canceled' $$, '%tasks_final_means_finished%',
  'A final state without its time'
);
select throws_like(
  'update public.tasks set finished_at = now()', '%tasks_final_means_finished%',
  'A finish without a final state'
);
select throws_like(
  $$ update public.tasks set status = 'complete', finished_at = now() $$,
  '%tasks_complete_means_assets%',
  'Complete without a result'
);
select throws_like(
  $$ update public.tasks set asset_urls = array['https://files/0.png'] $$,
  '%tasks_complete_means_assets%',
  'A result of a task that is not complete'
);
select throws_like(
  $$ update public.tasks set status = 'failed', finished_at = now() $$,
  '%tasks_failed_means_error%',
  'Failed without an error'
);
select throws_like(
  $$ update public.tasks set status = 'failed', finished_at = now(), error_code = 'internal' $$,
  '%tasks_failed_means_error%',
  'An error without words'
);
select throws_like(
  $$ update public.tasks set error_code = 'internal', error = 'Internal error' $$,
  '%tasks_failed_means_error%',
  'An error of a task that did not fail'
);
select throws_like(
  $$
    update public.tasks
    set status = 'failed', finished_at = now(), message_id = null, error_code = 'bad_mood', error = 'Bad mood'
  $$,
  '%tasks_error_code_fkey%',
  'An error code nobody knows'
);
select throws_like(
  'update public.tasks set lease_expires_at = now()', '%tasks_leased_means_processing%',
  'A lease of a pending task'
);
select throws_like(
  'update public.tasks set result_count = 0', '%tasks_result_count_is_positive%',
  'No results asked for'
);
select throws_like(
  $$ update public.tasks set queue = 'openai', message_id = 1 $$, '%tasks_message_is_unique%',
  'Two tasks of one message'
);
select throws_like(
  $$ update public.tasks set client_task_id = 'twins' $$, '%tasks_client_task_id_is_unique%',
  'Two live tasks under one client_task_id'
);
select throws_like(
  'update public.tasks set user_id = gen_random_uuid()', '%tasks_user_id_fkey%',
  'A task of nobody'
);

select * from finish();
rollback;
