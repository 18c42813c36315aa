begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(11);

select tests.clear();
create function pg_temp.age()
returns void
language sql
as $$
  update public.tasks set finished_at = now() - interval '2 days' where finished_at is not null;
$$;
create function pg_temp.names()
returns text[]
language sql
as $$
  select coalesce(array_agg(client_task_id order by client_task_id), '{}') from public.tasks;
$$;
create function pg_temp.delete_tasks(p_batch integer default 10000)
returns bigint
language sql
as $$
  select private.delete_old('finished tasks', now() - interval '1 day', p_batch);
$$;

-- Ann has something under way, Bob has not, Cy has a dead letter, Dan's call is not settled.
select tests.submit('ann over');
select tests.submit('ann open');
select tests.submit('bob over', p_user => 'bob');
select tests.submit('bob also over', p_user => 'bob');
select tests.submit('bob young', p_user => 'bob');
select tests.submit('cy over', p_user => 'cy');
select tests.submit('cy dead', p_user => 'cy');
select tests.submit('dan over', p_user => 'dan');
select tests.claim();
select tests.complete(name)
from unnest(array['ann over', 'bob over', 'bob also over', 'cy over', 'dan over']) as name;
select tests.claim();
select tests.complete(name) from unnest(array['bob also over']) as name;
select tests.fail('cy dead', 'internal');
select tests.claim();
select tests.complete('bob young');
select pg_temp.age();
update public.tasks set finished_at = now() where client_task_id = 'bob young';
update private.provider_calls set outcome = null, finished_at = null
where task_id = (tests.task('dan over')).id;

select is(
  (select count(*)::integer from public.tasks where finished_at is not null), 7, 'Seven are finished'
);
select is_empty(
  $$ select kind from private.prune() where kind = 'finished tasks' $$,
  'Unless an operator says so, none is deleted'
);
select is(pg_temp.delete_tasks(1), 1::bigint, 'A batch is as long as it may be');
select is(pg_temp.delete_tasks(), 1::bigint, 'The rest goes with the next');
select is(
  pg_temp.names(), array['ann open', 'ann over', 'bob young', 'cy dead', 'cy over', 'dan over'],
  'Of users with something unsettled everything stays: it may build on any result of theirs'
);
select is(
  (select count(*)::integer from public.concept_images where user_id = tests.user_id('bob')), 1,
  'Images go with their task'
);
select is(
  (select count(*)::integer from private.provider_calls where task_id is null), 2,
  'What was paid stays on the books'
);

select tests.cancel('ann open');
select pg_temp.age();
select pg_temp.delete_tasks();
select is(
  pg_temp.names(), array['cy dead', 'cy over', 'dan over'], 'When it is settled, the old goes'
);
update private.dead_letters set replayed_at = now();
update private.provider_calls set outcome = 'ambiguous', finished_at = now() where outcome is null;
select pg_temp.delete_tasks();
select is(pg_temp.names(), '{}', 'here, too');

select tests.submit('new', p_user => 'bob');
select is(pg_temp.delete_tasks(), 0::bigint, 'What is unfinished stays');
update public.tasks set created_at = now() - interval '10 years';
select is(pg_temp.delete_tasks(), 0::bigint, 'however old it is');

select * from finish();
rollback;
