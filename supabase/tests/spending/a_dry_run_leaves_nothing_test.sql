begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(6);

select tests.clear();
update private.plans set usd_per_day = 1;
update private.limits set project_usd_per_day = 2;
select tests.submit('one', p_estimate_usd => 0.6);
select tests.submit('two', p_user => 'bob', p_estimate_usd => 0.9);
create temp table before as
select tests.everything() as everything, (select count(*) from private.spending) as budgets;

select results_eq(
  $$ select id, exceeded_limit, expected_start_seconds from tests.submit('three', p_estimate_usd => 0.4, p_is_dry_run => true) $$,
  $$ values (null::uuid, null::text, 0) $$, 'A dry run says when it would start'
);
select results_eq(
  $$ select exceeded_limit, used, allowed from tests.submit('three', p_estimate_usd => 0.41, p_is_dry_run => true) $$,
  $$ values ('usd_per_day', 0.6, 1.0) $$, 'and is refused as the request would be'
);
select is(
  (select exceeded_limit from tests.submit('three', p_user => 'carl', p_estimate_usd => 0.51, p_is_dry_run => true)),
  'project_usd_per_day', 'for what is near a cap of all, too'
);
select is(
  (select replayed from tests.submit('one', p_estimate_usd => 0.6, p_is_dry_run => true)), true,
  'It finds the live task'
);
select is(tests.everything(), (select everything from before), 'It leaves nothing');
select is((select count(*) from private.spending), (select budgets from before), 'also of what is counted');

select * from finish();
rollback;
