-- Files: what the app uploads, and what the backend makes of it. Models can have well over 100 MB;
-- the worker takes 256 MB at most. Buckets of results have no limit of their own, so that the
-- project's counts, whatever its plan allows (50 MB on the Free plan): a bucket beyond that could
-- not even be edited in the dashboard. A project may make its results private; the functions'
-- setting GENERATED_BUCKET_PUBLIC must say the same.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values
  (
    'inputs', 'inputs', false, 50 * 1024 * 1024,
    -- What a file is, its bytes decide at the submit; the last two are what clients say of files
    -- that they do not know.
    array[
      'image/png', 'image/jpeg', 'image/webp', 'model/gltf-binary', 'image/jpg',
      'application/octet-stream'
    ]
  ),
  (
    'generated', 'generated', true, null,
    -- The last one: drawings that cannot be cleaned, so that no browser shows them.
    array[
      'image/png', 'image/jpeg', 'image/webp', 'image/svg+xml', 'model/gltf-binary',
      'application/octet-stream'
    ]
  ),
  -- Results that were reported. No policy opens it: only the backend and the dashboard read it.
  (
    'reported', 'reported', false, null,
    array[
      'image/png', 'image/jpeg', 'image/webp', 'image/svg+xml', 'model/gltf-binary',
      'application/octet-stream'
    ]
  )
on conflict (id) do update set
  -- What is private stays so.
  public = buckets.public and excluded.public,
  -- So does a limit that is lower.
  file_size_limit = least(buckets.file_size_limit, excluded.file_size_limit),
  allowed_mime_types = excluded.allowed_mime_types;
