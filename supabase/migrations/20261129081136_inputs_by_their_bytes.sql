-- What a file is, its bytes decide: the bucket takes the names that clients give to files, too.

set local lock_timeout = '2s';

update storage.buckets set allowed_mime_types = array[
  'image/png', 'image/jpeg', 'image/webp', 'model/gltf-binary', 'image/jpg',
  'application/octet-stream'
] where id = 'inputs';

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

comment on column public.tasks.inputs is 'Its input files as they were checked at the submit: bucket, path, bytes, etag, version, and mended: what is sent in place of a mask with greys. A worker reads no other file, and none that has changed since. Null for a task that was accepted before this was kept.';
