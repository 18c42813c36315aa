-- Buckets are looked through for files that are to go page by page, in the order of an index, and
-- from the start again at their end.

create table private.file_cursors (
  bucket_id text not null,
  last_name text not null default '',

  constraint file_cursors_pkey primary key (bucket_id)
);

comment on table private.file_cursors is 'How far the search for files to be removed has come in each bucket.';
comment on column private.file_cursors.last_name is 'The last file that was looked at; empty: none of this pass.';

alter table private.file_cursors enable row level security;

create or replace function private.files_after(p_bucket text, p_name text, p_files integer)
returns table (name text, created_at timestamptz, changed_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select objects.name, objects.created_at, greatest(objects.created_at, objects.updated_at)
  from storage.objects
  where objects.bucket_id = p_bucket and objects.name collate "C" > p_name
  -- The order of Storage's own index, whatever the collation of the database.
  order by objects.name collate "C"
  limit p_files;
$$;

comment on function private.files_after is 'The next files of a bucket, at most so many.';
