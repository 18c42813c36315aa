begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(13);

create function pg_temp.fail(p_prefix text, p_times integer, p_error_code text default 'provider_unavailable')
returns void
language plpgsql
as $$
begin
  for i in 1..p_times loop
    perform tests.claim();
    perform tests.retry(client_task_id, p_error_code)
    from public.tasks
    where client_task_id like p_prefix || '%' and lease_expires_at is not null
    order by turn, message_id
    limit 1;
  end loop;
end;
$$;
create function pg_temp.user_pause(p_user text)
returns integer
language sql
as $$
  select round(extract(epoch from paused_until - clock_timestamp()))::integer
  from private.failing_users where user_id = tests.user_id(p_user);
$$;
create function pg_temp.end_user_pause(p_user text)
returns void
language sql
as $$
  update private.failing_users set paused_until = now() where user_id = tests.user_id(p_user);
$$;

select tests.clear();
select tests.submit('bad ' || i, p_user => 'mallory') from generate_series(1, 9) as i;
select pg_temp.fail('bad', 4);
select is(pg_temp.user_pause('mallory'), null, 'A few failures of a user pause nobody');
select pg_temp.fail('bad', 1);
select is(pg_temp.user_pause('mallory'), 15, 'Five in a row pause the user');
select is(tests.paused_seconds(), null, 'and not the lane');
select tests.retry(client_task_id, 'provider_rate_limited')
from public.tasks where lease_expires_at is not null;
select tests.open_lanes();
insert into private.failing_users values ('openai', tests.user_id('mallory'), 5, now(), now() + interval '15 seconds');
select tests.submit('good', p_user => 'ann');
select is(tests.claim(), array['good'], 'Others go on');
select tests.complete('good');

update pgmq.q_openai set vt = now() - interval '1 second';
select pg_temp.end_user_pause('mallory');
select is(cardinality(tests.claim()), 1, 'After the pause one task of the user is tried');
select is(tests.claim(), '{}', 'and no other');
select tests.retry(client_task_id) from public.tasks where lease_expires_at is not null;
select is(pg_temp.user_pause('mallory'), 30, 'If it fails, too, the user pauses longer');
select is(tests.paused_seconds(), null, 'and not the lane, since others have succeeded meanwhile');
update pgmq.q_openai set vt = now() - interval '1 second';
select pg_temp.end_user_pause('mallory');
select tests.claim();
select tests.retry(client_task_id) from public.tasks where lease_expires_at is not null;
select isnt(tests.paused_seconds(), null, 'If nobody else has, the lane pauses: it may be the provider');

select tests.open_lanes();
update pgmq.q_openai set vt = now() - interval '1 second';
select tests.claim(1);
select tests.fail(client_task_id, 'provider_auth') from public.tasks where lease_expires_at is not null;
select is(pg_temp.user_pause('mallory'), 300, 'A refusal of our key pauses the user at once');
select is(tests.paused_seconds(), null, 'and not the lane');
select tests.submit('also good', p_user => 'bob');
select is(tests.claim(), array['also good'], 'Others go on');
select tests.settle(
  'also good', tests.failure('timeout', true) || '{"is_own_cut": true}'
);
select is_empty(
  $$ select from private.failing_users where user_id = tests.user_id('bob') $$,
  'That we ended a call ourselves is nobody''s failure'
);

select * from finish();
rollback;
