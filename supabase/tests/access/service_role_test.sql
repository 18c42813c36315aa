begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(13);

select tests.clear();
select tests.submit('hers');
select tests.submit('his', p_user => 'bob', p_operation => 'text-to-model', p_output => 'model');
insert into public.input_assets (user_id, asset_url)
values (tests.user_id('ann'), 'https://files/0.png');

set local role service_role;
select is(
  (select count(*)::integer from public.tasks where parameters ->> 'prompt' = 'A cat'), 2,
  'The service role reads the tasks of all users, with all columns'
);
select is((select count(*)::integer from public.concept_images), 1, 'and images');
select is((select count(*)::integer from public.models), 1, 'and models');
select is((select count(*)::integer from public.input_assets), 1, 'and inputs');

select throws_ok(statement, '42501', null, 'Not for the service role: ' || statement)
from unnest(array[
  'insert into public.tasks default values',
  $$ update public.tasks set status = 'canceled' $$,
  'delete from public.tasks',
  $$ update public.concept_images set prompt = 'A dog' $$,
  'delete from public.concept_images',
  $$ update public.models set prompt = 'A dog' $$,
  'delete from public.models',
  'delete from public.input_assets'
]) as statement;

reset role;
select set_eq(
  $$
    select grantee::text, table_name::text,
      string_agg(privilege_type::text, ' ' order by privilege_type::text)
    from information_schema.table_privileges
    where table_schema = 'public' and grantee in ('PUBLIC', 'anon', 'authenticated', 'service_role')
    group by grantee, table_name
  $$,
  $$
    values
      ('authenticated', 'concept_images', 'DELETE SELECT'),
      ('authenticated', 'input_assets', 'DELETE INSERT SELECT UPDATE'),
      ('authenticated', 'models', 'DELETE SELECT'),
      ('service_role', 'concept_images', 'SELECT'),
      ('service_role', 'input_assets', 'SELECT'),
      ('service_role', 'models', 'SELECT'),
      ('service_role', 'tasks', 'SELECT')
  $$,
  'These are all the rights on tables of the Data API''s roles'
);

select * from finish();
rollback;
