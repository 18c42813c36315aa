begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(24);

select tests.clear();
select tests.create_user(name) from unnest(array['ann', 'bob']) as name;
-- What Storage grants on the platform; the policies do the rest.
grant usage on schema storage to authenticated;
grant select, insert, update, delete on storage.objects to authenticated;
update private.limits set user_stored_bytes = 1000, user_stored_files = 3;

-- As Storage asks before it takes a file: nothing is known of it but its name.
create function pg_temp.upload(p_owner text, p_file text)
returns void
language sql
as $$
  insert into storage.objects (bucket_id, name)
  values ('inputs', tests.user_id(p_owner) || '/' || p_file);
$$;
-- As the row is once the file is there.
create function pg_temp.store(p_owner text, p_file text, p_metadata jsonb, p_user_metadata jsonb default null)
returns void
language sql
as $$
  insert into storage.objects (bucket_id, name, metadata, user_metadata)
  values ('inputs', tests.user_id(p_owner) || '/' || p_file, p_metadata, p_user_metadata);
$$;
create function pg_temp.refused(p_file text, p_description text)
returns text
language sql
as $$
  select throws_ok(
    format('select pg_temp.upload(%L, %L)', 'ann', p_file), '42501',
    'new row violates row-level security policy for table "objects"', p_description
  );
$$;
create function pg_temp.taken(p_file text, p_description text)
returns text
language sql
as $$ select lives_ok(format('select pg_temp.upload(%L, %L)', 'ann', p_file), p_description); $$;

select pg_temp.store('bob', '1.png', '{"size": 5000}');
select pg_temp.store('ann', 'a.png', '{"size": 999}');
insert into storage.objects (bucket_id, name, metadata)
values ('generated', tests.user_id('ann') || '/concepts/1.png', '{"size": 5000}');
select tests.act_as('ann');
select pg_temp.taken('b.png', 'Below the limit a user uploads; results and others'' files do not count');
reset role;
update storage.objects set metadata = '{"size": 1}'
where name = tests.user_id('ann') || '/b.png';
select tests.act_as('ann');
select pg_temp.refused('c.png', 'With as many bytes stored as allowed no more is taken');
select throws_ok(
  $$ update storage.objects set version = '2' where storage.filename(name) = 'a.png' $$,
  '42501', null,
  'nor is a file replaced'
);
select throws_ok(
  format(
    $$
      insert into storage.objects (bucket_id, name) values ('inputs', %L)
      on conflict (bucket_id, name) do update set version = '2'
    $$,
    tests.user_id('ann') || '/a.png'
  ),
  '42501', null,
  'by an upsert neither'
);
delete from storage.objects where storage.filename(name) = 'a.png';
select pg_temp.taken('c.png', 'When one is deleted there is room');

reset role;
update storage.objects set metadata = '{"size": "1000"}'
where name = tests.user_id('ann') || '/c.png';
select tests.act_as('ann');
select pg_temp.refused('d.png', 'A size that is written as text counts, too');
reset role;
update storage.objects set metadata = to_jsonb('{"size": 1000}'::text)
where name = tests.user_id('ann') || '/c.png';
select tests.act_as('ann');
select pg_temp.refused('d.png', 'so does one in text that holds an object');
reset role;
update storage.objects set metadata = '{"size": "many"}'
where name = tests.user_id('ann') || '/c.png';
select tests.act_as('ann');
select pg_temp.taken('d.png', 'One that is no number is in nobody''s way');
select pg_temp.refused('e.png', 'With as many files as allowed no more is taken');
reset role;
update private.limits set user_stored_files = null;
select tests.act_as('ann');
select pg_temp.taken('e.png', 'Where files are not limited');
reset role;
update storage.objects set metadata = '{"contentLength": 1000}'
where name = tests.user_id('ann') || '/c.png';
select tests.act_as('ann');
select pg_temp.refused('f.png', 'bytes are');
reset role;
update storage.objects set metadata = null, user_metadata = jsonb_build_object(
  'note', (select string_agg(md5(i::text), '') from generate_series(1, 40) as i)
)
where name = tests.user_id('ann') || '/c.png';
select tests.act_as('ann');
select pg_temp.refused('f.png', 'and so is what an app tells of its file');
reset role;
update private.limits set user_stored_bytes = null;
select tests.act_as('ann');
select pg_temp.taken('f.png', 'Nothing is limited where an operator wants it so');

-- Users who may not.
reset role;
insert into private.blocked_users (user_id, reason) values (tests.user_id('ann'), 'Floods');
select tests.act_as('ann');
select pg_temp.refused('g.png', 'A blocked user uploads nothing');
delete from storage.objects where storage.filename(name) = 'f.png';
select is_empty(
  $$ select id from storage.objects where storage.filename(name) = 'f.png' $$,
  'and may remove what there is'
);
reset role;
delete from private.blocked_users;
select tests.act_as('ann');
select set_config(
  'request.jwt.claims',
  jsonb_build_object('sub', tests.user_id('ann'), 'role', 'authenticated', 'is_anonymous', true)::text,
  true
);
select pg_temp.refused('g.png', 'Nor does a user without an account');
reset role;
update private.limits set allows_anonymous_users = true;
set local role authenticated;
select pg_temp.taken('g.png', 'unless the project allows it');
reset role;

-- A signed URL is an upload that is checked now and made later.
select tests.act_as('ann');
select set_config('storage.operation', 'storage.object.sign_upload_url', true);
select pg_temp.taken('h.png', 'A user signs a URL to upload to');
reset role;
update private.limits set allows_signed_uploads = false;
set local role authenticated;
select pg_temp.refused('i.png', 'unless an operator wants none');
select set_config('storage.operation', 'object.sign_upload_url', true);
select pg_temp.refused('i.png', 'by its short name, too');
select set_config('storage.operation', 'storage.object.upload', true);
select pg_temp.taken('i.png', 'and uploads all the same');

-- Cheap: it is asked at each upload.
reset role;
update private.limits set user_stored_files = 1000, user_stored_bytes = 1000000;
insert into storage.objects (bucket_id, name, metadata)
select 'inputs', tests.user_id('bob') || '/many/' || i, '{"size": 1}' from generate_series(1, 3000) as i;
select tests.act_as('bob');
select throws_ok(
  $$ select pg_temp.upload('bob', 'one.png') $$, '42501', null, 'Thousands of files are over the limit'
);
reset role;
create function pg_temp.plan_of_sum()
returns text
language plpgsql
as $$
declare
  v_line text;
  v_plan text := '';
begin
  for v_line in execute format(
    'explain select from storage.objects where bucket_id = %L and name like %L limit 1000',
    'inputs', tests.user_id('bob') || '/%'
  ) loop
    v_plan := v_plan || v_line;
  end loop;
  return v_plan;
end;
$$;
select matches(pg_temp.plan_of_sum(), 'Index', 'A user''s files are found by an index');
select throws_ok(
  'set local role authenticated; select private.may_upload()', '42501', null,
  'Nobody but the policies may ask'
);

select * from finish();
rollback;
