begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(2);

create function pg_temp.missing(p_name text) returns integer
language plpgsql
as $$
declare
  v_task public.tasks := tests.task(p_name);
  v_missing integer;
begin
  select missing_results into v_missing from private.read_tasks(v_task.user_id, array[v_task.id]);
  reset role;
  return v_missing;
end;
$$;

select tests.clear();
select tests.submit(name, p_results => 3) from unnest(array['all', 'fewer']) as name;
select tests.claim();
select tests.complete('all', array['https://files/a.png', 'https://files/b.png', 'https://files/c.png']);
select tests.complete('fewer', array['https://files/a.png', 'https://files/b.png']);
select is(pg_temp.missing('fewer'), 1, 'The owner is told how many results are missing');
select is(pg_temp.missing('all'), null, 'if any is');

select * from finish();
rollback;
