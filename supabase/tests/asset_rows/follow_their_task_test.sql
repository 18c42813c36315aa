begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(9);

select tests.clear();
select tests.submit('cats', p_results => 2);
select tests.submit('dogs', p_results => 2);
select tests.submit('robot', p_operation => 'text-to-model', p_output => 'model');

select tests.claim(1);
select is(tests.assets('cats'), array['processing', 'processing'], 'Images follow their task');
select is(tests.assets('dogs'), array['pending', 'pending'], 'and no other');

update public.tasks set status = 'canceled', finished_at = now(), message_id = null
where client_task_id in ('dogs', 'robot');
select is(
  tests.assets('dogs'), array['canceled', 'canceled'],
  'Images of a canceled task are canceled'
);
select is(tests.assets('robot'), array['canceled'], 'and so is a model');

delete from public.concept_images
where celery_task_id = (tests.task('cats')).id and result_index = 0;
select tests.complete('cats', array['https://files/0.png', 'https://files/1.png']);
select is(tests.assets('cats'), array['complete'], 'A row its user deleted stays deleted');
select is(
  (select asset_url from public.concept_images where status = 'complete'), 'https://files/1.png',
  'The other one has its own result still'
);
select is(
  cardinality((tests.task('cats')).asset_urls), 2,
  'The task keeps both'
);

delete from public.tasks where client_task_id = 'cats';
select is(
  (select count(*)::integer from public.concept_images where task_id = 'cats'), 0,
  'With the task go its rows'
);
select is(
  (select count(*)::integer from private.provider_calls where task_id is null), 1,
  'but not the record of what was bought'
);

select * from finish();
rollback;
