begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(38);

select tests.clear();
update private.limits set project_usd_per_day = 40;
select tests.spend(19.99);
select is(tests.alerts(), '{}', 'Less than half of a cap is no trouble');
select tests.spend(0.01);
select is(tests.alerts(), array['budget_50 project day'], 'Half of it is a warning');
select matches(
  (select message from monitoring.alerts()),
  '^\$20\.00 of \$40\.00 are spent or reserved; the day ends at \d{4}-\d\d-\d\d 00:00 UTC\. ',
  'with how much there is, and when there is more'
);
select tests.spend(11.99);
select is(tests.alerts(), array['budget_50 project day'], 'Less than four fifths is the same');
select tests.spend(0.01);
select is(tests.alerts(), array['budget_80 project day'], 'Four fifths is the second, and the only one');
select is(severity, 'warning', 'Nothing is refused yet') from monitoring.alerts();
select tests.spend(8);
select is(tests.alerts(), array['budget_used project day'], 'Nothing fits any more');
select is(severity, 'critical', 'which users notice') from monitoring.alerts();
update private.limits set project_usd_per_day = 100;
select is(tests.alerts(), '{}', 'A higher cap ends it');
update private.limits set project_usd_per_day = null;
select is(tests.alerts(), '{}', 'as does none');

select tests.clear();
update private.limits set project_usd_per_day = 40;
select tests.spend(33);
select private.note_refused_budget('project_usd_per_day', 'openai', null, 40);
select private.note_refused_budget('project_usd_per_day', 'openai', null, 40);
select is(count(*), 1::bigint, 'Refusals are noted once') from private.refused_budgets;
select is(
  tests.alerts(), array['budget_used project day'],
  'What was refused is told of, also where something smaller would fit'
);
select matches((select message from monitoring.alerts()), 'requests were refused for it', 'in words');
update private.limits set project_usd_per_day = 50;
select is(tests.alerts(), array['budget_50 project day'], 'Under a higher cap there is room again');
select private.note_refused_budget('project_usd_per_day', 'openai', null, 50);
select is(tests.alerts(), array['budget_used project day'], 'until that one refuses');
update private.refused_budgets set period_start = period_start - 1;
select is(tests.alerts(), array['budget_50 project day'], 'Tomorrow is another day');

select tests.clear();
update private.limits
set project_usd_per_day = 40, project_usd_per_month = 400, provider_usd_per_day = 25,
  key_usd_per_day = 10;
update private.lanes set usd_per_day = 5 where provider = 'flux';
insert into private.api_keys (id, prefix, key_hash, client_name, usd_per_day)
values (
  '00000000-0000-4000-8000-00000000000a', 'm3d_test_MoneyAA', extensions.digest('money', 'sha256'),
  'Money', 2
);
select tests.spend(330, p_day => date_trunc('month', now(), 'UTC')::date);
select tests.spend(500, p_day => (date_trunc('month', now(), 'UTC') - interval '1 day')::date);
select tests.spend(12.5, 'provider', 'openai'), tests.spend(4, 'provider', 'flux');
insert into private.spending_stripes (provider, api_key_id, stripe, day, used_usd) values
  ('flux', '00000000-0000-4000-8000-00000000000a', 1, (now() at time zone 'UTC')::date, 0.5),
  ('flux', '00000000-0000-4000-8000-00000000000a', 2, (now() at time zone 'UTC')::date, 0.5);
select set_eq(
  $$
    select code || ' ' || subject from monitoring.alerts()
    where subject <> 'project day'
  $$,
  array[
    'budget_80 project month', 'budget_50 openai day', 'budget_used flux day',
    'budget_50 m3d_test_MoneyAA day'
  ],
  'Every cap has its alerts, a month is the sum of its days, and stripes count'
);
update private.api_keys set usd_per_day = 0 where prefix = 'm3d_test_MoneyAA';
select is_empty(
  $$ select from monitoring.alerts() where subject like 'm3d_test_MoneyAA%' $$,
  'A cap of nothing is a way to turn a key off'
);
update private.api_keys set usd_per_day = 2, active = false where prefix = 'm3d_test_MoneyAA';
select is_empty(
  $$ select from monitoring.alerts() where subject like '%MoneyAA%' $$, 'as is to revoke it'
);

