begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(12);

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

select * from finish();
rollback;
