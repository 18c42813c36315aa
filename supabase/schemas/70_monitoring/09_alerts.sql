-- All alerts there are.

create or replace function monitoring.alerts()
returns table (code text, severity text, subject text, message text, since timestamptz)
language sql
stable
set search_path = ''
as $$
  with findings as (
    select * from monitoring.live_findings()
    union all
    select * from monitoring.find_disk_problems()
    union all
    select * from monitoring.find_cron_problems()
    union all
    select * from monitoring.find_maintenance_problems()
    union all
    select * from monitoring.find_access_problems()
    union all
    select * from monitoring.find_ambiguous_calls()
    union all
    select * from monitoring.find_missed_deadlines()
    union all
    select * from monitoring.find_stuck_tasks()
    union all
    select * from monitoring.find_dead_letters()
    union all
    select * from monitoring.find_model_shutdowns()
    union all
    select * from monitoring.find_missing_models()
    union all
    select * from monitoring.find_refused_users()
    union all
    select * from monitoring.find_reports()
    union all
    select * from monitoring.find_unlisted_hosts()
    union all
    select * from monitoring.find_budget_problems()
    union all
    select * from monitoring.find_spend_rate()
    union all
    select * from monitoring.find_price_drift()
    union all
    select * from monitoring.find_submit_pause()
  )
  select
    findings.code, kinds.severity, findings.subject,
    findings.what || '. ' || kinds.advice || '.', findings.since
  from findings
  join monitoring.alert_kinds as kinds on kinds.code = findings.code
  order by kinds.severity, findings.code, findings.subject;
$$;

comment on function monitoring.alerts is 'What is wrong now: what, and what to do about it; the critical first. No row: nothing.';
