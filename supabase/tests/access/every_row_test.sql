begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select * from no_plan();

-- Two users have rows in every table that apps can reach; each sees and touches only their own.
select tests.clear();
do $$
declare
  v_user text;
begin
  foreach v_user in array array['ann', 'bob'] loop
    perform tests.submit(v_user || ' image', p_user => v_user);
    perform tests.submit(
      v_user || ' model', p_user => v_user, p_operation => 'text-to-model', p_output => 'model'
    );
    insert into public.input_assets (user_id, asset_url)
    values (tests.user_id(v_user), 'https://files/' || v_user || '.png');
  end loop;
end;
$$;

create temp table reachable as
select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public';

-- Rows of a user, counted by whoever asks.
create function pg_temp.rows_of(p_table text, p_user text)
returns bigint
language plpgsql
as $$
declare
  v_count bigint;
begin
  execute format('select count(*) from %s where user_id = $1', p_table)
  into v_count using tests.user_id(p_user);
  return v_count;
end;
$$;

create function pg_temp.content(p_table text, p_user text)
returns text
language plpgsql
as $$
declare
  v_rows text;
begin
  execute format(
    'select string_agg(r::text, '','' order by r.id) from %s as r where user_id = $1', p_table
  ) into v_rows using tests.user_id(p_user);
  return v_rows;
end;
$$;

create function pg_temp.touch(p_table text, p_statement text)
returns void
language plpgsql
as $$
begin
  execute format(p_statement, p_table);
exception
  when insufficient_privilege then null;
end;
$$;

grant select on reachable to anon, authenticated, service_role;
create temp table before as
select name, pg_temp.content(name, 'bob') as rows from reachable;

select cmp_ok(
  pg_temp.rows_of(name, person), '>', 0::bigint,
  format('%s has rows in %s; a new table needs some above', person, name)
)
from reachable, unnest(array['ann', 'bob']) as person;

select tests.act_as('ann');
select cmp_ok(pg_temp.rows_of(name, 'ann'), '>', 0::bigint, 'She sees her own rows of ' || name)
from reachable;
select is(pg_temp.rows_of(name, 'bob'), 0::bigint, 'and none of his of ' || name) from reachable;
select pg_temp.touch(name, statement)
from reachable,
  unnest(array[
    format('update %%s set user_id = user_id where user_id = %L', tests.user_id('bob')),
    format('update %%s set user_id = %L where user_id <> %1$L', tests.user_id('ann')),
    format('delete from %%s where user_id = %L', tests.user_id('bob'))
  ]) as statement;

reset role;
select is(
  pg_temp.content(reachable.name, 'bob'), before.rows,
  'What she tried has changed nothing of his in ' || reachable.name
)
from reachable
join before using (name);

-- A token of nobody, and of a user that is not there.
select set_config('request.jwt.claim.sub', '', true), set_config('request.jwt.claims', '', true);
set local role authenticated;
select is(
  pg_temp.rows_of(name, 'ann') + pg_temp.rows_of(name, 'bob'), 0::bigint,
  'Without a user there is nothing in ' || name
)
from reachable;
reset role;
select tests.act_as('carl');
select is(
  pg_temp.rows_of(name, 'ann') + pg_temp.rows_of(name, 'bob'), 0::bigint,
  'Who has nothing sees nothing in ' || name
)
from reachable;

reset role;
select is_empty(
  $$
    select tablename from pg_publication_tables
    where pubname = 'supabase_realtime' and schemaname in ('public', 'private', 'monitoring', 'pgmq')
  $$,
  'Realtime, which tells everybody of what is deleted, is told of no table'
);

select * from finish();
rollback;
