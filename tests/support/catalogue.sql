-- A line for everything that the migrations make: two databases are the same if their lines are.
with schemas as (
  select oid, nspname as name
  from pg_namespace
  where nspname in ('public', 'private', 'monitoring')
),
-- Objects of an extension are the extension's.
relations as (
  select pg_class.*, schemas.name || '.' || relname as name
  from pg_class
  join schemas on schemas.oid = relnamespace
  where not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')
),
functions as (
  select pg_proc.*, pg_proc.oid::regprocedure::text as name
  from pg_proc
  join schemas on schemas.oid = pronamespace
  where not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
)
select format('schema %s: owner %s, rights %s, comment %s', name, nspowner::regrole, nspacl, obj_description(schemas.oid, 'pg_namespace')) as line
from schemas
join pg_namespace using (oid)
union all
select format('extension %s', extname) from pg_extension
union all
select format(
  'relation %s: kind %s, persistence %s, options %s, row level security %s %s, rights %s, comment %s',
  name, relkind, relpersistence, reloptions, relrowsecurity, relforcerowsecurity, relacl,
  obj_description(oid, 'pg_class')
)
from relations
union all
select format(
  'column %s.%s: number %s, type %s, not null %s, default %s, identity %s, generated %s, rights %s, comment %s',
  name, attname, row_number() over (partition by attrelid order by attnum),
  format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid), attidentity,
  attgenerated, attacl, col_description(attrelid, attnum)
)
from relations
join pg_attribute on attrelid = relations.oid and attnum > 0 and not attisdropped
left join pg_attrdef on adrelid = attrelid and adnum = attnum
where relkind in ('r', 'v', 'm', 'p', 'c')
union all
select format('constraint %s.%s: %s', name, conname, pg_get_constraintdef(pg_constraint.oid))
from relations
join pg_constraint on conrelid = relations.oid
union all
select format('index %s', pg_get_indexdef(oid)) from relations where relkind = 'i'
union all
select format('view %s: %s', name, pg_get_viewdef(oid)) from relations where relkind in ('v', 'm')
union all
select format('trigger %s: enabled %s', pg_get_triggerdef(pg_trigger.oid), tgenabled)
from relations
join pg_trigger on tgrelid = relations.oid and not tgisinternal
union all
select format('policy %s', pg_policies)
from pg_policies
where schemaname in ('public', 'private', 'monitoring', 'storage')
union all
select format(
  'function %s: %s, rights %s, comment %s', name, pg_get_functiondef(oid), proacl,
  obj_description(oid, 'pg_proc')
)
from functions
where prokind = 'f'
union all
select format('default rights of %s in %s on %s: %s', defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, defaclacl)
from pg_default_acl
union all
select format('queue %s: options %s', relname, reloptions)
from pg_class
where relnamespace = 'pgmq'::regnamespace and relname ~ '^[aq]_' and relkind = 'r'
