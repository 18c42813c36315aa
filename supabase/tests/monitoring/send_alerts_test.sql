begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(11);

-- Stands in for pg_net, with its signature.
create schema if not exists net;
create temp table posts (url text, body jsonb);
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
  insert into posts values (url, body) returning 1::bigint;
$$;

-- As if all that was told had been told so much earlier.
create function pg_temp.pass(p_time interval)
returns void
language sql
as $$
  update monitoring.sent_alerts set sent_at = sent_at - p_time, told_at = told_at - p_time;
$$;

select tests.clear();
select is(monitoring.send_alerts('https://hooks.example'), 0, 'Nothing is wrong');
select is_empty('select * from posts', 'and nothing is sent');

update private.lanes set paused_until = 'infinity' where provider = 'flux';
select tests.add_call('failed', 'provider_auth');
select is(monitoring.send_alerts('https://hooks.example'), 2, 'Two things are');
select is(count(*), 1::bigint, 'which is one message') from posts;
select is(url, 'https://hooks.example', 'to the address') from posts;
select matches(
  body ->> 'text',
  E'^\\[critical\\] provider_auth openai: .*secrets of the functions\\.\n\\[warning\\] lane_paused flux: ',
  'in words, the worst first'
)
from posts;
select is(
  (select jsonb_agg(alert -> 'code') from posts, jsonb_array_elements(body -> 'alerts') as alert),
  '["provider_auth", "lane_paused"]', 'and as data'
);

select pg_temp.pass(interval '59 minutes');
select is(monitoring.send_alerts('https://hooks.example'), 0, 'It is not told every minute');
select pg_temp.pass(interval '1 minute');
select is(monitoring.send_alerts('https://hooks.example'), 1, 'What is critical is told again each hour');
select pg_temp.pass(interval '23 hours');
select is(monitoring.send_alerts('https://hooks.example'), 2, 'the rest each day');
select pg_temp.pass(interval '1 minute');
update monitoring.sent_alerts set seen_at = now() - interval '11 minutes' where code = 'lane_paused';
select is(monitoring.send_alerts('https://hooks.example'), 1, 'What was over and comes back is told at once');

select * from finish();
rollback;
