begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(28);

select tests.clear();
select tests.submit('cats', p_results => 3);
select tests.submit('model', p_operation => 'text-to-model', p_provider => 'tripo', p_output => 'model');
select tests.submit('waiting', p_provider => 'stability');
select tests.submit('failing', p_provider => 'recraft');
select tests.submit('canceled', p_provider => 'flux');
select tests.cancel('canceled');
select tests.claim();
select tests.fail('failing', 'invalid_result');
select tests.complete('cats', array['https://f/0.png', 'https://f/1.png'], p_call => '{"provider_task_id": "made-1"}');
select tests.complete('model', array['https://f/0.glb'], p_call => '{"provider_task_id": "made-2"}');

create function pg_temp.report(p_name text, p_reason text default 'It is cruel', p_user text default 'ann')
returns text
language sql
as $$
  select concat_ws(' ', status, coalesce(reported_at::text, 'as it was'))
  from private.report_task(tests.user_id(p_user), (tests.task(p_name)).id, p_reason);
$$;

create temp table before as select tests.everything() as everything;
select is(pg_temp.report('cats', p_user => 'bob'), null, 'Nobody reports a foreign task');
select is(
  (select count(*) from private.report_task(tests.user_id('ann'), gen_random_uuid(), 'x')),
  0::bigint, 'nor one that is not there'
);
select is(pg_temp.report('waiting'), 'processing as it was', 'What is unfinished has no result');
select is(pg_temp.report('failing'), 'failed as it was', 'nor has what failed');
select is(pg_temp.report('canceled'), 'canceled as it was', 'or was canceled');
select is(tests.everything(), (select everything from before), 'and nothing changes');
select is((select count(*) from private.reports), 0::bigint, 'and nothing is reported');

select is(pg_temp.report('cats'), 'complete ' || now(), 'Her own result is reported');
select results_eq(
  $$ select status, asset_urls, reported_at, error_code from tests.task('cats') $$,
  $$ values ('complete', '{}'::text[], now(), null::text) $$,
  'The task shows it no more'
);
select results_eq(
  $$
    select status, asset_url from public.concept_images
    where celery_task_id = (tests.task('cats')).id
    order by result_index
  $$,
  $$ values ('failed', null::text), ('failed', null), ('failed', null) $$,
  'nor do its images'
);
select results_eq(
  'select task_id, reason, reported_at, asset_urls, hidden_at, closed_at from private.reports',
  $$
    values (
      (tests.task('cats')).id, 'It is cruel', now(),
      array['https://f/0.png', 'https://f/1.png'], null::timestamptz, null::timestamptz
    )
  $$,
  'The report keeps what it was'
);
create temp table reported as select tests.everything() as everything;
select is(
  pg_temp.report('cats', 'Another reason'), 'complete ' || now(), 'Again is the same answer'
);
select is((select array_agg(reason) from private.reports), array['It is cruel'], 'once');
select is(tests.everything(), (select everything from reported), 'and changes nothing');
select is(
  tests.alerts(), array['result_reported ' || (tests.task('cats')).id], 'The operator is told'
);
select matches(
  (select message from monitoring.alerts()),
  format(
    '^User %s has reported the result of text-to-image by openai: ''It is cruel''. Look ',
    tests.user_id('ann')
  ),
  'by whom, and why'
);

select is(
  private.owns_provider_task(tests.user_id('ann'), 'made-2'), true, 'Requests build on a result'
);
reset role;
select pg_temp.report('model');
select is(
  (select array_agg(status || coalesce(asset_url, ' without file')) from public.models),
  array['failed without file'], 'Models are hidden as well'
);
select is(
  private.owns_provider_task(tests.user_id('ann'), 'made-2'), false, 'and none builds on it'
);
reset role;
create temp table shown as
select asset_urls, missing_results, reported_at
from private.read_tasks(tests.user_id('ann'), array[(tests.task('cats')).id]);
reset role;
select results_eq(
  'select asset_urls, missing_results, reported_at from shown',
  $$ values ('{}'::text[], null::integer, now()) $$,
  'A status says so, and counts nothing as missing'
);
select throws_like(
  $$ update public.tasks set reported_at = now() where client_task_id = 'failing' $$,
  '%tasks_reported_means_complete%', 'Only what is complete can be reported'
);
select throws_like(
  $$ update public.tasks set reported_at = null where client_task_id = 'cats' $$,
  '%tasks_complete_means_assets%', 'What is complete and not reported has a result'
);
select throws_like(
  $$ insert into private.reports (task_id, reason, asset_urls) values ((tests.task('waiting')).id, '', '{x}') $$,
  '%reports_reason_is_told%', 'A reason has words'
);
select throws_like(
  $$ insert into private.reports (task_id, reason, asset_urls) values ((tests.task('waiting')).id, repeat('x', 1001), '{x}') $$,
  '%reports_reason_is_told%', 'and not too many'
);

update private.reports set reason = E'@everyone\n<!channel> critical' || repeat('x', 300)
where task_id = (tests.task('model')).id;
select matches(
  (select message from monitoring.alerts() where subject = (tests.task('model')).id::text),
  ': '' everyone  !channel  criticalx{170,180}''\. Look ',
  'Words of a user call nobody in the operator''s chat, and are a line of some length'
);
select private.close_report((tests.task('cats')).id);
select private.close_report((tests.task('model')).id);
select is(tests.alerts(), '{}', 'The operator has looked');
select is(private.close_report((tests.task('cats')).id), false, 'once');
select is(cardinality((tests.task('cats')).asset_urls), 0, 'What was reported stays hidden');

select * from finish();
rollback;
