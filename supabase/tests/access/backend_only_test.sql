begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(24);

-- Every attempt, by every role of the Data API.
create temp table attempts as
select statement
from unnest(array[
  'select * from private.lanes',
  'select * from private.provider_calls',
  'select * from private.api_keys',
  'select * from private.task_errors',
  'select * from private.claim_tasks(1, 15)',
  'select private.expire_tasks()',
  'select * from pgmq.q_openai',
  $$ select pgmq.read('openai', 1, 1) $$
]) as statement;
grant select on attempts to anon, authenticated, service_role;

set local role anon;
select throws_ok(statement, '42501', null, 'anon: ' || statement) from attempts;
set local role authenticated;
select throws_ok(statement, '42501', null, 'authenticated: ' || statement) from attempts;
reset role;

select is_empty(
  $$
    select role, schema
    from unnest(array['anon', 'authenticated', 'service_role']) as role,
      unnest(array['private', 'pgmq']) as schema
    where has_schema_privilege(role, schema, 'usage')
      or has_schema_privilege(role, schema, 'create')
  $$,
  'No role of the Data API may enter the schemas of the backend'
);
select is_empty(
  $$
    select role, class.oid::regclass
    from unnest(array['anon', 'authenticated', 'service_role']) as role,
      pg_class as class
    where relnamespace in ('private'::regnamespace, 'pgmq'::regnamespace)
      and relkind in ('r', 'p', 'v', 'm')
      and (
        has_table_privilege(role, class.oid, 'select, insert, update, delete, truncate')
        or has_any_column_privilege(role, class.oid, 'select, insert, update')
      )
  $$,
  'None has a right on any of their tables, queues and archives included'
);
select is_empty(
  $$
    select role, class.oid::regclass
    from unnest(array['anon', 'authenticated', 'service_role']) as role,
      pg_class as class
    where relnamespace in ('private'::regnamespace, 'pgmq'::regnamespace)
      and relkind = 'S'
      and has_sequence_privilege(role, class.oid, 'usage, select, update')
  $$,
  'or on a sequence'
);
select is_empty(
  $$
    select role, proc.oid::regprocedure
    from unnest(array['public', 'anon', 'authenticated', 'service_role']) as role,
      pg_proc as proc
    where pronamespace = 'private'::regnamespace
      and has_function_privilege(role, proc.oid, 'execute')
  $$,
  'None may run a function of the backend, should it get in'
);
select is_empty(
  $$
    select role, proc.oid::regprocedure
    from unnest(array['anon', 'authenticated', 'service_role']) as role,
      pg_proc as proc
    where pronamespace in ('private'::regnamespace, 'public'::regnamespace)
      and prosecdef
      and has_function_privilege(role, proc.oid, 'execute')
  $$,
  'No function lends them the rights of its owner'
);
select is_empty(
  $$
    select role
    from unnest(array['anon', 'authenticated', 'service_role']) as role
    where has_schema_privilege(role, 'public', 'create')
  $$,
  'None may create anything in public'
);
set local role service_role;
select throws_ok('select * from private.lanes', '42501', null, 'service_role: lanes');
select throws_ok($$ select pgmq.read('openai', 1, 1) $$, '42501', null, 'service_role: the queue');

select * from finish();
rollback;
