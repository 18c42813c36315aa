begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(12);

select tests.clear();
select tests.submit('ann ' || i) from generate_series(1, 5) as i;
select tests.submit('bob ' || i, p_user => 'bob') from generate_series(1, 2) as i;
select tests.submit('carl', p_user => 'carl');

select is(
  tests.claim(4), array['ann 1', 'bob 1', 'carl', 'ann 2'],
  'Who has one task is served after at most one of each other'
);
select tests.submit('dora', p_user => 'dora');
select is(
  tests.claim(), array['bob 2', 'dora', 'ann 3', 'ann 4', 'ann 5'],
  'also when coming late'
);

select tests.clear();
select tests.submit('alone ' || i) from generate_series(1, 3) as i;
select is(
  tests.claim(), array['alone 1', 'alone 2', 'alone 3'],
  'Who is alone has all of the lane'
);
select tests.submit('more');
select tests.retry('alone 1', p_delay_seconds => 0);
select is(tests.claim(), array['alone 1', 'more'], 'What is tried again keeps its turn');

-- Who has had a turn just now has had it also where nothing waits meanwhile.
select tests.clear();
select tests.submit('had');
select tests.claim();
select tests.complete('had');
select tests.submit('next ' || i) from generate_series(1, 2) as i;
select tests.submit('new', p_user => 'bob');
select is(tests.claim(), array['new', 'next 1', 'next 2'], 'Who has just had a turn lets one go first who has not');

-- Results are what is limited: ann asks for four at a time, bob for one.
select tests.clear();
update private.lanes set results_per_minute = 100, max_in_flight = 1 where provider = 'openai';
select tests.submit('four ' || i, p_results => 4) from generate_series(1, 3) as i;
select tests.submit('one ' || i, p_results => 1, p_user => 'bob') from generate_series(1, 9) as i;
create function pg_temp.started(p_count integer)
returns text[]
language plpgsql
as $$
declare
  v_names text[] := '{}';
  v_name text;
begin
  for i in 1..p_count loop
    v_name := (tests.claim(1))[1];
    perform tests.complete(v_name);
    v_names := v_names || v_name;
  end loop;
  return v_names;
end;
$$;
select is(
  pg_temp.started(10),
  array['four 1', 'one 1', 'one 2', 'one 3', 'one 4', 'four 2', 'one 5', 'one 6', 'one 7', 'one 8'],
  'Where results are limited users take turns by results'
);
select is(
  (
    select round(sum(result_count) filter (where client_task_id like 'four%')::numeric
      / sum(result_count) filter (where client_task_id like 'one%'), 1)
    from public.tasks where status = 'complete'
  ), 1.0, 'so each has as many'
);

-- One after the other, each when the one before has started.
select tests.clear();
update private.lanes set results_per_minute = 100, max_in_flight = 1 where provider = 'openai';
select tests.submit('big 1', p_results => 4);
select tests.submit('small 1', p_user => 'bob'), tests.submit('small 2', p_user => 'bob');
select is(pg_temp.started(1), array['big 1'], 'Who asks for the next one only when the last has started');
select tests.submit('big 2', p_results => 4);
select is(pg_temp.started(2), array['small 1', 'small 2'], 'gets no more than by asking for both at once');

-- What never started has taken nothing.
select tests.clear();
select tests.submit('canceled ' || i) from generate_series(1, 5) as i;
select tests.cancel('canceled ' || i) from generate_series(1, 5) as i;
select tests.submit('patient', p_user => 'bob'), tests.submit('patient 2', p_user => 'bob');
select tests.submit('again');
select is(tests.claim(2), array['patient', 'again'], 'A canceled task leaves its turn to the next of its user');

-- Pools take turns by themselves.
select tests.clear();
select tests.submit('a ' || i, p_provider => 'tripo', p_pool => 'generation') from generate_series(1, 3) as i;
select tests.submit('b', p_provider => 'tripo', p_pool => 'texture');
select is((tests.task('b')).turn, 0::bigint, 'In another pool a user has a turn of its own');
update private.pools set max_in_flight = 1 where name = 'generation';
select set_eq(
  'select unnest(tests.claim())', array['a 1', 'b'], 'and a full pool holds no other up'
);

select * from finish();
rollback;
