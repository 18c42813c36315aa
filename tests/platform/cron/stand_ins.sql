-- What the platform has beside pg_cron: its roles, a pg_net that only notes what it is told to send,
-- and a Vault that keeps secrets as they are. Functions and views have the shape of the real ones.

create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role postgres login createrole bypassrls;
grant anon, authenticated, service_role to postgres with admin option;
grant create on database postgres to postgres;
grant all on schema public to postgres;

create schema net authorization postgres;
create table net.calls (
  sent_at timestamptz not null default now(),
  url text, body jsonb, headers jsonb, timeout_milliseconds integer
);
alter table net.calls owner to postgres;
create function net.http_post(
  url text,
  body jsonb default '{}',
  params jsonb default '{}',
  headers jsonb default '{"Content-Type": "application/json"}',
  timeout_milliseconds integer default 5000
)
returns bigint
language sql
as $$
  insert into net.calls (url, body, headers, timeout_milliseconds)
  values (url, body, headers, timeout_milliseconds)
  returning 1::bigint;
$$;

create schema vault authorization postgres;
create table vault.secrets (id uuid primary key default gen_random_uuid(), name text, secret text);
create view vault.decrypted_secrets as select *, secret as decrypted_secret from vault.secrets;
alter table vault.secrets owner to postgres;
alter view vault.decrypted_secrets owner to postgres;
create function vault.create_secret(
  new_secret text, new_name text default null, new_description text default ''
)
returns uuid
language sql
as $$
  insert into vault.secrets (name, secret) values (new_name, new_secret) returning id;
$$;
create function vault.update_secret(
  secret_id uuid, new_secret text default null, new_name text default null,
  new_description text default null
)
returns void
language sql
as $$
  update vault.secrets set secret = new_secret where id = secret_id;
$$;
