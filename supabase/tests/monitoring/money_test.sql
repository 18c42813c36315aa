begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(9);

select tests.clear();
update private.lanes set usd_per_day = null;
delete from private.api_keys;
update private.limits
set project_usd_per_day = 40, project_usd_per_month = 400, provider_usd_per_day = 25;
select results_eq(
  $$
    select scope, name, period, used_usd, cap_usd::numeric, share
    from monitoring.spending where scope_id in ('', 'openai') order by 1, 3
  $$,
  $$
    values
      ('project', 'project', 'day', 0::numeric, 40::numeric, 0::numeric),
      ('project', 'project', 'month', 0, 400, 0),
      ('provider', 'openai', 'day', 0, 25, 0)
  $$,
  'What is not spent yet is there as nothing'
);

select tests.spend(10), tests.spend(5, 'provider', 'openai');
insert into private.spending_stripes (provider, api_key_id, stripe, day, used_usd) values
  ('openai', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 1, (now() at time zone 'UTC')::date, 1.25),
  ('openai', '00000000-0000-4000-8000-00000000000a', 1, (now() at time zone 'UTC')::date, 1.25);
select results_eq(
  $$
    select scope, period, used_usd, share from monitoring.spending
    where used_usd > 0 order by 1, 2
  $$,
  $$
    values
      ('key', 'day', 1.25::numeric, null::numeric),
      ('project', 'day', 12.5, 0.3125),
      ('project', 'month', 12.5, 0.0313),
      ('provider', 'day', 7.5, 0.3)
  $$,
  'Stripes count for the project, their provider and their key; of a key that is gone there is no cap'
);
select tests.spend(1, p_day => '2026-01-31'), tests.spend(2, p_day => '2026-02-01');
select results_eq(
  $$
    select period, period_start, used_usd from monitoring.spending
    where period_start < '2026-03-01' order by 1, 2
  $$,
  $$
    values
      ('day', '2026-01-31'::date, 1::numeric), ('day', '2026-02-01', 2),
      ('month', '2026-01-01', 1), ('month', '2026-02-01', 2)
  $$,
  'Days and months of the past are kept'
);

select tests.clear();
select tests.submit(name, p_user => 'ann', p_estimate_usd => 0.25)
from unnest(array['billed', 'told']) as name;
select tests.submit('refused', p_user => 'bob', p_estimate_usd => 0.25);
select tests.submit('lost', p_user => 'bob', p_estimate_usd => 0.25, p_plan => 'reviewer');
select tests.claim();
select tests.complete('billed'), tests.complete('told', p_call => '{"cost_usd": 0.1}');
select tests.mark_call_sent('refused'), tests.fail('refused', 'content_refused');
select tests.mark_call_sent('lost');
select tests.submit('waits', p_user => 'bob', p_provider => 'flux', p_estimate_usd => 0.05);
select results_eq(
  $$
    select provider, plan, tasks::integer, calls::integer, billed_usd, reserved_usd
    from monitoring.spend_by_day order by 1, 2
  $$,
  $$
    values
      ('flux', 'default', 1, 0, 0::numeric, 0.05::numeric),
      ('openai', 'default', 3, 3, 0.35, 0),
      ('openai', 'reviewer', 1, 1, 0, 0.25)
  $$,
  'What was told, what is listed where nothing was told, nothing where nothing was billed, and what is reserved'
);
select is(
  (select distinct day from monitoring.spend_by_day), (now() at time zone 'UTC')::date, 'all of it today'
);
update public.tasks
set created_at = created_at - interval '2 days'
where client_task_id in ('billed', 'told', 'waits');
select is(
  (
    select sum(billed_usd + reserved_usd) from monitoring.spend_by_day
    where day = (now() at time zone 'UTC')::date - 2
  ),
  0.4, 'A task counts on the day of its submit'
);
delete from public.tasks where client_task_id = 'told';
select results_eq(
  $$ select tasks::integer, billed_usd from monitoring.spend_by_day where plan = 'deleted' $$,
  $$ values (0, 0.1::numeric) $$,
  'What a deleted task has cost counts on'
);

select tests.create_user('user ' || n) from generate_series(1, 11) as n;
insert into private.user_spending (user_id, day, used_usd)
select tests.user_id('user ' || n), (now() at time zone 'UTC')::date, n
from generate_series(1, 11) as n
union all
select tests.user_id('user 1'), (now() at time zone 'UTC')::date - 1, 100;
select tests.submit('early', p_user => 'user 11');
update public.tasks set created_at = created_at - interval '1 second' where client_task_id = 'early';
select tests.submit('late', p_user => 'user 11');
update public.tasks set plan = 'reviewer' where client_task_id = 'late';
select is(
  (select array_agg(usd::integer order by usd desc) from monitoring.dearest_users),
  array[11, 10, 9, 8, 7, 6, 5, 4, 3, 2], 'The ten dearest users of today'
);
select results_eq(
  $$ select user_id, plan, tasks::integer from monitoring.dearest_users where usd = 11 $$,
  $$ values (tests.user_id('user 11'), 'reviewer', 2) $$,
  'with their plan and how much they asked for'
);

select * from finish();
rollback;
