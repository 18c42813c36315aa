begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(10);

create function pg_temp.counted()
returns integer
language sql
as $$
  select most_active from private.user_spending
  where user_id = tests.user_id('ann') and day = private.spending_day(now());
$$;

create function pg_temp.exceeded_limit()
returns text
language sql
as $$ select exceeded_limit from tests.submit(gen_random_uuid()::text); $$;

select tests.clear();
update private.plans set active_tasks = 3;
select tests.submit('task ' || i) from generate_series(1, 3) as i;
select is(pg_temp.counted(), 3, 'Each submit makes one more');
select tests.submit('task 1');
select is(pg_temp.counted(), 3, 'and a replay none');
select tests.claim(2);
select tests.complete('task ' || i) from generate_series(1, 2) as i;
select is(pg_temp.counted(), 3, 'The end of one is not counted');
select is(pg_temp.exceeded_limit(), null, 'but seen by who could be refused');
select is(pg_temp.counted(), 2, 'and they are counted anew');
select is(pg_temp.exceeded_limit(), null, 'There is room for as many as have ended');
select is(pg_temp.exceeded_limit(), 'active_tasks', 'and no more');
update private.user_spending set most_active = null;
select is(pg_temp.exceeded_limit(), 'active_tasks', 'Where they were never counted they are');
select tests.pass_midnight();
select is(pg_temp.exceeded_limit(), 'active_tasks', 'on a new day, too');
insert into private.user_spending (user_id, day, most_active)
values (tests.user_id('ann'), private.spending_day(now()), 2);
select is(pg_temp.exceeded_limit(), null, 'As long as there cannot be too many nobody looks');

select * from finish();
rollback;
