begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(5);

create temp view our_functions as
select oid, oid::regprocedure as name, proconfig, prosecdef, pronamespace
from pg_proc
where pronamespace in (
    'public'::regnamespace, 'private'::regnamespace, 'monitoring'::regnamespace
  )
  and not exists (
    select from pg_depend where objid = pg_proc.oid and deptype = 'e'
  );

select isnt_empty('select name from our_functions', 'There are functions to look at');
select is_empty(
  $$ select name from our_functions where pronamespace = 'public'::regnamespace $$,
  'None is where the Data API would offer it'
);
select is_empty(
  $$
    select name from our_functions
    where proconfig is null or not 'search_path=""' = any (proconfig)
  $$,
  'Each has an empty search path'
);
select bag_eq(
  $$
    select role, name::text
    from our_functions, unnest(array['public', 'anon', 'authenticated', 'service_role']) as role
    where has_function_privilege(role, oid, 'execute')
  $$,
  $$ values ('authenticated', 'private.may_upload()'), ('authenticated', 'private.user_folders(uuid)') $$,
  'Only what a policy asks may be run by anybody but the backend'
);
select is_empty(
  $$ select name from our_functions where obj_description(oid, 'pg_proc') is null $$,
  'Each says what it does'
);

select * from finish();
rollback;
