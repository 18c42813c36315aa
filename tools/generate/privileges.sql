-- Everything that the roles of the Data API may do in this project, one line each: schemas, tables,
-- columns, sequences, functions, default privileges, policies, buckets, publications, memberships.
-- What belongs to an extension is left out, but for the queues.

with
our_schemas as (
  select oid, nspname, nspowner, nspacl
  from pg_namespace
  where nspname in ('public', 'private', 'monitoring', 'pgmq')
),
extension_members as (
  select classid, objid from pg_depend where deptype = 'e'
),
relations as (
  select
    class.oid,
    our_schemas.nspname || '.' || class.relname as name,
    class.relkind,
    class.relowner,
    class.relacl,
    class.relrowsecurity,
    class.reloptions
  from pg_class as class
  join our_schemas on our_schemas.oid = class.relnamespace
  where class.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    and (
      (our_schemas.nspname = 'pgmq' and class.relname ~ '^[qa]_')
      or not exists (
        select from extension_members
        where classid = 'pg_class'::regclass and objid = class.oid
      )
    )
),
functions as (
  select
    proc.oid,
    our_schemas.nspname || '.' || proc.proname
      || '(' || pg_get_function_identity_arguments(proc.oid) || ')' as name,
    proc.proowner,
    proc.proacl,
    proc.prosecdef
  from pg_proc as proc
  join our_schemas on our_schemas.oid = proc.pronamespace
  where not exists (
    select from extension_members where classid = 'pg_proc'::regclass and objid = proc.oid
  )
),
grants as (
  select 'schema ' || nspname as object, acl.*
  from our_schemas, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) as acl
  union all
  select
    case relkind when 'S' then 'sequence ' when 'v' then 'view ' else 'table ' end || name,
    acl.*
  from relations,
    aclexplode(
      coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner))
    ) as acl
  union all
  select 'column ' || relations.name || '.' || attribute.attname, acl.*
  from relations
  join pg_attribute as attribute on attribute.attrelid = relations.oid and not attisdropped,
    aclexplode(attribute.attacl) as acl
  union all
  select 'function ' || name, acl.*
  from functions, aclexplode(coalesce(proacl, acldefault('f', proowner))) as acl
  union all
  select
    'new ' || case defaclobjtype
      when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
      when 'T' then 'types' when 'n' then 'schemas'
    end
      || ' of ' || defaclrole::regrole
      || case when defaclnamespace = 0 then '' else ' in ' || defaclnamespace::regnamespace end,
    acl.*
  from pg_default_acl, aclexplode(defaclacl) as acl
  where defaclrole = 'postgres'::regrole
),
clients as (
  select 0::oid as oid, 'public' as name
  union all
  select oid, rolname from pg_roles where rolname in ('anon', 'authenticated', 'service_role')
),
lines as (
  select
    clients.name || ': ' || lower(privilege_type)
      || case when is_grantable then ' with grant option' else '' end
      || ' on ' || object as line
  from grants
  join clients on clients.oid = grants.grantee
  union all
  select clients.name || ': is a member of ' || roleid::regrole
  from pg_auth_members
  join clients on clients.oid = member
  union all
  select 'policy on ' || schemaname || '.' || tablename || ': "' || policyname || '" for '
    || lower(cmd) || ' to ' || array_to_string(roles, ', ')
    || coalesce(' using ' || regexp_replace(qual, '\s+', ' ', 'g'), '')
    || coalesce(' with check ' || regexp_replace(with_check, '\s+', ' ', 'g'), '')
    || case permissive when 'RESTRICTIVE' then ' (restrictive)' else '' end
  from pg_policies
  where schemaname in ('public', 'private', 'monitoring', 'pgmq', 'storage')
  union all
  select 'no row level security: ' || name
  from relations
  where relkind not in ('S', 'v') and not relrowsecurity and name !~ '^pgmq'
  union all
  select 'view under the rights of its owner: ' || name
  from relations
  where relkind = 'v' and reloptions is distinct from array['security_invoker=true']
  union all
  select 'security definer: ' || name from functions where prosecdef
  union all
  select 'bucket ' || id || ': ' || case when public then 'public' else 'private' end
    || ', ' || coalesce(file_size_limit::text, 'unlimited') || ' bytes, '
    || coalesce(array_to_string(allowed_mime_types, ' '), 'any type')
  from storage.buckets
  union all
  select 'publication ' || pubname || ': ' || schemaname || '.' || tablename
  from pg_publication_tables
)
select line from lines order by line collate "C";
