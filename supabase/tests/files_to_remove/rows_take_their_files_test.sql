begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select * from no_plan();

select tests.clear();
delete from private.files_to_remove;
update private.maintenance_jobs set last_run_at = '-infinity' where job = 'files to remove';

create function pg_temp.store(p_bucket text, variadic p_names text[])
returns void
language sql
as $$
  insert into storage.objects (bucket_id, name) select p_bucket, unnest(p_names);
$$;
create function pg_temp.folder(p_name text, p_kind text default 'concepts')
returns text
language sql
as $$
  select format('%s/%s/%s/', user_id, p_kind, id) from tests.task(p_name);
$$;
create function pg_temp.next(p_limit integer default 100)
returns text[]
language sql
as $$
  select coalesce(array_agg(bucket || '/' || name order by name), '{}')
  from private.next_files_to_remove('generated', p_limit);
$$;
-- What Storage does when it is asked to.
create function pg_temp.remove(p_limit integer default 100)
returns text[]
language plpgsql
as $$
declare
  v_files text[] := pg_temp.next(p_limit);
begin
  delete from storage.objects where bucket_id || '/' || name = any (v_files);
  return v_files;
end;
$$;

select tests.submit('three', 3);
select tests.submit('other', 1);
select tests.submit(
  'model', p_operation => 'text-to-model', p_output => 'model'
);
select tests.claim();
select tests.complete('three', array['https://files/0', 'https://files/1', 'https://files/2']);
select tests.complete('other');
select tests.complete('model');
select pg_temp.store(
  'generated',
  pg_temp.folder('three') || '0.png', pg_temp.folder('three') || '1.png',
  pg_temp.folder('three') || '10.png', pg_temp.folder('three') || '2.webp',
  pg_temp.folder('other') || '0.png', pg_temp.folder('model', 'models') || '0.glb'
);
select is(pg_temp.next(), '{}'::text[], 'Nothing is removed that nobody has deleted');

-- An app deletes its own row.
select tests.act_as('ann');
delete from public.concept_images where task_id = 'three' and result_index = 1;
reset role;
select is(private.has_files_to_remove(), true, 'A worker is wanted');
select is(private.has_due_work(), true, 'and woken');
select is(
  pg_temp.next(), array['generated/' || pg_temp.folder('three') || '1.png'],
  'A deleted image takes its file, and none whose name begins alike'
);
select is(pg_temp.remove(), array['generated/' || pg_temp.folder('three') || '1.png'], 'It is named until it is gone');
select is(pg_temp.next(), '{}'::text[], 'and then no more');
select is((select count(*) from private.files_to_remove), 0::bigint, 'nor remembered');
select is(private.has_files_to_remove(), false, 'No worker is wanted for it');

select tests.act_as('bob');
delete from public.concept_images;
select tests.act_as('ann');
delete from public.models;
reset role;
select is(
  pg_temp.remove(), array['generated/' || pg_temp.folder('model', 'models') || '0.glb'],
  'A deleted model takes its file; nobody deletes another''s'
);

-- A row that goes before there is a file.
select tests.submit('early', 2);
select tests.claim();
select tests.act_as('ann');
delete from public.concept_images where task_id = 'early' and result_index = 0;
reset role;
select pg_temp.store(
  'generated', pg_temp.folder('early') || '0.png', pg_temp.folder('early') || '1.png'
);
select is(pg_temp.next(), '{}'::text[], 'While the task is under way its files are its worker''s');
select tests.complete('early', array['https://files/0', 'https://files/1']);
select is(
  pg_temp.remove(), array['generated/' || pg_temp.folder('early') || '0.png'], 'Then it is removed'
);

-- Pruned tasks.
create temp table folders as select pg_temp.folder('three') as three;
delete from public.tasks where client_task_id = 'three';
select is(
  pg_temp.remove(),
  array['generated/' || three || '0.png', 'generated/' || three || '10.png', 'generated/' || three || '2.webp'],
  'A deleted task takes all of its files'
) from folders;
select is(pg_temp.next(), '{}'::text[], 'once');

-- Many, and a Storage that does not remove.
select pg_temp.store('inputs', format('%s/%s.png', tests.user_id('ann'), n))
from generate_series(10, 14) as n;
select pg_temp.store('inputs', tests.user_id('bob') || '/0.png');
select tests.create_user('bob');
delete from auth.users where id in (tests.user_id('ann'), tests.user_id('bob'));
select is(cardinality(pg_temp.next(3)), 3, 'As many as are wanted');
select is(
  'inputs/' || tests.user_id('bob') || '/0.png' = any (pg_temp.next(5)), true,
  'What is not removed is named again, and holds up no other'
);
select is(
  (select count from private.inconsistencies where kind = 'files not removed'), 0::bigint,
  'For ten minutes that is nothing to look at'
);
update private.files_to_remove set requested_at = now() - interval '11 minutes';
select cmp_ok(
  (select count from private.inconsistencies where kind = 'files not removed'), '>', 0::bigint,
  'Then it is'
);

-- Whoever asks, once in ten seconds; at once again while there are some.
update private.maintenance_jobs set last_run_at = '-infinity' where job = 'files to remove';
select isnt_empty($$ select * from private.files_to_remove_if_due('generated', 100) $$, 'Due, with files');
select isnt_empty($$ select * from private.files_to_remove_if_due('generated', 100) $$, 'so due again');
delete from storage.objects where name like tests.user_id('ann') || '/%' or name like tests.user_id('bob') || '/%';
select is_empty($$ select * from private.files_to_remove_if_due('generated', 100) $$, 'until there are none');
insert into private.files_to_remove (place, prefix) values ('inputs', tests.user_id('ann') || '/');
select is_empty($$ select * from private.files_to_remove_if_due('generated', 100) $$, 'Then not at once');
select is((select count(*) from private.files_to_remove), 1::bigint, 'and nothing was done');

select throws_ok(
  format('insert into private.files_to_remove (place, prefix) values (''inputs'', %L)', name),
  '23514', null, format('Never everybody''s: %L', name)
)
from unnest(array['', '/', '%', 'a/', '%/', '00000000-0000-4000-8000-000000000001']) as name;

select * from finish();
rollback;
