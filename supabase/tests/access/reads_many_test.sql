begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(5);

select tests.clear();
select tests.submit('hers-' || number) from generate_series(1, 200) as number;
select tests.submit('his-' || number, p_user => 'bob') from generate_series(1, 200) as number;
update public.tasks
set status = 'failed', error_code = 'timeout', error = 'Late', finished_at = now(), message_id = null
where right(client_task_id, 1) = '1';

create function pg_temp.read(p_with_cost boolean)
returns setof record
language plpgsql
as $$
declare
  v_ids uuid[] := array(select id from public.tasks order by random());
  v_read jsonb;
begin
  v_read := jsonb_agg(to_jsonb(told)) from private.read_tasks(tests.user_id('ann'), v_ids, p_with_cost) as told;
  reset role;
  return query
  select client_task_id, status, billed, cost_usd
  from jsonb_to_recordset(v_read) as told (client_task_id text, status text, billed text, cost_usd numeric);
end;
$$;
create temp table told as
select * from pg_temp.read(false) as told (name text, status text, billed text, cost_usd numeric);
create temp table told_with_cost as
select * from pg_temp.read(true) as told (name text, status text, billed text, cost_usd numeric);

select set_eq(
  'select name from told',
  $$ select 'hers-' || number from generate_series(1, 200) as number $$,
  'Of many tasks a user is told of all of hers, and of nobody else''s'
);
select is_empty(
  $$ select * from told where (billed = 'no') is distinct from (case when status = 'failed' then true end) $$,
  'What is told of one is told of no other'
);
select is_empty('select * from told where cost_usd is not null', 'No cost is told unless asked for');
select is_empty(
  'select name from told except select name from told_with_cost',
  'With costs it is the same'
);
select is_empty(
  $$ select * from told_with_cost where (cost_usd = 0) is distinct from (case when status = 'failed' then true end) $$,
  'and what has ended has its cost'
);

select * from finish();
rollback;
