-- How tasks fared, by operation and provider.

create or replace view monitoring.operations with (security_invoker = true) as
select
  period, operation, provider, finished, complete, failed, canceled,
  round(complete::numeric / nullif(complete + failed, 0), 4) as success_rate,
  wait[1] as wait_p50,
  wait[2] as wait_p95,
  run[1] as run_p50,
  run[2] as run_p95
from (
  select
    periods.period,
    tasks.operation,
    tasks.provider,
    count(*) as finished,
    count(*) filter (where tasks.status = 'complete') as complete,
    count(*) filter (where tasks.status = 'failed') as failed,
    count(*) filter (where tasks.status = 'canceled') as canceled,
    percentile_cont(array[0.5, 0.95])
      within group (order by date_part('epoch', tasks.started_at - tasks.created_at)) as wait,
    percentile_cont(array[0.5, 0.95])
      within group (order by date_part('epoch', tasks.finished_at - tasks.started_at)) as run
  from public.tasks
  join (values ('hour', interval '1 hour'), ('day', interval '1 day')) as periods (period, length)
    on tasks.finished_at > now() - periods.length
  -- The longest of them, so that the index finds where to begin.
  where tasks.finished_at > now() - interval '1 day'
  group by periods.period, tasks.operation, tasks.provider
) as ended;

comment on view monitoring.operations is 'What ended in the last hour and in the last day: how much of it well (canceled ones aside), and its seconds from submit to start and from start to end.';

create or replace view monitoring.hours with (security_invoker = true) as
select
  date_trunc('hour', finished_at) as hour,
  provider,
  count(*) as finished,
  count(*) filter (where status = 'complete') as complete,
  count(*) filter (where status = 'failed') as failed,
  avg(extract(epoch from started_at - created_at))::double precision as wait_mean,
  avg(extract(epoch from finished_at - started_at))::double precision as run_mean
from public.tasks
where finished_at > date_trunc('hour', now()) - interval '23 hours'
group by 1, 2;

comment on view monitoring.hours is 'What ended in each hour of the last day, for charts. Times in seconds.';

create or replace view monitoring.failures with (security_invoker = true) as
select
  provider, operation, error_code,
  count(*) filter (where finished_at > now() - interval '1 hour') as last_hour,
  count(*) as last_day,
  max(finished_at) as last_at
from public.tasks
where finished_at > now() - interval '1 day' and error_code is not null
group by provider, operation, error_code;

comment on view monitoring.failures is 'Why tasks failed in the last day.';

create or replace view monitoring.stuck_tasks with (security_invoker = true) as
select
  id, provider as lane, operation, 'past its deadline' as reason, deadline_at as since,
  created_at, deadline_at, lease_expires_at, claims_without_outcome, last_error
from public.tasks
where finished_at is null and deadline_at < now() - interval '1 minute'
union all
select
  id, provider, operation,
  case
    when lease_expires_at < now() - interval '1 minute' then 'its worker is lost'
    else format('%s workers were lost with it alone', losses_alone)
  end,
  case
    when lease_expires_at < now() - interval '1 minute' then lease_expires_at
    else started_at
  end,
  created_at, deadline_at, lease_expires_at, claims_without_outcome, last_error
from public.tasks
where finished_at is null and (lease_expires_at is not null or handle is not null)
  and deadline_at >= now() - interval '1 minute'
  and (
    lease_expires_at < now() - interval '1 minute'
    or losses_alone >= private.max_losses_alone()
  );

comment on view monitoring.stuck_tasks is 'Tasks that should be further than they are, each with one reason.';

create or replace view monitoring.dead_letters with (security_invoker = true) as
select
  dead.id, dead.dead_lettered_at, dead.queue, dead.task_id, tasks.operation,
  coalesce(tasks.losses_alone >= private.max_losses_alone(), false) as poison, dead.reason
from private.dead_letters as dead
left join public.tasks on tasks.id = dead.task_id
where dead.replayed_at is null;

comment on view monitoring.dead_letters is 'What could not be served, and was not replayed. poison: as many workers were lost with it alone as private.max_losses_alone().';
