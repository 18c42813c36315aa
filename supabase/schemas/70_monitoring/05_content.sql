-- What users ask for that they should not, and what they were given that they should not have been.

create or replace view monitoring.refused_users with (security_invoker = true) as
select
  refusals.user_id,
  count(*) as refusals,
  min(refusals.refused_at) as first_refused_at,
  max(refusals.refused_at) as last_refused_at,
  (array_agg(refusals.refused_by order by refusals.refused_at desc, refusals.id desc))[1]
    as last_refused_by,
  private.is_blocked(refusals.user_id) as is_blocked
from private.content_refusals as refusals
join private.content_limits as limits on refusals.refused_at > now() - limits.counted_for
group by refusals.user_id;

comment on view monitoring.refused_users is 'Users with refusals of content that count, and whether they are blocked.';

create or replace view monitoring.reports with (security_invoker = true) as
select
  reports.task_id, tasks.user_id, tasks.operation, tasks.provider, reports.reason,
  reports.reported_at, reports.hidden_at, reports.asset_urls
from private.reports
join public.tasks on tasks.id = reports.task_id
where reports.closed_at is null;

comment on view monitoring.reports is 'Results that users have reported, until the report is closed. The files are in the bucket reported, under the same names.';
