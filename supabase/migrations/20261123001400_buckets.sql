-- Files: what the app uploads, and what the backend makes of it. Models can have well over 100 MB; a
-- project's own limit for all buckets may be lower (50 MB on the Free plan), and then counts.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values
  (
    'inputs', 'inputs', false, 50 * 1024 * 1024,
    array['image/png', 'image/jpeg', 'image/webp', 'model/gltf-binary']
  ),
  (
    'generated', 'generated', true, 256 * 1024 * 1024,
    array['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml', 'model/gltf-binary']
  )
on conflict (id) do update set
  public = excluded.public,
  file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;
