begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select * from no_plan();

-- Every table, view, queue, archive and sequence that is there, and every role of the Data API tries
-- everything. What is not in this list must be refused.
create temp table allowed (role text, name text, action text);
insert into allowed
select role, name, unnest(string_to_array(actions, ' '))
from (
  values
    ('authenticated', 'public.tasks', 'select'),
    ('authenticated', 'public.concept_images', 'select delete'),
    ('authenticated', 'public.models', 'select delete'),
    ('authenticated', 'public.input_assets', 'select insert update delete lock'),
    ('service_role', 'public.tasks', 'select'),
    ('service_role', 'public.concept_images', 'select'),
    ('service_role', 'public.models', 'select'),
    ('service_role', 'public.input_assets', 'select')
) as rights (role, name, actions);

create temp table attempts as
with relations as (
  select nspname || '.' || relname as name, relkind, class.oid
  from pg_class as class
  join pg_namespace as namespace on namespace.oid = relnamespace
  where nspname in ('public', 'private', 'monitoring', 'pgmq') and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
),
columns as (
  select distinct on (attrelid) attrelid as oid, attname
  from pg_attribute
  where attnum > 0 and not attisdropped and attidentity = ''
  order by attrelid, attnum
)
select role, name, action, statement
from unnest(array['anon', 'authenticated', 'service_role']) as role,
  relations
  left join columns using (oid),
  lateral (
    values
      ('select', format('select count(*) from %s', name), relkind <> 'S'),
      ('insert', format('insert into %s default values', name), relkind <> 'S'),
      ('update', format('update %s set %I = %I', name, attname, attname), relkind <> 'S'),
      ('delete', format('delete from %s', name), relkind <> 'S'),
      ('truncate', format('truncate %s cascade', name), relkind in ('r', 'p')),
      ('lock', format('select from %s for update', name), relkind in ('r', 'p')),
      ('next', format('select nextval(%L)', name), relkind = 'S'),
      ('read', format('select last_value from %s', name), relkind = 'S'),
      ('reset', format('select setval(%L, 1)', name), relkind = 'S')
  ) as actions (action, statement, fits)
where fits;

-- Whether a role is let through. What its statement did is undone.
create function pg_temp.is_refused(p_role text, p_statement text)
returns boolean
language plpgsql
as $$
begin
  perform set_config('role', p_role, true);
  execute p_statement;
  raise exception 'undo';
exception
  when insufficient_privilege then return true;
  when others then return false;
end;
$$;

select tests.create_user('ann');
select set_config('request.jwt.claim.sub', tests.user_id('ann')::text, true);
select set_config(
  'request.jwt.claims',
  jsonb_build_object('sub', tests.user_id('ann'), 'role', 'authenticated')::text,
  true
);

select cmp_ok(count(*), '>', 400::bigint, 'There is much to attempt') from attempts;
select is_empty(
  'select * from allowed where not exists (
    select from attempts
    where attempts.role = allowed.role and attempts.name = allowed.name
      and attempts.action = allowed.action
  )',
  'Every right of the list is attempted'
);
select is(
  pg_temp.is_refused(role, statement),
  not exists (
    select from allowed
    where allowed.role = attempts.role and allowed.name = attempts.name
      and allowed.action = attempts.action
  ),
  role || ': ' || statement
)
from attempts
order by name, role, action;

select * from finish();
rollback;
