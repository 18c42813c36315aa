begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(10);

select tests.clear();
select tests.submit('cats', p_results => 2);
select tests.submit('robots', p_results => 2, p_operation => 'text-to-model', p_output => 'model');

select throws_like(
  format('update public.%I set status = %L', name, 'done'),
  '%' || name || '_status_is_known%',
  name || ': a status nobody knows'
)
from unnest(array['concept_images', 'models']) as name;

select throws_like(
  format('update public.%I set status = %L', name, 'complete'),
  '%' || name || '_complete_means_asset%',
  name || ': complete without a file'
)
from unnest(array['concept_images', 'models']) as name;

select throws_like(
  format('update public.%I set asset_url = %L', name, 'https://files/0.png'),
  '%' || name || '_complete_means_asset%',
  name || ': a file before it is complete'
)
from unnest(array['concept_images', 'models']) as name;

select throws_like(
  format('update public.%I set result_index = 0', name),
  '%' || name || '_result_is_unique%',
  name || ': two rows of one result'
)
from unnest(array['concept_images', 'models']) as name;

select throws_like(
  format('update public.%I set celery_task_id = gen_random_uuid()', name),
  '%' || name || '_celery_task_id_fkey%',
  name || ': a row of no task'
)
from unnest(array['concept_images', 'models']) as name;

select * from finish();
rollback;
