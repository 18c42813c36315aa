begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(18);

select tests.clear();
select tests.submit('her image', p_results => 2);
select tests.submit('his image', p_user => 'bob');
select tests.submit('her model', p_operation => 'text-to-model', p_output => 'model');
select tests.submit(
  'his model', p_user => 'bob', p_operation => 'text-to-model', p_output => 'model'
);

select tests.act_as('ann');
select results_eq(
  'select distinct task_id from public.concept_images', array['her image'],
  'A user sees her own images and no others'
);
select results_eq(
  'select task_id from public.models', array['her model'],
  'and her own models'
);

delete from public.concept_images where result_index = 0 or task_id = 'his image';
delete from public.models;
select results_eq(
  'select result_index::integer from public.concept_images', array[1],
  'She may delete one of her images'
);
select is_empty('select id from public.models', 'and a model');

select throws_ok(statement, '42501', null, 'Not for users: ' || statement)
from unnest(array[
  'insert into public.concept_images default values',
  'insert into public.models default values',
  $$ update public.concept_images set prompt = 'A dog' $$,
  $$ update public.models set prompt = 'A dog' $$,
  'truncate public.concept_images cascade',
  'truncate public.models'
]) as statement;

reset role;
select tests.act_as('bob');
select results_eq(
  'select task_id from public.concept_images', array['his image'],
  'The other user still has his image'
);
select results_eq(
  'select task_id from public.models', array['his model'],
  'and his model'
);

set local role anon;
select throws_ok(statement, '42501', null, 'Not for everybody: ' || statement)
from unnest(array[
  'select id from public.concept_images',
  'select id from public.models',
  'delete from public.concept_images',
  'delete from public.models'
]) as statement;

reset role;
select is(tests.assets('her image'), array['pending'], 'What is deleted is gone for all');
select is(
  (tests.task('her image')).status, 'pending',
  'A task does not mind that its asset rows are deleted'
);

select * from finish();
rollback;
