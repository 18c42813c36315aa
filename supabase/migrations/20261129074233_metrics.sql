-- Statements that no copy of a source can replace, such as `alter table` (with
-- `set local lock_timeout = '2s';` before it, so that it never blocks the project for long):

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

create or replace function monitoring.metrics()
returns table (metric text, labels jsonb, value double precision)
language sql
stable
set search_path = ''
as $$
  select samples.metric, jsonb_build_object('lane', queues.lane, 'queue', queues.queue),
    samples.value
  from monitoring.queues
  cross join lateral (
    values
      ('makeit3d_queue_messages', queues.messages::double precision),
      ('makeit3d_queue_due_messages', queues.due),
      ('makeit3d_queue_oldest_due_seconds', coalesce(queues.oldest_seconds, 0))
  ) as samples (metric, value)
  union all
  select samples.metric, jsonb_build_object('lane', lanes.lane), samples.value
  from monitoring.lanes
  cross join lateral (
    values
      ('makeit3d_lane_in_flight_tasks', lanes.in_flight::double precision),
      ('makeit3d_lane_capacity_tasks', lanes.max_in_flight),
      ('makeit3d_lane_paused', lanes.paused::integer),
      ('makeit3d_lane_consecutive_failures', lanes.consecutive_failures)
  ) as samples (metric, value)
  union all
  select
    'makeit3d_ended_tasks_last_' || operations.period,
    jsonb_build_object(
      'operation', operations.operation, 'provider', operations.provider, 'status', samples.status
    ),
    samples.value
  from monitoring.operations
  cross join lateral (
    values
      ('complete', operations.complete::double precision),
      ('failed', operations.failed),
      ('canceled', operations.canceled)
  ) as samples (status, value)
  union all
  select samples.metric, jsonb_build_object('provider', spending.scope_id), samples.value
  from monitoring.spending
  cross join lateral (
    values
      ('makeit3d_spent_today_usd', spending.used_usd::double precision),
      ('makeit3d_spending_cap_today_usd', spending.cap_usd)
  ) as samples (metric, value)
  where spending.scope = 'provider' and spending.period = 'day'
    and spending.period_start = (now() at time zone 'UTC')::date
    -- There is no cap.
    and samples.value is not null
  union all
  select
    'makeit3d_alerts', jsonb_build_object('code', kinds.code, 'severity', kinds.severity),
    count(alerts.code)
  from monitoring.alert_kinds as kinds
  left join monitoring.alerts() as alerts on alerts.code = kinds.code
  group by kinds.code, kinds.severity
  union all
  select 'makeit3d_live_workers', '{}', count(*) from monitoring.workers where live;
$$;

comment on function monitoring.metrics is 'Numbers of now, from the views of this schema, as a monitoring system collects them: how many there are is bounded by lanes, operations and kinds of alerts, and none is about a user or an API key.';
