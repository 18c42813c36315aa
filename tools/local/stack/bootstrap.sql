-- What a new project on the platform has before the first migration.

create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role authenticator login noinherit;
grant anon, authenticated, service_role to authenticator;

-- Auth, Data API and Storage. On the platform each has a role of its own; here one process is all of
-- them. It owns its schemas and may read, but owns nothing else: at every start it grants the API
-- roles everything on all tables, and without being their owner it grants nothing.
create role supabase_services login inherit createrole bypassrls;
grant anon, authenticated, service_role to supabase_services;
grant pg_read_all_data to supabase_services;

-- The project's own role is no superuser. It is one for a moment, to own the extensions.
create role postgres login superuser createdb createrole replication bypassrls;
grant anon, authenticated, service_role to postgres with admin option;
grant supabase_services to postgres;

alter database postgres owner to postgres;
grant create on database postgres to supabase_services;
alter schema public owner to postgres;
grant usage on schema public to anon, authenticated, service_role;

set local role postgres;
create schema extensions;
grant usage on schema extensions to anon, authenticated, service_role, supabase_services;
create extension pgcrypto with schema extensions;
create extension pgmq;
reset role;

alter role postgres nosuperuser;
