-- Alerts derived from recent history, and the union of all alerts.

create or replace function monitoring.find_access_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    last.error_code, lanes.provider,
    case last.error_code
      when 'provider_auth' then 'The provider refuses the key'
      else 'The provider says that the credits are used up'
    end,
    monitoring.failing_since(lanes.provider)
  from private.lanes
  join lateral (
    select error_code
    from private.provider_calls
    where provider = lanes.provider
      and started_at > now() - interval '1 day'
      and outcome is not null
      and sent_at is not null
    order by started_at desc
    limit 1
  ) as last on last.error_code in ('provider_auth', 'provider_credits');
$$;

comment on function monitoring.find_access_problems is 'Providers that had no key or money for the last call. A call that they answer ends the alert.';

create or replace function monitoring.find_ambiguous_calls()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'ambiguous_calls', provider,
    format(
      '%s of %s calls in the last hour may have been billed for nothing',
      count(*) filter (where outcome = 'ambiguous'), count(*)
    ),
    min(finished_at) filter (where outcome = 'ambiguous')
  from private.provider_calls
  where provider = any (array(select lanes.provider from private.lanes))
    and started_at > now() - interval '1 hour'
    and outcome is not null
    and sent_at is not null
  group by provider
  having count(*) filter (where outcome = 'ambiguous') >= monitoring.threshold('ambiguous_calls')
    and count(*) filter (where outcome = 'ambiguous')
      > monitoring.threshold('ambiguous_share') * count(*);
$$;

comment on function monitoring.find_ambiguous_calls is 'Providers with a large share of ambiguous calls.';

create or replace function monitoring.find_missed_deadlines()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'deadlines_missed', provider,
    format('%s tasks reached their deadline in the last hour', count(*)),
    min(finished_at)
  from public.tasks
  where finished_at > now() - interval '1 hour'
    and error_code = 'timeout'
    and finished_at >= deadline_at
  group by provider
  having count(*) >= monitoring.threshold('missed_deadlines');
$$;

comment on function monitoring.find_missed_deadlines is 'Lanes whose tasks do not end in time.';

create or replace function monitoring.find_stuck_tasks()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'tasks_stuck', stuck.lane,
    format('%s tasks are stuck (%s)', count(*), string_agg(distinct stuck.reason, ', ')),
    min(stuck.since)
  from monitoring.stuck_tasks as stuck
  join private.lanes on lanes.provider = stuck.lane
  where stuck.since < monitoring.seconds_ago('stuck_seconds')
    -- A lost task is not started again before its lane is.
    and (stuck.reason <> 'its worker is lost' or lanes.paused_until is null)
  group by stuck.lane;
$$;

comment on function monitoring.find_stuck_tasks is 'Lanes with tasks that nobody gets on with.';

create or replace function monitoring.find_dead_letters()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    case when poison then 'poison_task' else 'dead_letters' end, queue,
    case
      when poison then format(
        '%s workers were lost with each of %s tasks alone', private.max_losses_alone(), count(*)
      )
      else format('%s tasks or messages could not be served', count(*))
    end || format(' (numbers %s to %s)', min(id), max(id)),
    min(dead_lettered_at)
  from monitoring.dead_letters
  where dead_lettered_at
    > now() - make_interval(hours => monitoring.threshold('dead_letter_hours')::integer)
  group by poison, queue;
$$;

comment on function monitoring.find_dead_letters is 'Queues whose messages could not be served lately.';

create or replace function monitoring.find_refused_users()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'content_refusals', refused.user_id::text,
    format(
      '%s requests were refused for their content, the last by %s; the user is blocked%s',
      refused.refusals, refused.last_refused_by, ' until ' || blocked.blocked_until
    ),
    blocked.blocked_at
  from monitoring.refused_users as refused
  join private.blocked_users as blocked on blocked.user_id = refused.user_id
  where refused.is_blocked
    and refused.refusals >= (select block_after from private.content_limits);
$$;

comment on function monitoring.find_refused_users is 'Users who were blocked for what they ask for, as long as their refusals count.';

