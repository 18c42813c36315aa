begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(5);

create temp view our_tables as
select
  oid, oid::regclass as name, relnamespace::regnamespace::text as schema, relkind, relrowsecurity,
  reloptions
from pg_class
where relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'monitoring'::regnamespace)
  and relkind in ('r', 'p', 'v', 'm', 'f');

select set_eq(
  'select name::text from our_tables',
  array[
    'tasks', 'concept_images', 'models', 'input_assets',
    'private.task_errors', 'private.task_error_reasons', 'private.lanes', 'private.pools',
    'private.poll_pacing',
    'private.rate_limits', 'private.failing_users', 'private.provider_calls', 'private.api_keys',
    'private.limits', 'private.key_submits', 'private.plans', 'private.submit_pause',
    'private.user_spending', 'private.spending', 'private.spending_stripes',
    'private.spending_changes',
    'private.refused_budgets',
    'private.blocked_users', 'private.operator_actions', 'private.unlisted_hosts',
    'private.content_limits', 'private.content_refusals', 'private.reports',
    'private.dead_letters', 'private.input_uses', 'private.workers', 'private.worker_contact',
    'private.maintenance_jobs', 'private.file_cursors', 'private.files_to_remove',
    'private.deleted_users', 'private.inconsistencies',
    'private.retention',
    'monitoring.thresholds', 'monitoring.alert_kinds', 'monitoring.model_shutdowns',
    'monitoring.missing_models',
    'monitoring.sent_alerts',
    'monitoring.queues', 'monitoring.lanes', 'monitoring.paused_lanes',
    'monitoring.operations', 'monitoring.hours', 'monitoring.failures',
    'monitoring.stuck_tasks', 'monitoring.dead_letters',
    'monitoring.refused_users', 'monitoring.reports',
    'monitoring.budgets', 'monitoring.spending', 'monitoring.spend_by_day',
    'monitoring.dearest_users', 'monitoring.price_drift',
    'monitoring.billable_calls', 'monitoring.ambiguous_calls',
    'monitoring.workers', 'monitoring.cron_jobs', 'monitoring.maintenance_jobs'
  ],
  'These are the tables, and no view that apps can reach'
);
select is_empty(
  $$ select name from our_tables where relkind = 'r' and not relrowsecurity $$,
  'Each has row level security'
);
select is_empty(
  $$
    select name from our_tables
    where relkind <> 'r' and reloptions is distinct from array['security_invoker=true']
  $$,
  'or is a view that asks under the rights of who looks'
);
select is_empty(
  $$ select name from our_tables where obj_description(oid, 'pg_class') is null $$,
  'and says what it is for'
);
select is_empty(
  $$
    select tablename, policyname
    from pg_policies
    where schemaname in ('public', 'private', 'monitoring')
      and (roles <> array['authenticated']::name[] or schemaname <> 'public')
  $$,
  'Policies are for signed-in users and for public tables only'
);

select * from finish();
rollback;
