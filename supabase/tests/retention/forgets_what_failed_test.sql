begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(11);

select tests.clear();
select tests.submit(name) from unnest(array['refused', 'replayed', 'dead', 'winding', 'complete']) as name;
select tests.submit('other', p_user => 'bob');
create function pg_temp.left_of(p_name text)
returns text
language sql
as $$
  select concat_ws(
    ', ', (tests.task(p_name)).parameters ->> 'prompt',
    (select prompt from public.concept_images where celery_task_id = (tests.task(p_name)).id)
  );
$$;
create function pg_temp.age(p_age interval)
returns void
language sql
as $$ update public.tasks set finished_at = now() - p_age where finished_at is not null; $$;
create function pg_temp.names()
returns text[]
language sql
as $$ select array(select client_task_id from public.tasks where finished_at is not null order by 1); $$;
create function pg_temp.prune(p_kind text)
returns bigint
language sql
as $$ select deleted from private.prune() where kind = p_kind; $$;

select tests.claim();
select tests.fail('refused');
select tests.fail(name, 'internal') from unnest(array['replayed', 'dead']) as name;
select tests.complete('complete');
select tests.snooze('winding');
update public.tasks set deadline_at = now() - interval '1 second' where client_task_id = 'winding';
select private.recover_tasks();
select is((tests.task('winding')).status, 'failed', 'A task may fail while its provider works on it');
update private.dead_letters set replayed_at = now() where task_id = (tests.task('replayed')).id;

select is(pg_temp.prune('failed parameters'), 0::bigint, 'What failed today is kept as it was');
select pg_temp.age('25 hours');
select is(pg_temp.prune('failed parameters'), 2::bigint, 'A day later what was asked for goes');
select is(pg_temp.left_of('refused'), 'A cat', 'but the words that the app shows');
select is(
  array[pg_temp.left_of('dead'), pg_temp.left_of('winding'), pg_temp.left_of('complete')],
  array['A cat, A cat', 'A cat, A cat', 'A cat, A cat'],
  'Nothing of what may be replayed, is under way or is complete'
);
select is(pg_temp.prune('failed parameters'), 0::bigint, 'There is nothing left to do');
select isnt(
  private.replay_dead_letter((select id from private.dead_letters where task_id = (tests.task('dead')).id)),
  null, 'A dead letter is replayed'
);
select is(pg_temp.left_of('dead'), 'A cat, A cat', 'as it was asked for');
select tests.cancel('dead');
select pg_temp.age('31 days');
select is(pg_temp.prune('failed tasks'), 3::bigint, 'After thirty days the rows go, too');
select is(pg_temp.names(), array['complete', 'winding'], 'of those that are settled');
select results_eq(
  'select replayed, status from tests.submit(''refused'')', $$ values (false, 'pending') $$,
  'Their client_task_id was free all the time'
);

select * from finish();
rollback;
