begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(4);

create temp view our_tables as
select oid, oid::regclass as name, relnamespace::regnamespace::text as schema, relrowsecurity
from pg_class
where relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  and relkind in ('r', 'p', 'v', 'm', 'f');

select set_eq(
  'select name::text from our_tables',
  array[
    'tasks', 'concept_images', 'models', 'input_assets',
    'private.task_errors', 'private.lanes', 'private.provider_calls', 'private.api_keys',
    'private.dead_messages', 'private.workers', 'private.sweeps', 'private.orphans',
    'private.retention'
  ],
  'These are the tables, and no view that apps can reach'
);
select is_empty(
  $$ select name from our_tables where not relrowsecurity and name::text <> 'private.orphans' $$,
  'Each has row level security'
);
select is_empty(
  $$ select name from our_tables where obj_description(oid, 'pg_class') is null $$,
  'and says what it is for'
);
select is_empty(
  $$
    select tablename, policyname
    from pg_policies
    where schemaname in ('public', 'private')
      and (roles <> array['authenticated']::name[] or schemaname = 'private')
  $$,
  'Policies are for signed-in users and for public tables only'
);

select * from finish();
rollback;
