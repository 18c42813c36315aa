begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(15);

create function pg_temp.refuse(p_name text, p_scope text, p_seconds integer)
returns text
language sql
as $$
  select tests.settle(p_name, tests.failure(
    'provider_rate_limited', p_is_retryable => true, p_delay_seconds => p_seconds,
    p_call => jsonb_build_object('retry_after_seconds', p_seconds)
  ) || jsonb_build_object('pause_scope', p_scope));
$$;

select tests.clear();
select tests.submit('busy', p_provider => 'tripo', p_pool => 'texture');
select tests.claim();
select tests.submit('same pool', p_user => 'bob', p_provider => 'tripo', p_pool => 'texture');
select tests.submit('other pool', p_provider => 'tripo', p_pool => 'generation');
select is(pg_temp.refuse('busy', 'pool', 40), 'retrying', 'A task whose provider is busy waits');
select is((tests.task('busy')).failed_attempts::integer, 0, 'That is no attempt');
select is(tests.hidden_seconds('busy'), 40, 'It waits for as long as the provider says');
select is(
  (select round(extract(epoch from rate_limited_until - now()))::integer from private.pools where name = 'texture'),
  40, 'and so does its pool'
);
select tests.claim();
select is((tests.task('same pool')).lease, 0::bigint, 'in which nothing is started');
select is((tests.task('other pool')).lease, 1::bigint, 'The other pools go on');
select is(
  (select consecutive_failures::integer from private.lanes where provider = 'tripo'), 0,
  'It is no failure of the provider'
);
select is_empty('select from private.failing_users', 'nor of the user');
select tests.open_lanes();
select tests.show_message('busy');
create function pg_temp.many() returns void language plpgsql as $$
begin
  for i in 1..20 loop
    perform tests.show_message('busy');
    perform tests.open_lanes();
    perform tests.claim();
    perform pg_temp.refuse('busy', 'pool', 1);
  end loop;
end;
$$;
select pg_temp.many();
select is((tests.task('busy')).status, 'processing', 'However often that happens, it goes on');
select tests.pass_deadline('busy');
select private.expire_tasks();
select is((tests.task('busy')).error_code, 'timeout', 'until its deadline');

select tests.clear();
select tests.submit('first'), tests.submit('second');
select tests.claim(1);
select pg_temp.refuse('first', 'lane', 40);
select is(tests.paused_seconds(), 40, 'A provider that is asked too often rests for as long as it asks');
select is(tests.claim(), '{}', 'as a whole');
update private.lanes set rate_limited_until = now();
select tests.show_message('first');
select is(tests.claim(), array['first', 'second'], 'Afterwards all goes on at once, in the order of turns');
select pg_temp.refuse('first', 'lane', 99999);
select is(tests.paused_seconds(), 900, 'but never for longer than a quarter of an hour');
select is(tests.hidden_seconds('first') <= 600, true, 'and a task not beyond its deadline');

select * from finish();
rollback;
