begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select * from no_plan();

-- What Storage grants on the platform; the policies do the rest.
grant usage on schema storage to anon, authenticated, service_role;
grant select, insert, update, delete on storage.objects to anon, authenticated, service_role;

-- What users may do in their own folder. Nothing anywhere else, and in no other bucket.
create temp table allowed (bucket text, action text);
insert into allowed values
  ('inputs', 'add'), ('inputs', 'see'), ('inputs', 'replace'), ('inputs', 'remove'),
  ('generated', 'see'), ('generated', 'remove');

insert into storage.buckets (id, name, public) values
  ('tests-private', 'tests-private', false), ('tests-public', 'tests-public', true);
insert into storage.objects (bucket_id, name)
select id, tests.user_id(person) || '/there.png'
from storage.buckets, unnest(array['ann', 'bob']) as person;

create temp table attempts as
select role, id as bucket, folder, action, statement
from storage.buckets,
  (
    values ('anon', 'foreign'), ('authenticated', 'own'), ('authenticated', 'foreign'),
      ('authenticated', 'no')
  ) as callers (role, folder),
  lateral (
    select case folder
      when 'own' then tests.user_id('ann') || '/'
      when 'foreign' then tests.user_id('bob') || '/'
      else ''
    end
  ) as folders (path),
  lateral (
    values
      (
        'add',
        format(
          'with r as (insert into storage.objects (bucket_id, name) values (%L, %L) returning 1)',
          id, path || 'new.png'
        )
      ),
      (
        'see',
        format(
          'with r as (select from storage.objects where bucket_id = %L and name = %L)',
          id, path || 'there.png'
        )
      ),
      (
        'replace',
        format(
          'with r as (update storage.objects set metadata = ''{}'' where bucket_id = %L
            and name = %L returning 1)',
          id, path || 'there.png'
        )
      ),
      (
        'remove',
        format(
          'with r as (delete from storage.objects where bucket_id = %L and name = %L returning 1)',
          id, path || 'there.png'
        )
      )
  ) as actions (action, statement);

-- How many files a statement reached as that role; what it did is undone.
create function pg_temp.reached(p_role text, p_statement text)
returns integer
language plpgsql
as $$
declare
  v_count integer;
begin
  perform set_config('role', p_role, true);
  execute p_statement || ' select count(*) from r' into v_count;
  raise exception using errcode = 'UNDO0', message = v_count::text;
exception
  when insufficient_privilege then return 0;
  when sqlstate 'UNDO0' then return sqlerrm::integer;
end;
$$;

select tests.create_user('ann');
select set_config('request.jwt.claim.sub', tests.user_id('ann')::text, true);
select set_config(
  'request.jwt.claims',
  jsonb_build_object('sub', tests.user_id('ann'), 'role', 'authenticated')::text,
  true
);
select is(
  pg_temp.reached(role, statement),
  (folder = 'own' and (bucket, action) in (select * from allowed))::integer,
  format('%s, %s folder of %s: %s', role, folder, bucket, action)
)
from attempts;
-- The policies do not look at whether a bucket is public: one that is made private needs no other.
update storage.buckets set public = false where id = 'generated';
select is(
  pg_temp.reached(role, statement),
  (folder = 'own' and (bucket, action) in (select * from allowed))::integer,
  format('%s, %s folder of private %s: %s', role, folder, bucket, action)
)
from attempts
where bucket = 'generated';
select is(
  pg_temp.reached('service_role', statement),
  (action = 'add' or folder <> 'no')::integer,
  format('service_role, %s folder of %s: %s', folder, bucket, action)
)
from attempts
where role = 'authenticated';

select ok(
  relrowsecurity,
  relname || ' has row level security, without which the policies would be nothing'
)
from pg_class
where relnamespace = 'storage'::regnamespace and relname = 'objects';
select is_empty(
  $$ select policyname from pg_policies where schemaname = 'storage' and tablename <> 'objects' $$,
  'Nobody is let at the buckets themselves'
);
select set_eq(
  $$ select id from storage.buckets where id !~ '^tests-' $$, array['inputs', 'generated', 'reported'],
  'These are the buckets'
);

select * from finish();
rollback;
