begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(16);

-- What Storage grants on the platform; the policies do the rest.
grant usage on schema storage to anon, authenticated;
grant select, insert, update, delete on storage.objects to anon, authenticated;

create function pg_temp.upload(p_bucket text, p_owner text, p_file text)
returns void
language sql
as $$
  insert into storage.objects (bucket_id, name)
  values (p_bucket, tests.user_id(p_owner) || '/' || p_file);
$$;

select pg_temp.upload('inputs', 'bob', 'his.png');
select pg_temp.upload('generated', 'bob', 'concepts/his.png');
select pg_temp.upload('generated', 'ann', 'concepts/hers.png');
create temp table his as
select o as file from storage.objects as o where name like tests.user_id('bob') || '/%';

select tests.act_as('ann');
select lives_ok(
  $$ select pg_temp.upload('inputs', 'ann', 'hers.png') $$,
  'A user adds an input to her own folder'
);
select throws_ok(
  $$ select pg_temp.upload('inputs', 'bob', 'planted.png') $$, '42501', null,
  'and to no other'
);
select throws_ok(
  $$ insert into storage.objects (bucket_id, name) values ('inputs', 'planted.png') $$,
  '42501', null,
  'nor outside of all folders'
);
select throws_ok(
  format(
    'insert into storage.objects (bucket_id, name) values (%L, %L)',
    'inputs', 'x/' || tests.user_id('ann') || '/planted.png'
  ),
  '42501', null,
  'nor into a folder that has hers inside'
);
select throws_ok(
  $$ select pg_temp.upload('generated', 'ann', 'forged.png') $$, '42501', null,
  'Results are not hers to add'
);
select results_eq(
  'select bucket_id, storage.filename(name) from storage.objects order by 1',
  $$ values ('generated', 'hers.png'), ('inputs', 'hers.png') $$,
  'She sees her inputs and results and no others'
);

update storage.objects set metadata = '{"size": 1}';
select results_eq(
  $$ select bucket_id from storage.objects where metadata ->> 'size' = '1' $$, array['inputs'],
  'She replaces an input, but no result'
);
select throws_ok(
  format(
    'update storage.objects set name = %L where bucket_id = %L',
    tests.user_id('bob') || '/planted.png', 'inputs'
  ),
  '42501', null,
  'She moves nothing to a foreign folder'
);
-- Nothing of the row is read, so no policy of select stands in for that of update.
select throws_ok(
  format('update storage.objects set name = %L', tests.user_id('bob') || '/planted.png'),
  '42501', null,
  'even if she does not name what she moves'
);
select throws_ok(
  $$ update storage.objects set bucket_id = 'generated' where bucket_id = 'inputs' $$,
  '42501', null,
  'and no input among the results'
);

delete from storage.objects where bucket_id = 'inputs';
select results_eq(
  'select bucket_id from storage.objects', array['generated'],
  'She deletes her input'
);
delete from storage.objects;
select is_empty('select id from storage.objects', 'and her result');

set local role anon;
select is_empty('select id from storage.objects', 'Without a user there is nothing to see');
select throws_ok(
  $$ insert into storage.objects (bucket_id, name) values ('inputs', 'anon/planted.png') $$,
  '42501', null,
  'and nothing to add'
);
delete from storage.objects;

reset role;
select set_eq(
  $$ select o from storage.objects as o where name like tests.user_id('bob') || '/%' $$,
  'select file from his',
  'The other user''s files are all there and as they were'
);
select is_empty(
  $$
    select policyname
    from pg_policies
    where schemaname = 'storage' and roles <> array['authenticated']::name[]
  $$,
  'No policy is for more than signed-in users'
);

select * from finish();
rollback;
