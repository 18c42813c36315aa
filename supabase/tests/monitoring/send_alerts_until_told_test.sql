begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(24);

-- Stands in for pg_net: what was posted, and the table of answers as the real one has it.
create schema if not exists net;
create temp table posts (id bigint generated always as identity, body jsonb);
create or replace function net.http_post(
  url text,
  body jsonb default '{}',
  params jsonb default '{}',
  headers jsonb default '{"Content-Type": "application/json"}',
  timeout_milliseconds integer default 5000
)
returns bigint
language sql
as $$
  insert into posts (body) values (body) returning id;
$$;
create table if not exists net._http_response (
  id bigint, status_code integer, content_type text, headers jsonb, content text,
  timed_out boolean, error_msg text, created timestamptz not null default now()
);

create function pg_temp.answer(p_status integer, p_error text default null)
returns void
language sql
as $$
  insert into net._http_response (id, status_code, timed_out, error_msg)
  select max(id), p_status, p_error like 'Timeout%', p_error from posts;
$$;

create function pg_temp.pass(p_time interval)
returns void
language sql
as $$
  update monitoring.sent_alerts
  set sent_at = sent_at - p_time, told_at = told_at - p_time, seen_at = now();
$$;

-- Each a transaction later, whose time does not stand still.
create function pg_temp.send()
returns integer
language sql
as $$
  select pg_temp.pass(interval '1 microsecond');
  select monitoring.send_alerts('https://hooks.example');
$$;

select tests.clear();
select tests.add_call('failed', 'provider_auth');
select is(pg_temp.send(), 1, 'What is wrong is posted');
select pg_temp.pass(interval '1 minute');
select is(pg_temp.send(), 0, 'and not again before its answer is known');

select pg_temp.answer(500);
select is(pg_temp.send(), 1, 'A receiver that fails is told again');
select pg_temp.pass(interval '1 minute');
select pg_temp.answer(429);
select is(pg_temp.send(), 0, 'not at once');
select pg_temp.pass(interval '1 minute');
select is(pg_temp.send(), 1, 'one that is asked too often, too');
select pg_temp.pass(interval '4 minutes');
select pg_temp.answer(null, 'Couldn''t connect to server');
select is(pg_temp.send(), 1, 'one that is away');
select pg_temp.pass(interval '8 minutes');
select pg_temp.answer(null, 'Timeout of 5000 ms reached');
select is(pg_temp.send(), 1, 'and one that is slow');
select pg_temp.pass(interval '10 minutes');
select pg_temp.answer(404);
select is(pg_temp.send(), 1, 'An address that is wrong is tried');
select pg_temp.pass(interval '9 minutes');
select pg_temp.answer(404);
select is(pg_temp.send(), 0, 'no more than');
select pg_temp.pass(interval '1 minute');
select is(pg_temp.send(), 1, 'every ten minutes');

select tests.add_call('failed', 'provider_credits', p_provider => 'flux');
select is(pg_temp.send(), 1, 'Another alert is posted at once');
select is(
  (select body -> 'alerts' -> 0 ->> 'code' from posts order by id desc limit 1),
  'provider_credits', 'alone'
);
insert into net._http_response (id, status_code) select id, 204 from posts order by id desc limit 2;
select pg_temp.pass(interval '59 minutes');
select is(pg_temp.send(), 0, 'What was taken was told');
select is((select count(*)::integer from posts), 8, 'once');
select is(
  (select count(*)::integer from monitoring.sent_alerts where told_at is not null), 2, 'as is noted'
);

select pg_temp.pass(interval '1 minute');
select is(pg_temp.send(), 2, 'After an hour both are told again');
select pg_temp.answer(503);
select is(pg_temp.send(), 0, 'When that fails it is tried again');
select pg_temp.pass(interval '1 minute');
select is(pg_temp.send(), 2, 'after a minute');
select pg_temp.pass(interval '4 minutes');
select is(pg_temp.send(), 0, 'An answer may take its time');
select pg_temp.pass(interval '1 minute');
select is(pg_temp.send(), 2, 'but what pg_net has forgotten in a crash is posted again');
select pg_temp.answer(200);
select pg_temp.pass(interval '1 minute');
select is(pg_temp.send(), 0, 'until it is told');

drop table net._http_response;
select pg_temp.pass(interval '1 hour');
select is(pg_temp.send(), 2, 'Without a table of answers');
select pg_temp.pass(interval '30 minutes');
select is(pg_temp.send(), 0, 'what was posted counts as told');
select pg_temp.pass(interval '30 minutes');
select is(pg_temp.send(), 2, 'for as long as ever');

select * from finish();
rollback;
