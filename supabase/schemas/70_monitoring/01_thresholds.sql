-- What an operator looks at, in the dashboard and in a terminal. Nothing in here is for apps.

create schema monitoring;
revoke all on schema monitoring from public;
comment on schema monitoring is 'What an operator looks at: views of now and of the last days, and alerts. Never exposed through the Data API.';

create table monitoring.thresholds (
  name text not null,
  value numeric not null,
  meaning text not null,

  constraint thresholds_pkey primary key (name),
  constraint thresholds_are_not_negative check (value >= 0)
);

comment on table monitoring.thresholds is 'From where on something is an alert. A change of a row applies from the next query on.';

alter table monitoring.thresholds enable row level security;

insert into monitoring.thresholds (name, value, meaning) values
  ('database_megabytes', 450, 'How large the database may be: the Free plan has 500 MB for it'),
  ('connections_share', 0.9, 'Share of the connections that may be in use'),
  ('queue_old_seconds', 300, 'For how long a task may wait that is its user''s next, or is to be polled'),
  ('silent_seconds', 120, 'For how long work may be due without a sign of a worker'),
  ('unserved_seconds', 300, 'After how long of that the health check answers 503'),
  ('pause_seconds', 60, 'For how long from now a lane may be paused'),
  ('ambiguous_share', 0.05, 'Share of ambiguous calls in an hour'),
  ('ambiguous_calls', 3, 'How many of them there are at least'),
  ('missed_deadlines', 3, 'How many tasks of a lane may reach their deadline in an hour'),
  ('stuck_seconds', 300, 'For how long a task may be held by nobody, or be overdue'),
  ('dead_letter_hours', 24, 'How long a dead letter raises an alert'),
  ('unlisted_host_seconds', 3600, 'For how long a result on a host that is not listed raises an alert'),
  ('shutdown_days', 30, 'How many days before a model in use is shut down'),
  ('budget_50_share', 0.5, 'Share of a cap from which on it is a first warning'),
  ('budget_80_share', 0.8, 'Share of a cap from which on it is a second'),
  ('spend_rate_factor', 5, 'How many times of a usual hour the last one may have cost'),
  ('spend_rate_share', 0.1, 'and which share of the project''s cap of a day'),
  ('spend_rate_usd', 4, 'or, where there is no such cap, how many USD'),
  ('price_drift_share', 0.15, 'How far from the price list a provider''s calls may be'),
  ('price_drift_calls', 10, 'How many of them there are at least'),
  ('submits_paused_seconds', 3600, 'For how long submits may be paused');

create or replace function monitoring.threshold(p_name text)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
declare
  v_value numeric;
begin
  -- A missing row would compare to nothing, and no alert would ever be raised.
  select value into strict v_value from monitoring.thresholds where name = p_name;
  return v_value;
end;
$$;

comment on function monitoring.threshold is 'From where on something is an alert.';

create or replace function monitoring.seconds_since(p_time timestamptz)
returns integer
language sql
stable
set search_path = ''
return case when p_time > now() then 0 else extract(epoch from now() - p_time) end::integer;

comment on function monitoring.seconds_since is 'Seconds from a time until now; null if there is none.';

create or replace function monitoring.seconds_ago(p_threshold text)
returns timestamptz
language sql
stable
set search_path = ''
return now() - make_interval(secs => monitoring.threshold(p_threshold)::double precision);

comment on function monitoring.seconds_ago is 'The time that lies a threshold in seconds back.';
