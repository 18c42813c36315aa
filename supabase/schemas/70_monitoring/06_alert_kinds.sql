-- What can be wrong, and what to do about it: a word of each in docs/operations.md.

create table monitoring.alert_kinds (
  code text not null,
  severity text not null,
  advice text not null,

  constraint alert_kinds_pkey primary key (code),
  constraint alert_kinds_severity_is_known check (severity in ('critical', 'warning'))
);

comment on table monitoring.alert_kinds is 'Every alert there is. critical: users wait or are refused, or money is lost, until somebody does something.';

alter table monitoring.alert_kinds enable row level security;

insert into monitoring.alert_kinds (code, severity, advice) values
  ('disk_full', 'critical', 'Free some space, or give the database more'),
  ('connections_used', 'critical', 'Look who holds them, and end what is idle; functions take theirs from the pooler if DATABASE_URL names it'),
  ('queue_missing', 'critical', 'Create it: select private.restore_queues()'),
  ('worker_silent', 'critical', 'Look whether the schedule runs and what the worker logs'),
  ('cron_silent', 'critical', 'Look at cron.job_run_details; restart the database if the scheduler is gone'),
  ('cron_failing', 'warning', 'Read the message and mend what the job calls'),
  ('maintenance_failing', 'warning', 'Read the message and mend what the job does; it is tried again by itself'),
  ('queue_old', 'warning', 'Raise the lane''s limits if the provider allows it'),
  ('lane_paused', 'warning', 'Look at the provider''s status page; if it works, open the lane: deno task lanes resume'),
  ('provider_auth', 'critical', 'Set a valid key of the provider in the secrets of the functions'),
  ('provider_credits', 'critical', 'Add credits at the provider'),
  ('ambiguous_calls', 'warning', 'Look for lost workers and broken connections in the logs; compare with the provider''s bill'),
  ('deadlines_missed', 'warning', 'Look at the lane''s queue and the provider''s run time'),
  ('tasks_stuck', 'warning', 'Look at monitoring.stuck_tasks and the worker''s logs'),
  ('poison_task', 'warning', 'Look for the task in the worker''s logs before it is done again'),
  ('dead_letters', 'warning', 'Look at monitoring.dead_letters; replay them with deno task replay'),
  ('content_refusals', 'warning', 'Look at monitoring.refused_users and at what the user asks for; unblock the user, or let the block last'),
  ('result_reported', 'warning', 'Look at the result in the bucket reported, then close the report: select private.close_report(task)'),
  ('unlisted_host', 'critical', 'If the host is the provider''s, add it to the provider''s setting of result hosts before the results are deleted there'),
  ('model_shutdown', 'warning', 'Configure another model before that day'),
  ('model_missing', 'critical', 'Look at the provider''s page of models; configure another model, or have apps choose another'),
  ('budget_50', 'warning', 'Look at monitoring.spend_by_day whether it is as it should be'),
  ('budget_80', 'warning', 'Look who spends it in monitoring.dearest_users; raise the cap with deno task budgets, or let it hold'),
  ('budget_used', 'critical', 'Raise the cap with deno task budgets, or wait until the day or month is over: what does not fit is refused until then'),
  ('spend_rate', 'warning', 'Look who spends it in monitoring.dearest_users; block whoever should not'),
  ('price_drift', 'warning', 'Compare with the provider''s price list, and change the caps until the prices in the code are right'),
  ('submits_paused', 'warning', 'If the work is done, let them in: deno task submits resume');

create type monitoring.finding as (code text, subject text, what text, since timestamptz);
comment on type monitoring.finding is 'Something that is wrong: which kind of alert, about what, a message, since when.';
revoke all on type monitoring.finding from public;

create table monitoring.model_shutdowns (
  provider text not null,
  model text not null,
  shut_down_on date not null,
  source text,

  constraint model_shutdowns_pkey primary key (provider, model)
);

comment on table monitoring.model_shutdowns is 'Models whose providers have announced their end. An alert only where one of them is in use; add a row when a provider announces another.';

comment on column monitoring.model_shutdowns.source is 'Where the provider says so.';

alter table monitoring.model_shutdowns enable row level security;

-- As of 28 November 2026 no other provider has announced the end of a model that can be asked for
-- here. What Tripo has retired already is not sent any more.
insert into monitoring.model_shutdowns (provider, model, shut_down_on, source)
select 'openai', model, shut_down_on, 'https://developers.openai.com/api/docs/deprecations'
from (
  values
    ('dall-e-2', '2026-05-12'::date),
    ('dall-e-3', '2026-05-12'),
    ('gpt-image-1', '2026-10-23'),
    ('gpt-image-1-mini', '2026-12-01'),
    ('gpt-image-1.5', '2026-12-01'),
    ('gpt-image-1.5-2025-12-16', '2026-12-01'),
    ('chatgpt-image-latest', '2026-12-01')
) as announced (model, shut_down_on);
