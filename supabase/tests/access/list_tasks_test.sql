begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(14);

-- The names of a part, in order; as many as there are without p_limit.
create function pg_temp.list(
  p_user text default 'ann',
  p_operation text default null,
  p_status text default null,
  p_after text default null,
  p_limit integer default 100
)
returns text[]
language plpgsql
as $$
declare
  v_after public.tasks := tests.task(p_after);
  v_ids uuid[];
begin
  v_ids := array(
    select listed.id
    from private.list_tasks(
      tests.user_id(p_user), p_operation, p_status,
      (extract(epoch from v_after.created_at) * 1000000)::bigint, v_after.id, p_limit
    ) as listed
  );
  reset role;
  return array(
    select client_task_id
    from unnest(v_ids) with ordinality as listed (id, place)
    join public.tasks using (id)
    order by place
  );
end;
$$;

select tests.clear();
select tests.submit('t' || number) from generate_series(1, 4) as number;
select tests.submit('model', p_provider => 'tripo', p_output => 'model', p_operation => 'text-to-model');
select tests.submit('his', p_user => 'bob');
select tests.create_user('carl');
update public.tasks
set created_at = now() - interval '1 hour' + ascii(right(client_task_id, 1)) * interval '1 microsecond';

select is(
  pg_temp.list(), array['model', 't4', 't3', 't2', 't1'],
  'A user''s tasks, newest first, also those a microsecond apart'
);
select is(pg_temp.list('bob'), array['his'], 'and nobody else''s');
select is(pg_temp.list('carl'), '{}'::text[], 'Who has none sees none');
select is(pg_temp.list(p_limit => 2), array['model', 't4'], 'No more than were asked for');
select is(pg_temp.list(p_after => 't4', p_limit => 2), array['t3', 't2'], 'The next part');
select is(pg_temp.list(p_after => 't1'), '{}'::text[], 'Behind the last there is none');
select is(
  pg_temp.list(p_after => 'his'), array['model', 't4', 't3', 't2', 't1'],
  'Somebody else''s place is a place only'
);
select is(pg_temp.list(p_operation => 'text-to-model'), array['model'], 'Of one operation');
select tests.cancel('t2');
select is(pg_temp.list(p_status => 'canceled'), array['t2'], 'Of one status');
select is(
  pg_temp.list(p_operation => 'text-to-model', p_status => 'canceled'), '{}'::text[], 'Of both'
);

update public.tasks set created_at = now() - interval '1 hour';
create temp table told (part integer, name text);
do $$
declare
  v_part text[];
  v_last text;
begin
  for v_number in 1..10 loop
    v_part := pg_temp.list(p_after => v_last, p_limit => 2);
    exit when v_part = '{}';
    insert into told select v_number, unnest(v_part);
    v_last := v_part[cardinality(v_part)];
  end loop;
end;
$$;
select results_eq(
  'select name from told order by name', array['model', 't1', 't2', 't3', 't4'],
  'Those of one moment are told once each'
);

update public.tasks set is_purged = true, winds_down = true where client_task_id = 't2';
select is(cardinality(pg_temp.list()), 4, 'What is deleted is not told');
alter policy "Users read their own tasks" on public.tasks using (false);
select is(pg_temp.list(), '{}'::text[], 'It is the policy that decides');

select private.block_user(tests.user_id('ann'), 'Spam');
select results_eq(
  format('select blocked, id from private.list_tasks(%L, null, null, null, null, 5)', tests.user_id('ann')),
  $$ values (true, null::uuid) $$,
  'A blocked user is told so'
);

select * from finish();
rollback;
