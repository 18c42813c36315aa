begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(18);

select tests.clear();
delete from storage.objects where bucket_id = 'inputs';
delete from private.file_cursors;
select tests.create_user(name) from unnest(array['ann', 'bob']) as name;

create function pg_temp.add(p_name text, p_age interval default '8 days', p_owner text default 'ann')
returns void
language sql
as $$
  insert into storage.objects (bucket_id, name, created_at, updated_at)
  values ('inputs', tests.user_id(p_owner) || '/' || p_name, now() - p_age, now() - p_age);
$$;
create function pg_temp.url(p_name text, p_form text default 'object/authenticated')
returns text
language sql
as $$
  select format('https://project.supabase.co/storage/v1/%s/inputs/%s/%s', p_form, tests.user_id('ann'), p_name);
$$;
create function pg_temp.submit(p_task text, variadic p_names text[])
returns void
language sql
as $$
  select from tests.submit(
    p_task, p_operation => 'image-to-model', p_output => 'model', p_input_bytes => 100,
    p_parameters => jsonb_build_object('input_image_asset_urls', p_names)
  );
$$;
-- What a whole pass finds, without the folder.
create function pg_temp.unused()
returns text[]
language sql
as $$
  select array(
    select substr(name, 38) from private.next_removable_files('unused inputs', 'inputs', 1000) as name order by name collate "C"
  );
$$;

select pg_temp.add('old.png');
select pg_temp.add('young.png', '6 days');
select pg_temp.add('replaced.png');
update storage.objects set updated_at = now() where name like '%/replaced.png';
insert into storage.objects (bucket_id, name, created_at, updated_at)
values ('inputs', 'logo.png', '2020-01-01', '2020-01-01'), ('inputs', 'shared/logo.png', '2020-01-01', '2020-01-01');
select is(pg_temp.unused(), array['old.png'], 'What nothing names goes after a week, and nothing else of the bucket');
select is(pg_temp.unused(), array['old.png'], 'again, as long as it is there');
delete from storage.objects where name like '%/old.png';

-- Tasks. Whatever a key is made of, the URL of it is a use.
select pg_temp.add(name) from unnest(array[
  'plain.png', 'with blanks & ''quotes'', + = , ; : @ $.png', 'what?#.png', '100%25.png', 'Füße 象.png',
  'deep/er/file.png', 'signed.png', 'short.png'
]) as name;
select pg_temp.submit('keys', pg_temp.url('plain.png'), pg_temp.url(
  'with%20blanks%20%26%20%27quotes%27,%20+%20=%20%2C%20%3B%20%3a%20%40%20$.png'
));
select pg_temp.submit('odd', pg_temp.url('what%3F%23.png'), pg_temp.url('100%2525.png'), pg_temp.url('Füße%20%E8%B1%A1.png'));
select pg_temp.submit(
  'forms', pg_temp.url('deep/er/file.png', 'object/public'), pg_temp.url('signed.png?token=x', 'object/sign'),
  pg_temp.url('short.png', 'object'), null
);
select is(pg_temp.unused(), '{}', 'What a task names that is under way stays, whatever its name and the form of its URL');
select tests.claim();
select tests.complete('keys');
select is(pg_temp.unused(), '{}', 'and when it is complete');
select tests.fail('odd');
select is(
  pg_temp.unused(), array['100%25.png', 'Füße 象.png', 'what?#.png'], 'When it has failed its inputs are not used any more'
);
select pg_temp.submit('again', pg_temp.url('100%2525.png'));
select is(pg_temp.unused(), array['Füße 象.png', 'what?#.png'], 'unless another names them');
select tests.cancel('again');
select is(pg_temp.unused(), array['100%25.png', 'Füße 象.png', 'what?#.png'], 'and is not canceled');
select tests.fail('forms', 'internal');
select is(
  pg_temp.unused(), array['100%25.png', 'Füße 象.png', 'what?#.png'],
  'What may be replayed keeps its inputs'
);
update private.dead_letters set replayed_at = now();
select is(
  pg_temp.unused(),
  array['100%25.png', 'Füße 象.png', 'deep/er/file.png', 'short.png', 'signed.png', 'what?#.png'],
  'until it is looked at'
);
select pg_temp.submit('winds', pg_temp.url('short.png'));
select tests.claim();
select tests.snooze('winds');
select tests.cancel('winds');
select is(
  pg_temp.unused(),
  array['100%25.png', 'Füße 象.png', 'deep/er/file.png', 'signed.png', 'what?#.png'],
  'What a provider still works on, though it was canceled, keeps them'
);
delete from public.tasks where client_task_id = 'keys';
select is(cardinality(pg_temp.unused()), 7, 'With a task go its uses');
delete from storage.objects where bucket_id = 'inputs';

-- Rows of apps.
select pg_temp.add(name) from unnest(array['file.png', 'preview of file.png', 'path.png', 'his.png']) as name;
select tests.act_as('ann');
insert into public.input_assets (asset_url, metadata)
values (
  pg_temp.url('file.png'),
  jsonb_build_object('previews', jsonb_build_array(jsonb_build_object(
    'small', pg_temp.url('preview%20of%20file.png', 'render/image/authenticated') || '?width=100',
    'path', tests.user_id('ann') || '/path.png'
  )))
);
reset role;
insert into public.input_assets (user_id, asset_url) values (tests.user_id('bob'), pg_temp.url('his.png'));
select is(pg_temp.unused(), array['his.png'], 'A row keeps its file and previews; another user''s keeps nothing');
select tests.act_as('ann');
update public.input_assets set metadata = '{}';
select is(array(select substr(name, 38) from storage.objects where name like '%/file.png'), array['file.png'], 'A row changes');
reset role;
select is(
  pg_temp.unused(), array['his.png', 'path.png', 'preview of file.png'], 'and keeps what it names now'
);
delete from public.input_assets;
select is(cardinality(pg_temp.unused()), 4, 'Without it nothing is kept');

-- Odd texts harm nobody.
select is(
  array(
    select name from private.input_names(
      tests.user_id('ann'),
      jsonb_build_array(
        pg_temp.url('%ff.png'), pg_temp.url('%00'), pg_temp.url('%zz'), pg_temp.url(repeat('x', 2000)), 7, null, true
      )
    ) as name order by 1
  ),
  array[
    tests.user_id('ann') || '/%00', tests.user_id('ann') || '/%ff.png', tests.user_id('ann') || '/%zz'
  ],
  'What does not decode names itself at most'
);
update private.retention set keep = null where kind = 'unused inputs';
select is(pg_temp.unused(), '{}', 'An operator may keep all of them');
update private.maintenance_jobs set last_run_at = 'infinity' where job = 'unused inputs';
select is_empty('select private.removable_files_if_due(''unused inputs'', ''inputs'', 10)', 'or have none looked for');

select * from finish();
rollback;
