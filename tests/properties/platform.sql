-- What the migrations find on the platform and refer to, as far as they do: enough for a database
-- that only the property tests use.

create schema extensions;
create extension pgcrypto with schema extensions;

create schema auth;
create table auth.users (
  id uuid primary key, aud text, role text, email text, banned_until timestamptz
);
create function auth.uid() returns uuid language sql stable return null::uuid;
create function auth.jwt() returns jsonb language sql stable return '{}'::jsonb;

create schema storage;
create table storage.buckets (
  id text primary key, name text, public boolean, file_size_limit bigint, allowed_mime_types text[]
);
create table storage.objects (
  bucket_id text, name text, metadata jsonb, user_metadata jsonb,
  created_at timestamptz default now(), updated_at timestamptz default now()
);
create function storage.foldername(name text) returns text[] language sql immutable
return string_to_array(name, '/');
