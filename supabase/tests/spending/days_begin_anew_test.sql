begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(13);

select tests.clear();
update private.plans set usd_per_day = 1, images_per_day = 3 where name = 'default';
select tests.submit(name, p_estimate_usd => 0.3) from unnest(array['one', 'two', 'three']) as name;
select is((select exceeded_limit from tests.submit('four', p_estimate_usd => 0.01)), 'images_per_day', 'A day has its end');
select tests.claim();
select tests.pass_midnight();
select is(
  (select exceeded_limit from tests.submit('four', p_estimate_usd => 1)), null,
  'The next day begins with nothing'
);
select is(tests.used_usd(), tests.all_used(1), 'of what was counted');
create function pg_temp.yesterday()
returns numeric[]
language sql
return tests.used_usd(p_day => private.spending_day(now()) - 1);
select is(pg_temp.yesterday(), tests.all_used(0.9), 'What was submitted the day before');
select tests.complete('one', p_call => '{"cost_usd": 0.2}');
select is(pg_temp.yesterday(), tests.all_used(0.8), 'is booked there');
select tests.mark_call_sent('two'), tests.fail('two');
select is(pg_temp.yesterday(), tests.all_used(0.5), 'or released there');
select tests.mark_call_sent('three'), tests.retry('three', p_is_ambiguous => true);
select is(pg_temp.yesterday(), tests.all_used(0.8), 'or reserved once more');
select is(tests.used_usd(), tests.all_used(1), 'and not today');
select is(tests.used_results(), '{1,0}'::integer[], 'nor are its images');
select is((select exceeded_limit from tests.submit('five', p_estimate_usd => 0.01)), 'usd_per_day', 'Today has its own end');

select tests.clear();
select tests.submit('in a stripe', p_estimate_usd => 0.3);
update private.spending_stripes set used_usd = used_usd + 0.2;
select tests.pass_midnight();
select tests.submit('today', p_estimate_usd => 0.1);
select is(tests.used_usd(), tests.all_used(0.1), 'What a stripe holds of yesterday is not of today');
select is((pg_temp.yesterday())[2:3], array[0.5, 0.5], 'and is kept');
select is(
  (select array_agg(distinct day) from private.spending_stripes), array[private.spending_day(now())],
  'The stripe is of today'
);

select * from finish();
rollback;
