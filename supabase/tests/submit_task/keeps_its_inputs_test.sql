begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(4);

select tests.clear();
select tests.create_user('ann');

create function pg_temp.submit(p_name text, p_inputs jsonb)
returns void
language sql
return (
  select null::void
  from private.submit_task(
    p_user_id => tests.user_id('ann'), p_client_task_id => p_name,
    p_operation => 'text-to-image', p_provider => 'openai', p_parameters => '{}',
    p_output => 'image', p_result_count => 1, p_time_limit_seconds => 600,
    p_request_id => 'request', p_input_bytes => 7, p_inputs => p_inputs
  )
);

select pg_temp.submit('cat', '[{"bucket": "inputs", "path": "a/b?c.png", "bytes": 7}]');
select is(
  (tests.task('cat')).inputs, '[{"bucket": "inputs", "path": "a/b?c.png", "bytes": 7}]',
  'A task keeps its input files as they were checked'
);
select tests.submit('of an older function');
select is((tests.task('of an older function')).inputs, null, 'Who tells of none keeps none');
select tests.claim();
select is(
  (tests.task('cat')).inputs -> 0 ->> 'path', 'a/b?c.png', 'A claim changes nothing of it'
);

select tests.fail('cat', 'internal');
select private.replay_dead_letter(id) from private.dead_letters;
select results_eq(
  $$ select inputs, input_bytes from public.tasks where client_task_id = 'cat' and status = 'pending' $$,
  $$
    values ('[{"bucket": "inputs", "path": "a/b?c.png", "bytes": 7}]'::jsonb, 7::bigint)
  $$,
  'and a replay is for the same files'
);

select * from finish();
rollback;
