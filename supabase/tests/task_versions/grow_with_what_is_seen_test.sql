begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(26);

-- By how much the version has grown since it was asked for last.
create temp table seen (name text primary key, version integer);
create function pg_temp.growth(p_name text)
returns integer
language sql
as $$
  with before as (select version from seen where name = p_name),
  now_seen as (
    insert into seen values (p_name, (tests.task(p_name)).version)
    on conflict (name) do update set version = excluded.version
    returning version
  )
  select now_seen.version - coalesce((select version from before), 0) from now_seen;
$$;

select tests.clear();
select tests.submit(name, p_provider => 'tripo', p_output => 'model', p_operation => 'text-to-model')
from unnest(array['castle', 'house', 'late', 'old']) as name;
select is(pg_temp.growth('castle'), 1, 'A task begins with version 1');

select tests.claim();
select is(pg_temp.growth('castle'), 1, 'The claim that starts it is seen');
select tests.extend(array['castle'], array[(tests.task('castle')).lease]);
select is(pg_temp.growth('castle'), 0, 'A heartbeat is not');
select tests.mark_call_sent('castle', p_mark => 'mark');
select is(pg_temp.growth('castle'), 0, 'nor that a call is sent');
select tests.settle('castle', '{"kind": "release"}');
select is(pg_temp.growth('castle'), 0, 'nor a release');
select tests.claim();
select tests.snooze('castle', p_delay_seconds => 0, p_progress => 10);
select is(pg_temp.growth('castle'), 1, 'Progress is seen');
select tests.claim();
select is(pg_temp.growth('castle'), 0, 'The claim of a poll is not');
select tests.snooze('castle', p_delay_seconds => 0, p_progress => 10);
select is(pg_temp.growth('castle'), 0, 'nor a poll that tells nothing new');
select tests.claim();
select tests.snooze('castle', p_delay_seconds => 0);
select is(pg_temp.growth('castle'), 0, 'or nothing at all');
select tests.claim();
select tests.lose_worker('castle');
select private.recover_tasks();
select is(pg_temp.growth('castle'), 0, 'nor a worker that is lost');
select tests.claim();
select tests.complete('castle');
select is(pg_temp.growth('castle'), 1, 'The end is seen, once');
select private.report_task(tests.user_id('ann'), (tests.task('castle')).id, 'Ugly');
select is(pg_temp.growth('castle'), 1, 'A report is seen');
select private.report_task(tests.user_id('ann'), (tests.task('castle')).id, 'Ugly');
select is(pg_temp.growth('castle'), 0, 'Another of the same is not');

select is(pg_temp.growth('house'), 2, 'Each task has versions of its own');
select tests.snooze('house', p_delay_seconds => 0, p_progress => 30);
select pg_temp.growth('house');
select tests.cancel('house');
select is(pg_temp.growth('house'), 1, 'A cancellation is seen');
select tests.show_message('house');
select tests.claim();
select is(pg_temp.growth('house'), 0, 'not that it winds down');
select tests.snooze('house', p_delay_seconds => 0, p_progress => 60);
select is(pg_temp.growth('house'), 0, 'nor how far it is then');
select tests.show_message('house');
select tests.claim();
select tests.settle('house', '{"kind": "complete", "asset_urls": [], "call": {"cost_usd": 0.3}}');
select is(pg_temp.growth('house'), 1, 'What it has cost is');

select pg_temp.growth('late');
select tests.retry('late');
select is(pg_temp.growth('late'), 0, 'A failure that leads to another attempt is not seen');
select tests.show_message('late');
select tests.claim();
select tests.fail('late');
select is(pg_temp.growth('late'), 1, 'The last one is');

-- Functions of the last release, and operators.
select pg_temp.growth('old');
update public.tasks set last_error = 'Words', request_id = 'other' where client_task_id = 'old';
select is(pg_temp.growth('old'), 0, 'What nobody is shown does not count, whoever writes it');
update public.tasks set status = status, progress = progress where client_task_id = 'old';
select is(pg_temp.growth('old'), 0, 'nor what is written as it was');
update public.tasks set progress = 1 where client_task_id = 'old';
select is(pg_temp.growth('old'), 1, 'and what is shown does');

create temp table ids as select client_task_id as name, id, version from public.tasks;
prepare changed(uuid[], integer[]) as
select private.changed_tasks($1, $2) order by 1;
select is_empty(
  format(
    'execute changed(%L, %L)', (select array_agg(id order by name) from ids),
    (select array_agg(version order by name) from ids)
  ),
  'What is as it was shown has not changed'
);
select tests.cancel('old');
delete from public.tasks where client_task_id = 'late';
select set_eq(
  format(
    'execute changed(%L, %L)', (select array_agg(id order by name) from ids),
    (select array_agg(version order by name) from ids)
  ),
  $$ select id from ids where name in ('old', 'late') $$,
  'What is not, has, and what is gone'
);
select is_empty($$ execute changed('{}', '{}') $$, 'Of nothing, nothing');

select * from finish();
rollback;
