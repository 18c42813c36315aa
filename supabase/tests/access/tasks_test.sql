begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(32);

select tests.clear();
select tests.submit('hers');
select tests.submit('his', p_user => 'bob');

select tests.act_as('ann');
select results_eq(
  'select client_task_id from public.tasks', array['hers'],
  'A user sees her own tasks and no others'
);
select is_empty(
  $$ select id from public.tasks where client_task_id = 'his' $$,
  'not even if she asks for one'
);
select lives_ok(
  $$
    select id, user_id, client_task_id, operation, provider, status, progress, result_count,
      asset_urls, error_code, error, created_at, started_at, finished_at, reported_at, parameters,
      results, version
    from public.tasks
  $$,
  'She may read what the app shows'
);
select throws_ok(
  format('select %I from public.tasks', name), '42501', null,
  name || ' is not hers to read'
)
from unnest(array[
  'input_bytes', 'deadline_at', 'request_id', 'queue', 'message_id', 'lease',
  'lease_expires_at', 'failed_attempts', 'last_error', 'handle', 'accepted_at', 'provider_task_id',
  'inputs'
]) as name;
select throws_ok(
  'select * from public.tasks', '42501', null,
  'so she cannot read all columns at once'
);
select throws_ok(
  $$ select id from public.tasks where handle = 'job' $$, '42501', null,
  'nor search by one of them'
);
select throws_ok(statement, '42501', null, 'Not for users: ' || statement)
from unnest(array[
  'insert into public.tasks default values',
  $$ update public.tasks set status = 'canceled' $$,
  'delete from public.tasks',
  'truncate public.tasks cascade',
  'select from public.tasks for update'
]) as statement;

reset role;
select tests.act_as('bob');
select results_eq(
  'select client_task_id from public.tasks', array['his'],
  'The other user sees his'
);

reset role;
select tests.act_as('carl');
select is_empty('select id from public.tasks', 'Who has none sees none');

reset role;
select set_config('request.jwt.claim.sub', '', true);
set local role authenticated;
select is_empty('select id from public.tasks', 'Nor does a token without a user');

set local role anon;
select throws_ok(statement, '42501', null, 'Not for everybody: ' || statement)
from unnest(array[
  'select id from public.tasks',
  'insert into public.tasks default values',
  $$ update public.tasks set status = 'canceled' $$,
  'delete from public.tasks'
]) as statement;

reset role;
select set_eq(
  $$
    select column_name::text
    from information_schema.column_privileges
    where grantee = 'authenticated' and table_schema = 'public' and table_name = 'tasks'
      and privilege_type = 'SELECT'
  $$,
  array[
    'asset_urls', 'client_task_id', 'created_at', 'error', 'error_code', 'finished_at', 'id',
    'operation', 'parameters', 'progress', 'provider', 'reported_at', 'result_count', 'results',
    'started_at', 'status', 'user_id', 'version'
  ],
  'No other column of the tasks is granted to users'
);
select is(
  (select count(*)::integer from public.tasks), 2,
  'Nothing happened to the tasks'
);

select * from finish();
rollback;
