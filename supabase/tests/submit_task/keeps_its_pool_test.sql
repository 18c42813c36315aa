begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(4);

select tests.clear();
select tests.submit('textured', p_provider => 'tripo', p_pool => 'texture', p_output => 'model', p_least_run_seconds => 20);
select is((tests.task('textured')).pool, 'texture', 'A task knows its pool');
select tests.claim();
select tests.fail('textured', 'internal');
select private.replay_dead_letter(id) from private.dead_letters;
select results_eq(
  $$ select pool, least_run_seconds::integer from public.tasks where status = 'pending' $$,
  $$ values ('texture', 20) $$,
  'which is the same when it is replayed'
);
select throws_like(
  $$ select tests.submit('strange', p_provider => 'tripo', p_pool => 'unknown') $$,
  '%tasks_pool_fkey%', 'A pool that nobody limits takes no task'
);
select tests.claim();
select tests.retry(client_task_id, p_delay_seconds => 0) from public.tasks where status = 'processing';
update public.tasks set deadline_at = now() + interval '21 seconds' where status = 'processing';
select tests.claim();
update public.tasks set deadline_at = now() + interval '19 seconds' where status = 'processing';
select is(
  tests.mark_call_sent('textured'), false,
  'What would be cut off before there is a result is not called for'
);

select * from finish();
rollback;
