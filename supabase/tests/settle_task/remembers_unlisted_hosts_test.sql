begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(10);

create function pg_temp.find_on(p_host text) returns text
language sql
as $$
  select tests.settle(
    'castle',
    tests.failure('provider_unavailable', p_is_retryable => true, p_delay_seconds => 0)
      || jsonb_build_object('unlisted_host', p_host)
  )
$$;

select tests.clear();
delete from private.unlisted_hosts;
select tests.submit('castle', p_provider => 'tripo', p_output => 'model');
select tests.claim();
select tests.snooze('castle', p_delay_seconds => 0);
select is(tests.alerts(), '{}', 'While results are where they belong nothing is wrong');

select tests.claim();
select is(pg_temp.find_on('cdn.new.example'), 'polling', 'Work whose result lies elsewhere is asked for again');
select is((tests.task('castle')).handle, 'job-1', 'by the handle that it had');
select is(
  tests.alerts(), array['unlisted_host tripo cdn.new.example'], 'and the operator is told where it lies'
);
select matches(
  (select message from monitoring.alerts()), 'add it to the provider''s setting', 'and what to do'
);

update private.unlisted_hosts set first_seen_at = now() - interval '2 hours', last_seen_at = now() - interval '61 minutes';
select is(tests.alerts(), '{}', 'An hour later it is over');
select tests.claim();
select pg_temp.find_on('cdn.new.example');
select results_eq(
  'select provider, host, now() - first_seen_at, last_seen_at from private.unlisted_hosts',
  $$ values ('tripo', 'cdn.new.example', interval '2 hours', now()) $$,
  'unless it happens again'
);

insert into private.unlisted_hosts (provider, host, last_seen_at)
select 'tripo', format('h%s.example', i), now() - make_interval(mins => i) from generate_series(1, 30) as i;
select tests.claim();
select pg_temp.find_on('one.more.example');
select is(
  (select count(*)::integer from private.unlisted_hosts), private.max_unlisted_hosts(),
  'However many a provider names, a few are kept'
);
select ok(
  exists (select from private.unlisted_hosts where host = 'one.more.example'), 'the latest'
);
select tests.claim();
select is(pg_temp.find_on(null), 'polling', 'Most failures have none');

select * from finish();
rollback;
