begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(9);

select tests.clear();
select tests.submit('job ' || i, p_provider => 'flux') from generate_series(1, 20) as i;
select tests.submit('other ' || i, p_provider => 'tripo') from generate_series(1, 2) as i;
select tests.claim(30);
update private.lanes set polls_per_second = 5 where provider = 'flux';
select tests.snooze(client_task_id, p_delay_seconds => 0) from public.tasks order by message_id;

create function pg_temp.polled()
returns bigint
language sql
as $$ select count(*) from unnest(tests.claim_once(20)) as name where name like 'job %' $$;
-- How many polls the pace allows that was last kept at p_next. A machine may take long between two
-- statements, so of the moments before and after.
create function pg_temp.allowed(p_next timestamptz, p_at timestamptz)
returns integer
language sql
as $$
  select floor(5 * extract(epoch from p_at - greatest(p_next, p_at - interval '1 second')))::integer
$$;
create function pg_temp.keeps_the_pace(p_next timestamptz)
returns boolean
language plpgsql
as $$
declare
  v_before timestamptz := clock_timestamp();
  v_polled bigint;
begin
  update private.poll_pacing set next_poll_at = p_next where provider = 'flux';
  v_polled := pg_temp.polled();
  return v_polled between pg_temp.allowed(p_next, v_before)
    and pg_temp.allowed(p_next, clock_timestamp());
end;
$$;
create temp table began as select clock_timestamp() as at;
select is(pg_temp.polled(), 5::bigint, 'After a rest so many are polled as a second allows');
select ok(
  (
    select next_poll_at between began.at and clock_timestamp()
    from private.poll_pacing, began
    where provider = 'flux'
  ),
  'and then none until as much time has passed'
);
select is(
  (select count(*) from public.tasks where provider = 'tripo' and lease_expires_at is not null), 2::bigint,
  'which holds up no other lane'
);
select ok(
  pg_temp.keeps_the_pace(clock_timestamp() - interval '401 milliseconds'),
  'Two fifths of a second allow two'
);
select ok(
  pg_temp.keeps_the_pace(now() - interval '1 hour'), 'Nothing is saved up for longer than a second'
);
select is_empty(
  $$
    select client_task_id from public.tasks
    where provider = 'flux' and lease < 2
      and message_id < (select max(message_id) from public.tasks where provider = 'flux' and lease >= 2)
  $$,
  'Who is due longest is polled first'
);

select tests.settle('job 1', tests.failure('provider_rate_limited', true, p_delay_seconds => 30, p_call => '{"retry_after_seconds": 20}'));
select tests.show_message('job 2');
update private.lanes set polls_per_second = null where provider = 'flux';
select is(pg_temp.polled(), 0::bigint, 'A provider that is polled too often is left alone');
select ok(
  (select next_poll_at - clock_timestamp() between '19 s' and '20 s' from private.poll_pacing where provider = 'flux'),
  'for as long as it says'
);
select is(
  (select count(*) from private.failing_users) + (select count(*) from private.lanes where paused_until is not null or rate_limited_until is not null),
  0::bigint, 'and starts go on'
);

select * from finish();
rollback;
