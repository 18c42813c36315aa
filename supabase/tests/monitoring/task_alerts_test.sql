begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(13);

select tests.clear();
select private.record_worker(gen_random_uuid());
select tests.submit('late ' || n, p_user => 'user ' || n) from generate_series(1, 3) as n;
select tests.pass_deadline('late 1'), tests.pass_deadline('late 2');
select private.expire_tasks();
select is(tests.alerts(), '{}', 'Two tasks that are not served in time are no trouble');
select tests.pass_deadline('late 3');
select private.expire_tasks();
select is(tests.alerts(), array['deadlines_missed openai'], 'Three in an hour are');
update public.tasks set finished_at = now() - interval '61 minutes';
select is(tests.alerts(), '{}', 'for that hour');

select tests.clear();
select private.record_worker(gen_random_uuid());
select tests.submit('stuck');
select tests.claim();
select tests.lose_worker('stuck');
update public.tasks set lease_expires_at = now() - interval '299 seconds';
select is(tests.alerts(), '{}', 'A lost task has its time to be found');
update public.tasks set lease_expires_at = now() - interval '301 seconds';
select is(tests.alerts(), array['tasks_stuck openai'], 'Nobody finds it');
update private.lanes set paused_until = now() + interval '30 seconds' where provider = 'openai';
select is(tests.alerts(), '{}', 'In a lane that rests nobody looks for it');
select tests.open_lanes();
update public.tasks set deadline_at = now() - interval '301 seconds';
select is(tests.alerts(), array['tasks_stuck openai'], 'What is overdue is stuck once, not twice');

select tests.clear();
select tests.submit('poison');
select tests.claim();
update public.tasks set losses_alone = 2, claimed_alone = true;
select tests.lose_worker('poison', p_called => false);
select is(tests.claim(), '{}', 'Three workers are lost with a task alone');
select is(tests.alerts(), array['poison_task openai'], 'which is told of');
select private.dead_letter('flux', '{}', null, 'Names no task that is there');
select is(
  tests.alerts(), array['dead_letters flux', 'poison_task openai'], 'as is what else cannot be served'
);
update private.dead_letters set dead_lettered_at = now() - interval '25 hours';
select is(tests.alerts(), '{}', 'for a day');
update private.dead_letters set dead_lettered_at = now();
select lives_ok(
  $$ select private.replay_dead_letter(id) from private.dead_letters where task_id is not null $$,
  'One is done again'
);
select is(tests.alerts(), array['dead_letters flux'], 'and is no news any more');

select * from finish();
rollback;
