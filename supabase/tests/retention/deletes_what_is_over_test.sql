begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(19);

select tests.clear();
create schema if not exists cron;
create table if not exists cron.job_run_details (
  runid bigint primary key, end_time timestamptz
);
-- Deletes what is older than a day, and tells how many of the kind there were.
create function pg_temp.prune(p_kind text, p_batch integer default 10000)
returns bigint
language sql
as $$
  update private.retention set keep = case when kind = p_kind then interval '1 day' end;
  select deleted from private.prune(p_batch) where kind = p_kind;
$$;

select results_eq(
  'select kind, keep from private.retention order by kind',
  $$
    values
      ('archived messages', '7 days'::interval), ('canceled tasks', '1 day'),
      ('content refusals', '30 days'),
      ('dead letters', '90 days'), ('failed parameters', '1 day'), ('failed tasks', '30 days'),
      ('finished tasks', null), ('open reports', '90 days'),
      ('operator actions', '400 days'),
      ('provider calls', '400 days'), ('schedule runs', '1 day'),
      ('spending', '400 days'), ('spending of users', '40 days'), ('unused inputs', '7 days')
  $$,
  'Results are kept for ever unless an operator says otherwise'
);
select results_eq(
  'select kind, deleted from private.prune()',
  $$
    values
      ('archived messages', 0::bigint), ('canceled tasks', 0), ('content refusals', 0),
      ('dead letters', 0), ('failed parameters', 0), ('failed tasks', 0), ('open reports', 0),
      ('operator actions', 0),
      ('provider calls', 0), ('schedule runs', 0), ('spending', 0), ('spending of users', 0),
      ('unused inputs', 0)
  $$,
  'Where there is nothing, nothing is deleted'
);

-- Each is old; what is old and over is to go, what is not over is to stay.
select tests.submit(name) from unnest(array['over', 'also over', 'young']) as name;
select tests.claim();
select tests.complete(name) from unnest(array['over', 'also over', 'young']) as name;
update pgmq.a_openai set archived_at = now() - interval '2 days'
where message ->> 'task_id' <> (tests.task('young')).id::text;
select is(pg_temp.prune('archived messages', 1), 1::bigint, 'A batch is as long as it may be');
select is(pg_temp.prune('archived messages'), 1::bigint, 'Archived messages go');
select is(tests.archived(), array['young'], 'when they are old enough');

update private.provider_calls
set started_at = now() - interval '2 days', finished_at = now() - interval '2 days'
where task_id <> (tests.task('young')).id;
select is(pg_temp.prune('provider calls'), 2::bigint, 'So do calls');

select tests.submit('again');
select tests.claim();
select tests.retry('again', p_delay_seconds => 0);
select tests.show_message('again');
select tests.claim();
update private.provider_calls
set
  started_at = now() - interval '2 days',
  finished_at = case when outcome is not null then now() - interval '2 days' end;
select is(pg_temp.prune('provider calls'), 1::bigint, 'but none of a task that is not finished');
select is(tests.calls('again'), array['failed', 'open'], 'neither those that ended nor the open one');

insert into private.dead_letters (queue, message, reason, dead_lettered_at, replayed_at)
values
  ('openai', '{}', 'Put back', now() - interval '3 days', now() - interval '2 days'),
  ('openai', '{}', 'Waits for somebody', now() - interval '3 days', null);
select is(pg_temp.prune('dead letters'), 1::bigint, 'Dead letters go when they were replayed');
select is(
  array(select reason from private.dead_letters), array['Waits for somebody'],
  'and stay while they wait for it'
);

insert into cron.job_run_details (runid, end_time)
values (-1, now() - interval '2 days'), (-2, now()), (-3, null);
select is(pg_temp.prune('schedule runs'), 1::bigint, 'So do runs of the schedule that have ended');
select is(
  array(select runid from cron.job_run_details where runid < 0 order by runid), array[-3, -2]::bigint[],
  'and no others'
);

select ok(
  bool_and(reloptions::text like '%autovacuum_vacuum_threshold=200%'),
  'Every queue is vacuumed before it is full of the dead'
)
from private.queues() as queue join pg_class on oid = ('pgmq.q_' || queue)::regclass;
select ok(
  reloptions::text like '%autovacuum_vacuum_scale_factor=0.02%', 'and so is the table of the tasks'
)
from pg_class where oid = 'public.tasks'::regclass;
select throws_ok(
  $$ insert into private.retention (kind, keep) values ('x', interval '-1 day') $$, '23514', null,
  'What is yet to come cannot be deleted'
);

select tests.clear();
select tests.spend(1, p_day => (now() at time zone 'UTC')::date - n) from generate_series(0, 70) as n;
insert into private.refused_budgets (scope, scope_id, period, period_start, cap_usd)
values ('project', '', 'day', '2026-01-31', 40);
insert into private.user_spending (user_id, day, used_usd)
select tests.create_user('ann'), (now() at time zone 'UTC')::date - n, 1
from generate_series(0, 3) as n;
select isnt(pg_temp.prune('spending'), 0::bigint, 'So does what was spent');
select is(
  (select min(day) from private.spending),
  date_trunc('month', now() at time zone 'UTC')::date, 'but for the days of this month, that has a cap'
);
select is_empty('select from private.refused_budgets', 'What was refused for it goes along');
select is(pg_temp.prune('spending of users'), 2::bigint, 'and what a user has spent');

select * from finish();
rollback;
