-- What a file is, its bytes decide: the bucket takes the names that clients give to files, too.

set local lock_timeout = '2s';

update storage.buckets set allowed_mime_types = array[
  'image/png', 'image/jpeg', 'image/webp', 'model/gltf-binary', 'image/jpg',
  'application/octet-stream'
] where id = 'inputs';
