begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(8);

select tests.clear();
delete from storage.objects where bucket_id = 'inputs';
delete from private.file_cursors;
insert into storage.objects (bucket_id, name, created_at, updated_at)
select 'inputs', format('%s/%s.png', md5(i::text)::uuid, i), now() - interval '8 days', now() - interval '8 days'
from generate_series(1, 25) as i;
create function pg_temp.next(p_limit integer default 100, p_files integer default 5000)
returns integer
language sql
as $$ select count(*)::integer from private.next_removable_files('unused inputs', 'inputs', p_limit, p_files) $$;
create function pg_temp.if_due(p_limit integer default 100)
returns integer
language sql
as $$ select count(*)::integer from private.removable_files_if_due('unused inputs', 'inputs', p_limit) $$;

select is(pg_temp.next(p_files => 10), 10, 'A turn looks at so many');
select is(pg_temp.next(p_files => 10), 10, 'the next at the next');
select is(pg_temp.next(p_files => 10), 5, 'until it is through');
select is(pg_temp.next(p_limit => 3), 3, 'As many as are wanted');
select is(pg_temp.next(p_limit => 100), 22, 'and none is left out');
update private.maintenance_jobs set last_run_at = now() - interval '11 minutes' where job = 'unused inputs';
select is(pg_temp.if_due(), 25, 'Whoever asks first in ten minutes is told');
select is(pg_temp.if_due(), 0, 'and nobody meanwhile');
update private.maintenance_jobs set last_run_at = now() - interval '11 minutes' where job = 'unused inputs';
select is(
  array[pg_temp.if_due(10), pg_temp.if_due(10), pg_temp.if_due(10), pg_temp.if_due(10)], array[10, 10, 5, 0],
  'While there are more than are wanted it is due at once'
);

select * from finish();
rollback;
