begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(12);

-- What is counted of the user: in the last minute of the clock, and in the one before.
create function pg_temp.counted()
returns integer[]
language sql
as $$
  select array[submits, submits_before] from private.user_spending
  where user_id = tests.user_id('ann') and minute = date_trunc('minute', now());
$$;

create function pg_temp.pass_minutes(p_minutes integer)
returns void
language sql
as $$
  update private.user_spending set minute = minute - make_interval(mins => p_minutes);
$$;

create function pg_temp.exceeded_limit()
returns text
language sql
as $$ select exceeded_limit from tests.submit(gen_random_uuid()::text); $$;

select tests.clear();
update private.plans set submits_per_minute = 3;
select tests.submit('task ' || i) from generate_series(1, 2) as i;
-- Before it was counted at all, or yesterday.
select is((pg_temp.counted())[1], 2, 'What is submitted in a minute of the clock is counted');
update private.user_spending set submits_before = 0;
select tests.submit('task 1');
select is(pg_temp.counted(), array[2, 0], 'but no replay');
select pg_temp.pass_minutes(1);
select tests.submit('task 3');
select is(pg_temp.counted(), array[1, 2], 'and that of the minute before');
select is(
  pg_temp.exceeded_limit(), 'submits_per_minute', 'What was submitted in two of them may be too much'
);
select is(pg_temp.counted(), array[1, 2], 'What is refused is not counted');
update public.tasks set created_at = now() - interval '61 seconds' where client_task_id = 'task 1';
select is(pg_temp.exceeded_limit(), null, 'but only that of the last 60 seconds is');
select is(pg_temp.counted(), array[2, 2], 'wherever it was counted');
update public.tasks set created_at = now() - interval '61 seconds' where client_task_id = 'task 2';
select pg_temp.pass_minutes(1);
select is(pg_temp.exceeded_limit(), null, 'Of three allowed two are left from the last minute');
select is(
  pg_temp.exceeded_limit(), 'submits_per_minute', 'Nobody has a limit anew with each minute of the clock'
);
update private.user_spending set submits = null;
select is(
  pg_temp.exceeded_limit(), 'submits_per_minute', 'Where it was not counted the tasks of 60 seconds are'
);
delete from private.user_spending;
select is(pg_temp.exceeded_limit(), 'submits_per_minute', 'on a new day, too');
insert into private.user_spending (user_id, day, minute, submits, submits_before)
values (
  tests.user_id('ann'), private.spending_day(now()), date_trunc('minute', now()) - interval '2 minutes', 3, 3
);
select is(pg_temp.exceeded_limit(), null, 'What was counted two minutes ago is over, without a look at tasks');

select * from finish();
rollback;
