-- An empty project on the platform, as far as migrations can tell: the objects of platform.sql belong
-- to others than the project's own role `postgres`, which is no superuser. It may create extensions
-- there; here it has pgmq already.

alter role postgres superuser;
set local role postgres;
create extension pgmq;
reset role;
alter role postgres nosuperuser;

alter schema public owner to postgres;
grant usage on schema public to anon, authenticated, service_role;
alter schema auth owner to supabase_services;
alter schema storage owner to supabase_services;
alter table auth.users owner to supabase_services;
alter table storage.buckets owner to supabase_services;
alter table storage.objects owner to supabase_services;
alter table storage.objects enable row level security;
grant usage on schema extensions, auth, storage to postgres, anon, authenticated, service_role;
