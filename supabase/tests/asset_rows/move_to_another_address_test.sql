begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(11);

select tests.clear();
select tests.submit('cats', p_results => 2);
select tests.submit('robot', p_operation => 'text-to-model', p_output => 'model');
select tests.submit('dogs');
select tests.submit('new');
select tests.submit('waits');
select tests.claim(4);
select tests.complete(
  'cats',
  array['http://127.0.0.1:54321/storage/v1/object/public/generated/0.png', 'http://127.0.0.1:54321/1.png']
);
select tests.complete('robot', array['https://old.example/storage/v1/object/public/generated/0.glb']);
update public.tasks
set results = '{"assets": [{"bytes": 7}], "preview_url": "https://old.example/storage/v1/object/public/generated/0.preview.png"}'
where client_task_id = 'robot';
select tests.complete('dogs', array['https://old.example/storage/v1/object/public/generated/0.png']);
select private.report_task(tests.user_id('ann'), (tests.task('dogs')).id, 'Not this');
select tests.complete('new', array['https://new.example/storage/v1/object/public/generated/0.png']);

create temp view addresses as
select task_id, asset_url from public.concept_images where asset_url is not null
union all
select task_id, asset_url from public.models where asset_url is not null;

select is(private.move_results('https://new.example/', 1), 1, 'No more tasks than are asked for');
select is(private.move_results('https://new.example/'), 1, 'and all others then');
select is(private.move_results('https://new.example'), 0, 'What has moved stays');
select set_eq(
  'select task_id, asset_url from addresses',
  $$
    values
      ('cats', 'https://new.example/storage/v1/object/public/generated/0.png'),
      ('cats', 'https://new.example/1.png'),
      ('robot', 'https://new.example/storage/v1/object/public/generated/0.glb'),
      ('new', 'https://new.example/storage/v1/object/public/generated/0.png')
  $$,
  'Rows name their results by the new address, in their order'
);
select is(
  (tests.task('cats')).asset_urls,
  array(select asset_url from public.concept_images where task_id = 'cats' order by result_index),
  'and so does the task'
);
select is(
  (tests.task('robot')).results ->> 'preview_url',
  'https://new.example/storage/v1/object/public/generated/0.preview.png',
  'and its picture'
);
select is(
  (select metadata #>> '{assets,0,url}' from public.models where task_id = 'robot'),
  'https://new.example/storage/v1/object/public/generated/0.glb',
  'What is known of a result names it by the new address, too'
);
select is((tests.task('dogs')).asset_urls, '{}', 'What is hidden stays hidden');
select is((tests.task('waits')).asset_urls, '{}', 'and what is not there is not there');
select throws_like(
  $$ select private.move_results('new.example') $$, 'The URL of a project is like%',
  'An address needs its scheme'
);
select throws_like(
  $$ select private.move_results('https://new.example/storage') $$, 'The URL of a project is like%',
  'and has no path'
);

select * from finish();
rollback;