create or replace function monitoring.find_reports()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'result_reported', task_id::text,
    format(
      'User %s has reported the result of %s by %s: %s',
      user_id, operation, provider,
      -- A user's words, in the operator's chat: they call nobody there, and are one line.
      quote_literal(regexp_replace(left(reason, 200), '[<>@[:cntrl:]]', ' ', 'g'))
    ),
    reported_at
  from monitoring.reports
  order by reported_at
  limit 100;
$$;

comment on function monitoring.find_reports is 'The oldest results that users have reported and nobody has looked at.';

create or replace function monitoring.find_model_shutdowns()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'model_shutdown', ends.provider || ' ' || ends.model,
    format(
      'The model is in use and %s shut down on %s',
      case when ends.shut_down_on > current_date then 'will be' else 'was' end, ends.shut_down_on
    ),
    null::timestamptz
  from monitoring.model_shutdowns as ends
  where ends.shut_down_on < current_date + monitoring.threshold('shutdown_days')::integer
    and (ends.provider, ends.model) in (
      select lanes.provider, latest.model
      from private.lanes
      cross join lateral (
        select calls.model
        from private.provider_calls as calls
        where calls.provider = lanes.provider and calls.started_at > now() - interval '1 day'
        order by calls.started_at desc
        limit 1000
      ) as latest
    );
$$;

comment on function monitoring.find_model_shutdowns is 'Models that come to their end and are in use: among the latest 1000 calls of a provider, within a day.';

create or replace function monitoring.find_unlisted_hosts()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'unlisted_host', provider || ' ' || host,
    'Results that are paid lie on a host that is not listed, and are not fetched', first_seen_at
  from private.unlisted_hosts
  where last_seen_at > monitoring.seconds_ago('unlisted_host_seconds');
$$;

comment on function monitoring.find_unlisted_hosts is 'Hosts to which a provider pointed lately for a result, and that are not listed.';

create or replace function monitoring.period_of(p_schedule text)
returns interval
language sql
immutable
set search_path = ''
return case
  when p_schedule ~ '^\d{1,2} seconds?$' then p_schedule::interval
  when p_schedule ~ '^\*( \*){4}$' then interval '1 minute'
  when p_schedule ~ '^\*/\d{1,2}( \*){4}$'
    then make_interval(mins => substring(p_schedule from '^\*/(\d+)')::integer)
end;

comment on function monitoring.period_of is 'How often a job of pg_cron runs that runs every few seconds or minutes; null for any other schedule.';

create or replace function monitoring.find_cron_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'cron_failing', job, format('Its last run failed: %s', left(message, 200)), started_at
  from monitoring.cron_runs()
  where active and status = 'failed'
  union all
  select
    'cron_silent', job,
    format(
      'It should run %s, and ran last %s s ago', schedule, monitoring.seconds_since(started_at)
    ),
    started_at
  from monitoring.cron_runs()
  where active
    and started_at
      < monitoring.seconds_ago('silent_seconds') - 2 * monitoring.period_of(schedule);
$$;

comment on function monitoring.find_cron_problems is 'Jobs that failed, or that should have run.';

create or replace function monitoring.find_maintenance_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'maintenance_failing', job, format('It failed last time: %s', left(last_error, 200)),
    last_failed_at
  from private.maintenance_jobs
  where last_failed_at >= last_run_at;
$$;

comment on function monitoring.find_maintenance_problems is 'Jobs of workers that failed when they were done last.';

create or replace function monitoring.alerts()
returns table (code text, severity text, subject text, message text, since timestamptz)
language sql
stable
set search_path = ''
as $$
  with findings as (
    select * from monitoring.live_findings()
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
    select * from monitoring.find_refused_users()
    union all
    select * from monitoring.find_reports()
    union all
    select * from monitoring.find_unlisted_hosts()
  )
  select
    findings.code, kinds.severity, findings.subject,
    findings.what || '. ' || kinds.advice || '.', findings.since
  from findings
  join monitoring.alert_kinds as kinds on kinds.code = findings.code
  order by kinds.severity, findings.code, findings.subject;
$$;

comment on function monitoring.alerts is 'What is wrong now: what, and what to do about it; the critical first. No row: nothing.';
