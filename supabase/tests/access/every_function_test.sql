begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select * from no_plan();

-- Every function of the backend and of the queues, and every role of the Data API calls it.
create temp table calls as
select
  role,
  proc.oid,
  format(
    'select %s.%I(%s)', nspname, proname,
    (
      select string_agg(
        case when position = provariadic_position then 'variadic ' else '' end
          || 'null::' || format_type(type, null), ', ' order by position
      )
      from unnest(proargtypes) with ordinality as arguments (type, position)
    )
  ) as statement
from unnest(array['anon', 'authenticated', 'service_role']) as role,
  pg_proc as proc
  join pg_namespace as namespace on namespace.oid = pronamespace,
  lateral (
    select case when provariadic <> 0 then pronargs end as provariadic_position
  ) as variadics
where nspname in ('public', 'private', 'monitoring', 'pgmq') and prokind = 'f';

create function pg_temp.refusal(p_role text, p_statement text)
returns text
language plpgsql
as $$
begin
  perform set_config('role', p_role, true);
  execute p_statement;
  raise exception 'undo';
exception
  when others then return sqlstate;
end;
$$;

select cmp_ok(count(*), '>', 100::bigint, 'There is much to call') from calls;
select is(pg_temp.refusal(role, statement), '42501', role || ': ' || statement)
from calls
order by statement, role;

select set_eq(
  $$
    select oid::regprocedure::text from pg_proc
    where pronamespace in (
      'public'::regnamespace, 'private'::regnamespace, 'monitoring'::regnamespace
    ) and prosecdef
    -- These note what was deleted. Nobody can call a trigger.
    and (
      prorettype <> 'trigger'::regtype
      or proname not in (
        'remove_files_of_tasks', 'remove_files_of_results', 'purge_deleted_user'
      )
    )
  $$,
  -- What a policy asks, for the caller alone; and triggers of the one table that apps write.
  array[
    'private.may_upload()', 'private.check_input_asset_limits()',
    'private.note_uses_by_input_asset()'
  ],
  'Three lend a caller the rights of their owner, and no others'
);

select is_empty(
  $$
    select role, nspname
    from unnest(array['anon', 'authenticated', 'service_role']) as role, pg_namespace
    where nspname in ('private', 'monitoring', 'pgmq', 'cron', 'vault')
      and (has_schema_privilege(role, oid, 'usage') or has_schema_privilege(role, oid, 'create'))
  $$,
  'No role of the Data API may enter the schemas of backend, operator, queues, schedules or secrets'
);
select is_empty(
  $$
    select role, nspname
    from unnest(array['anon', 'authenticated', 'service_role']) as role, pg_namespace
    where nspname !~ '^pg_temp' and has_schema_privilege(role, oid, 'create')
  $$,
  'None may create anything anywhere'
);

select * from finish();
rollback;
