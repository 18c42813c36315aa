begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(2);

select results_eq(
  $$
    select id, public, file_size_limit, allowed_mime_types
    from storage.buckets
    where id = 'inputs'
  $$,
  $$
    values (
      'inputs', false, 52428800::bigint,
      array[
        'image/png', 'image/jpeg', 'image/webp', 'model/gltf-binary', 'image/jpg',
        'application/octet-stream'
      ]
    )
  $$,
  'Inputs are private: pictures and models of up to 50 MB'
);
select results_eq(
  $$
    select id, public, file_size_limit, allowed_mime_types
    from storage.buckets
    where id = 'generated'
  $$,
  $$
    values (
      'generated', true, null::bigint,
      array[
        'image/png', 'image/jpeg', 'image/webp', 'image/svg+xml', 'model/gltf-binary',
        'application/octet-stream'
      ]
    )
  $$,
  'Results are public: the same, vector graphics and what is for download only; the limit is the project''s'
);

select * from finish();
rollback;
