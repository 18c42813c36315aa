-- The example of docs/money.md.

begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(9);

-- Six drawings of $0.30.
create function pg_temp.ask(p_name text, p_user text, p_provider text default 'recraft')
returns text
language sql
as $$
  select coalesce(exceeded_limit, 'accepted')
  from tests.submit(
    p_name, 6, p_user, p_provider, p_estimate_usd => 1.80
  );
$$;

select tests.clear();
update private.plans set images_per_day = 100, usd_per_day = 5 where name = 'default';
update private.limits
set project_usd_per_day = 40, project_usd_per_month = 400, provider_usd_per_day = 25;
update private.lanes set usd_per_day = null;

select is(
  array[pg_temp.ask('1', 'ann'), pg_temp.ask('2', 'ann'), pg_temp.ask('3', 'ann')],
  array['accepted', 'accepted', 'usd_per_day'], 'A user has two accepted'
);
select tests.claim(1);
select tests.fail('1', 'content_refused');
select is(pg_temp.ask('3', 'ann'), 'accepted', 'The third fits when the first has failed unbilled');
select is(
  (
    select array_agg(pg_temp.ask('of ' || n, 'user ' || n / 2) order by n)
    from generate_series(2, 5) as n
  ),
  array_fill('accepted'::text, array[4]), 'Others have theirs'
);
select is(tests.alerts(), '{}', 'Of $10.80 nobody is told');
select pg_temp.ask('of 6', 'user 3');
select is(tests.alerts(), array['budget_50 recraft day'], 'of $12.60 somebody is');
select pg_temp.ask('of ' || n, 'user ' || n / 2) from generate_series(7, 11) as n;
select is(
  tests.alerts(), array['budget_50 project day', 'budget_80 recraft day'], 'and of $21.60 again'
);
select is(
  array[pg_temp.ask('of 12', 'user 6'), pg_temp.ask('of 13', 'user 6')],
  array['accepted', 'provider_usd_per_day'], 'The fourteenth is refused'
);
select is(
  (select used_usd from monitoring.spending where name = 'recraft'), 23.4, 'at $23.40'
);
select is(pg_temp.ask('elsewhere', 'user 7', 'openai'), 'accepted', 'while another provider goes on');

select * from finish();
rollback;
