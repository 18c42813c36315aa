begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(9);

select tests.clear();
select tests.submit('job ' || i, p_provider => 'flux') from generate_series(1, 12) as i;
select tests.submit('other ' || i, p_provider => 'tripo') from generate_series(1, 2) as i;
select tests.claim(20);
update private.lanes set polls_per_second = 5 where provider = 'flux';
select tests.snooze(client_task_id, p_delay_seconds => 0) from public.tasks order by message_id;

create function pg_temp.polled()
returns bigint
language sql
as $$ select count(*) from unnest(tests.claim_once(20)) as name where name like 'job %' $$;
-- How long a machine takes between two statements must not matter: what follows is what the pace says.
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
update private.poll_pacing set next_poll_at = clock_timestamp() - interval '401 milliseconds' where provider = 'flux';
select is(pg_temp.polled(), 2::bigint, 'Two fifths of a second allow two');
update private.poll_pacing set next_poll_at = now() - interval '1 hour' where provider = 'flux';
select is(pg_temp.polled(), 5::bigint, 'Nothing is saved up for longer than a second');
select is(
  (select array_agg(client_task_id order by message_id) from public.tasks where provider = 'flux' and lease < 2 ),
  null, 'Who is due longest is polled first: all have been by now'
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