select tests.clear();
update private.limits set project_usd_per_day = 40;
update private.lanes set usd_per_day = null;
select tests.add_call('succeeded', p_ago => interval '30 minutes', p_cost_usd => 4);
select is(tests.alerts(), '{}', 'A tenth of the day''s cap in an hour is no trouble');
select tests.add_call('ambiguous', p_ago => interval '20 minutes', p_estimate_usd => 0.01);
select is(tests.alerts(), array['spend_rate project'], 'More is, where nothing is usual yet');
select matches(
  (select message from monitoring.alerts()), 'last hour cost \$4\.01, those of a usual hour \$0\.00', 'in words'
);
select tests.add_call('succeeded', p_ago => make_interval(hours => n, mins => 30), p_cost_usd => 0.8)
from generate_series(2, 6) as n;
select is(tests.alerts(), array['spend_rate project'], 'Five times of a usual hour is the same');
select tests.add_call('succeeded', p_ago => make_interval(hours => n, mins => 30), p_cost_usd => 0.1)
from generate_series(2, 6) as n;
select is(tests.alerts(), '{}', 'less is as usual; hours without calls are none');
update private.limits set project_usd_per_day = null;
update monitoring.thresholds set value = 2 where name = 'spend_rate_factor';
select is(tests.alerts(), array['spend_rate project'], 'Without a cap USD count');

select tests.clear();
select tests.add_call('succeeded', p_model => 'm', p_cost_usd => 0.116, p_list_price_usd => 0.1)
from generate_series(1, 9);
select is(tests.alerts(), '{}', 'Nine dear calls are no drift');
select tests.add_call('succeeded', p_model => 'm', p_cost_usd => 0.116, p_list_price_usd => 0.1);
select is(tests.alerts(), array['price_drift openai m'], 'Ten are');
select tests.add_call('succeeded', p_model => 'm', p_cost_usd => 0.05, p_list_price_usd => 0.1);
select is(tests.alerts(), '{}', 'Up to 15 % more are none');
select tests.add_call('failed', 'internal', p_model => 'm', p_cost_usd => 9, p_list_price_usd => 0.1);
select tests.add_call('succeeded', p_model => 'm', p_list_price_usd => 0.1);
select tests.add_call('succeeded', p_model => 'm', p_cost_usd => 9, p_estimate_usd => 0.1);
select is(
  tests.alerts() @> array['price_drift openai m'], false,
  'Only calls whose cost was told, and that the list has a price for, are compared'
);
update private.provider_calls set list_price_usd = 0.2 where list_price_usd is not null;
select matches(
  (select message from monitoring.alerts() where code = 'price_drift'),
  '^It told \$1\.21 for 11 calls .* are \$2\.20: 45 % less\.', 'Cheaper than listed is told of, too'
);

select tests.clear();
update private.limits set project_usd_per_day = 1, key_usd_per_day = 10;
insert into private.api_keys (id, prefix, key_hash, client_name)
values (
  '00000000-0000-4000-8000-00000000000b', 'm3d_test_MoneyBB', extensions.digest('b', 'sha256'), 'B'
);
select tests.submit('fits', p_estimate_usd => 0.85);
select is(
  (select exceeded_limit from tests.submit('tried', p_estimate_usd => 0.2, p_is_dry_run => true)),
  'project_usd_per_day', 'A dry run is refused'
);
select is(tests.alerts(), array['budget_80 project day'], 'which nobody has to be told of');
select is(
  (select exceeded_limit from tests.submit('dear', p_estimate_usd => 0.2)),
  'project_usd_per_day', 'A submit is refused'
);
select is(tests.alerts(), array['budget_used project day'], 'which is an alert, though 15 cents are left');
update private.limits set project_usd_per_day = null;
select tests.submit(
  'of the key', p_estimate_usd => 10.01, p_api_key_id => '00000000-0000-4000-8000-00000000000b'
);
select is(tests.alerts(), array['budget_used m3d_test_MoneyBB day'], 'So it is with the cap of a key');
update private.limits set project_usd_per_month = 20;
select tests.submit('of the month', p_estimate_usd => 18.5);
update private.lanes set usd_per_day = 15 where provider = 'flux';
select tests.submit('of flux', p_estimate_usd => 15.5, p_provider => 'flux');
select is(
  tests.alerts(),
  array[
    'budget_80 project month', 'budget_used flux day', 'budget_used m3d_test_MoneyBB day'
  ],
  'and with that of a provider'
);

select tests.clear();
update private.submit_pause set paused_since = now() - interval '59 minutes';
select is(tests.alerts(), '{}', 'A pause of submits has its time');
update private.submit_pause set paused_since = now() - interval '61 minutes';
select is(tests.alerts(), array['submits_paused project'], 'and is not to be forgotten');

select * from finish();
rollback;
