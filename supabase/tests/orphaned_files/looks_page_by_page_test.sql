begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(16);

select tests.clear();
delete from private.file_cursors;
select tests.create_user('ann');
select tests.submit('held');
select tests.claim();
-- A result file, or any other, of some hours ago.
create function pg_temp.add_file(p_task uuid, p_created_at timestamptz default now() - interval '2 hours')
returns text
language sql
as $$
  insert into storage.objects (bucket_id, name, created_at)
  values ('generated', format('%s/concepts/%s/0.png', tests.user_id('ann'), p_task), p_created_at)
  returning name;
$$;
create function pg_temp.next(p_limit integer default 100, p_files integer default 5000)
returns integer
language sql
as $$ select count(*)::integer from private.next_removable_files('orphaned files', 'generated', p_limit, p_files) $$;
create function pg_temp.if_due(p_limit integer default 100)
returns integer
language sql
as $$ select count(*)::integer from private.removable_files_if_due('orphaned files', 'generated', p_limit) $$;

select pg_temp.add_file('00000000-0000-4000-8000-00000000dead');
select pg_temp.add_file('00000000-0000-4000-8000-00000000beef', now());
select pg_temp.add_file((tests.task('held')).id);
insert into storage.objects (bucket_id, name, created_at)
select 'generated', name, now() - interval '2 hours'
from unnest(array[
  'logo.png', 'avatars/ann/me.png', format('%s/avatars/%s/0.png', gen_random_uuid(), gen_random_uuid()),
  format('%s/concepts/nonsense/0.png', gen_random_uuid())
]) as name;
select results_eq(
  $$ select private.next_removable_files('orphaned files', 'generated', 100) $$,
  $$ select format('%s/concepts/00000000-0000-4000-8000-00000000dead/0.png', tests.user_id('ann')) $$,
  'A file without a task is found when it is old enough, and none that is none of ours'
);
select tests.cancel('held');
select is(pg_temp.next(), 2, 'So is one of a task that was canceled, and the first again: it is still there');
select results_eq(
  $$ select count from private.inconsistencies where kind = 'files without task' $$, array[2::bigint],
  'They are counted'
);

delete from storage.objects where bucket_id = 'generated';
select pg_temp.add_file(md5(i::text)::uuid) from generate_series(1, 25) as i;
select is(pg_temp.next(p_files => 10), 10, 'A turn looks at so many');
select is(
  (select count from private.inconsistencies where kind = 'files without task'), 25::bigint,
  'However far it has come, all of a small bucket are counted'
);
select is(pg_temp.next(p_files => 10), 10, 'the next at the next');
select is(pg_temp.next(p_files => 10), 5, 'until it is through');
select is(pg_temp.next(p_files => 10), 10, 'and then from the start');
select is(pg_temp.next(p_limit => 3), 3, 'As many as are wanted');
select is(pg_temp.next(p_limit => 100), 12, 'and none is left out');
select is(
  (select count(*)::integer from private.next_removable_files('orphaned files', 'another', 10)), 0,
  'Another bucket is another search'
);

update private.maintenance_jobs set last_run_at = now() - interval '2 minutes' where job = 'orphaned files';
select is(pg_temp.if_due(), 25, 'Whoever asks first in a minute is told');
select is(pg_temp.if_due(), 0, 'and nobody meanwhile');
update private.maintenance_jobs set last_run_at = now() - interval '2 minutes' where job = 'orphaned files';
select is(
  array[pg_temp.if_due(10), pg_temp.if_due(10), pg_temp.if_due(10), pg_temp.if_due(10)], array[10, 10, 5, 0],
  'While there are more than are wanted it is due at once'
);
update private.maintenance_jobs set last_run_at = 'infinity' where job = 'orphaned files';
select is(pg_temp.if_due(), 0, 'An operator may keep it from being done');
select private.fail_maintenance_job('orphaned files', 'Storage is away');
select is(
  (select last_run_at from private.maintenance_jobs where job = 'orphaned files'), 'infinity',
  'and a failure does not end that'
);

select * from finish();
rollback;
