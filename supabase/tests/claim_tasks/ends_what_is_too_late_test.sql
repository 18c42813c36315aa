begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(7);

select tests.clear();
select tests.submit('late', p_least_run_seconds => 30);
select tests.submit('early', p_least_run_seconds => 30);
update public.tasks set deadline_at = clock_timestamp() + interval '29 seconds' where client_task_id = 'late';
select is(tests.claim(), array['early'], 'What has less time left than it takes at least is not started');
select is((tests.task('late')).error_code, 'timeout', 'It ends, for the next one');
select is(tests.calls('late'), '{}', 'unbilled');
select is(tests.archived(), array['late'], 'and leaves no message');

-- The last ones took 100 seconds.
select tests.add_call('succeeded', p_ago => '10 seconds');
update private.provider_calls set sent_at = finished_at - interval '100 seconds' where outcome = 'succeeded';
select tests.submit('later', p_least_run_seconds => 30);
update public.tasks set created_at = now() - interval '495 seconds', deadline_at = now() + interval '105 seconds' where client_task_id = 'later';
select is(tests.claim(), '{}', 'So does what has less time left than the last ones took');
update private.provider_calls set sent_at = finished_at - interval '1000 seconds' where outcome = 'succeeded';
select tests.submit('half', p_least_run_seconds => 30);
update public.tasks set deadline_at = clock_timestamp() + interval '302 seconds' where client_task_id = 'half';
update public.tasks set created_at = deadline_at - interval '600 seconds' where client_task_id = 'half';
select is(tests.claim(), array['half'], 'But with half of its time left everything is tried');

select tests.submit('behind', p_least_run_seconds => 0);
update public.tasks set created_at = now() - interval '10 seconds', deadline_at = now() - interval '1 second' where client_task_id = 'behind';
select tests.claim();
select is((tests.task('behind')).error_code, 'timeout', 'What is past its deadline is never started');

select * from finish();
rollback;
