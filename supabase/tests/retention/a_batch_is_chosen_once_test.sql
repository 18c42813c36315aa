begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(4);

select tests.clear();
-- The plan that asks a subquery again for each row.
set local enable_hashjoin = off;
set local enable_mergejoin = off;
set local enable_hashagg = off;
set local enable_sort = off;
set local enable_material = off;

select tests.submit(name) from unnest(array['a', 'b', 'c']) as name;
select tests.cancel(name) from unnest(array['a', 'b', 'c']) as name;
update public.tasks set finished_at = now() - interval '25 hours';
select is(
  private.delete_old('canceled tasks', now() - interval '1 day', 1), 1::bigint,
  'A batch is no longer than it may be'
);
select is((select count(*) from public.tasks), 2::bigint, 'The rest stays');

insert into private.user_spending (user_id, day) values
  (tests.user_id('ann'), '2020-01-01'), (tests.user_id('ann'), '2020-01-02');
select is(
  private.delete_old('spending of users', now() - interval '1 day', 1), 1::bigint,
  'of days, too'
);
select is(
  (select count(*) from private.user_spending where day < '2021-01-01'), 1::bigint, 'The rest stays'
);

select * from finish();
rollback;
