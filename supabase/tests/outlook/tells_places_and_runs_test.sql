begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(20);

-- Names of the tasks of a line, in its order.
create function pg_temp.line(p_provider text default 'openai', p_pool text default 'default', p_limit integer default 1001)
returns text[]
language sql
as $$
  select coalesce(array_agg(client_task_id order by place), '{}')
  from private.pool_line(p_provider, p_pool, 1, 10, p_limit) as line,
    unnest(line.message_ids) with ordinality as waiting (message_id, place)
  join public.tasks on tasks.message_id = waiting.message_id and tasks.queue = p_provider;
$$;
create function pg_temp.starts(p_results integer default 1)
returns integer[]
language sql
as $$
  select array[round(first_start_seconds), round(last_start_seconds)]::integer[]
  from private.pool_line('openai', 'default', p_results, 10, 1001);
$$;

select tests.clear();
select is(pg_temp.line(), '{}', 'Where nothing waits a line is empty');
select is(pg_temp.starts(), array[0, 0], 'and a request starts at once');
select tests.submit('ann ' || i) from generate_series(1, 3) as i;
select tests.submit('bob', p_user => 'bob');
select is(pg_temp.line(), array['ann 1', 'bob', 'ann 2', 'ann 3'], 'A line is in the order of turns');
select is(pg_temp.line(p_limit => 2), array['ann 1', 'bob'], 'as far as it is read');
select tests.submit('elsewhere', p_provider => 'tripo', p_pool => 'texture');
select is(pg_temp.line('tripo', 'texture'), array['elsewhere'], 'of each pool');
select is(pg_temp.line('tripo', 'generation'), '{}', 'by itself');
update private.lanes set max_in_flight = 2 where provider = 'openai';
select tests.cancel('elsewhere');
select is(tests.claim(), array['ann 1', 'bob'], 'What has started');
select is(pg_temp.line(), array['ann 2', 'ann 3'], 'waits no more');
select tests.retry('bob', p_delay_seconds => 60);
select is(pg_temp.line(), array['bob', 'ann 2', 'ann 3'], 'until it is tried again: it keeps its turn');
select tests.cancel('ann 3');
select is(pg_temp.line(), array['bob', 'ann 2'], 'What is canceled waits no more');

-- One of two places is taken, and a run takes ten seconds.
select is(pg_temp.starts(), array[0, 10], 'Who is behind all starts later than who is before them');
update private.lanes set paused_until = now() + interval '100 seconds' where provider = 'openai';
select ok(99 <= all (pg_temp.starts()), 'and nobody during a pause');
select ok(not is_paused_for_good, 'that has an end')
from private.pool_line('openai', 'default', 1, 10, 1001);
update private.lanes set paused_until = 'infinity' where provider = 'openai';
select ok(is_paused_for_good, 'or none') from private.pool_line('openai', 'default', 1, 10, 1001);

-- Keys are the user's own.
select is(
  (select count(*)::integer from private.outlook_keys(tests.user_id('ann'), array[(tests.task('ann 2')).id, (tests.task('bob')).id])),
  1, 'A user is told nothing of what others have'
);
select is(
  (select count(*)::integer from private.outlook_keys(tests.user_id('ann'), array[(tests.task('ann 3')).id])),
  1, 'and it is told of what has ended since its status was read'
);

-- How long runs took: from the first start to the end.
select tests.clear();
create function pg_temp.run(p_name text, p_seconds integer, p_ago integer, p_model text default 'one', p_operation text default 'text-to-image')
returns void
language plpgsql
as $$
begin
  perform tests.submit(p_name, p_model => p_model, p_operation => p_operation);
  perform tests.claim();
  perform tests.complete(p_name);
  update public.tasks
  set started_at = now() - make_interval(secs => p_ago + p_seconds), finished_at = now() - make_interval(secs => p_ago)
  where client_task_id = p_name;
end;
$$;
select pg_temp.run('old', 40, 300), pg_temp.run('new', 20, 10), pg_temp.run('between', 30, 100);
select pg_temp.run('another model', 99, 5, 'two'), pg_temp.run('another operation', 98, 5, 'one', 'image-to-image');
select tests.submit('failed', p_model => 'one');
select tests.claim();
select tests.fail('failed');
select is(
  private.run_history('text-to-image', 'openai', 'default', 'one'), array[20, 30, 40]::real[],
  'The last runs of a kind are told, the newest first'
);
select is(
  private.run_history('text-to-image', 'openai', 'default', 'two'), array[99]::real[],
  'of each model by itself'
);
select is(
  private.run_history('text-to-image', 'tripo', 'generation', 'one'), '{}'::real[],
  'and none where there are none'
);
create or replace function private.most_runs_known() returns integer language sql immutable return 2;
select is(
  private.run_history('text-to-image', 'openai', 'default', 'one'), array[20, 30]::real[],
  'No more are told than are needed'
);

select * from finish();
rollback;
