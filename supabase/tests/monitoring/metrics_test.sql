begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(9);

create function pg_temp.metric(p_metric text, p_labels jsonb default '{}')
returns double precision
language sql
as $$
  select value from monitoring.metrics() where metric = p_metric and labels = p_labels;
$$;

select tests.clear();
select is(
  (select sum(value) from monitoring.metrics() where metric = 'makeit3d_alerts'), 0::double precision,
  'Nothing is wrong: each kind of alert is there, with none'
);
select is(pg_temp.metric('makeit3d_live_workers'), 0::double precision, 'Nobody works');
select is(
  (select count(*) from (select from monitoring.metrics() group by metric, labels having count(*) > 1) as twice),
  0::bigint, 'No number is there twice'
);

update private.lanes set paused_until = 'infinity' where provider in ('flux', 'tripo');
select is(
  pg_temp.metric('makeit3d_alerts', '{"code": "lane_paused", "severity": "warning"}'),
  2::double precision, 'Two lanes that rest are two alerts of a kind'
);
select is(
  pg_temp.metric('makeit3d_lane_paused', '{"lane": "flux"}'), 1::double precision,
  'and each says that it rests'
);
select is(
  pg_temp.metric('makeit3d_lane_paused', '{"lane": "openai"}'), 0::double precision,
  'as the others say that they work'
);

select tests.submit('waits');
select tests.age_message('waits', interval '100 seconds');
select is(
  pg_temp.metric('makeit3d_queue_oldest_due_seconds', '{"lane": "openai", "queue": "ready"}'),
  100::double precision, 'The age of a queue is how long its first task has waited'
);

select is(
  (
    select count(*) from monitoring.metrics()
    where metric = 'makeit3d_spending_cap_today_usd' and labels ->> 'provider' = 'openai'
  ),
  0::bigint, 'Where there is no cap there is no number'
);
update private.lanes set usd_per_day = 12.5 where provider = 'openai';
select is(
  pg_temp.metric('makeit3d_spending_cap_today_usd', '{"provider": "openai"}'),
  12.5::double precision, 'A cap is one'
);

select * from finish();
rollback;
