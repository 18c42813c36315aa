begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(15);

-- What is noted of a pool: mean, longest.
create function pg_temp.noted(p_provider text default 'openai', p_pool text default 'default')
returns integer[]
language sql
as $$
  select array[round(mean_run_seconds), round(longest_run_seconds)]::integer[]
  from private.pools
  where provider = p_provider and name = p_pool;
$$;

create function pg_temp.version()
returns tid
language sql
as $$ select ctid from private.pools where provider = 'openai' $$;

-- A call that took so long.
create function pg_temp.add_run(p_seconds integer)
returns void
language sql
as $$
  select tests.add_call('succeeded', p_ago => make_interval(secs => p_seconds));
  update private.provider_calls set finished_at = now()
  where task_id is null and finished_at = started_at;
$$;

create function pg_temp.closer_looks()
returns bigint
language sql
as $$
  select coalesce(
    pg_stat_get_xact_function_calls('private.check_expected_start'::regproc), 0
  );
$$;

select tests.clear();
select tests.submit('first');
select tests.claim();
select is(pg_temp.noted(), array[null, null]::integer[], 'Where nothing was run nothing is noted');
select pg_temp.add_run(30), pg_temp.add_run(50);
select is(pg_temp.noted(), array[null, null]::integer[], 'What has ended is noted');
select tests.submit('second');
select tests.claim();
select is(pg_temp.noted(), array[40, 50], 'by the next worker that starts something');
select is(pg_temp.noted('flux'), array[null, null]::integer[], 'of this pool alone');
create temp table version as select pg_temp.version() as noted;
select pg_temp.add_run(41);
select tests.submit('third');
select tests.claim();
select is(pg_temp.version(), (select noted from version), 'and written again for no small change');
select pg_temp.add_run(51), pg_temp.add_run(51), pg_temp.add_run(51);
select tests.submit('fourth');
select tests.claim();
select is(pg_temp.noted(), array[46, 51], 'but for one by more than a twentieth');
update private.provider_calls set outcome = 'failed' where task_id is null;
select tests.submit('fifth');
select tests.claim();
select is(pg_temp.noted(), array[null, null]::integer[], 'and for one to none');

-- A submit goes by what is noted. One of five ends in each fifth of a run.
set local track_functions = 'pl';
update private.lanes set max_in_flight = 5 where provider = 'openai';
update private.pools set mean_run_seconds = 200, longest_run_seconds = 200 where provider = 'openai';
select is(
  (select expected_start_seconds from tests.submit('dry', p_is_dry_run => true)), 40,
  'A full lane lets the next one start after a part of such a run'
);
select is(pg_temp.closer_looks(), 0::bigint, 'which is early, and no submit looks closer');
select tests.submit('waits ' || i) from generate_series(1, 3) as i;
select is(pg_temp.closer_looks(), 0::bigint, 'as long as half of its time is enough');
select tests.submit('waits 4');
select is(pg_temp.closer_looks(), 1::bigint, 'and then each does');
select tests.submit('waits ' || i) from generate_series(5, 9) as i;
select is(pg_temp.closer_looks(), 6::bigint, 'of those that come after it, too');
create temp table refused as select * from tests.submit('too late');
select is((select exceeded_limit from refused), 'time_limit', 'What would start too late is refused');
-- The tenth would start after 400 seconds, and needs 220 of its 600.
select is((select retry_after_seconds from refused), 20, 'until it could');
update private.pools set mean_run_seconds = null, longest_run_seconds = null where provider = 'openai';
select is(
  (select exceeded_limit from tests.submit('in time')), null,
  'Where nothing is noted a run takes as long as it takes at least'
);

select * from finish();
rollback;
