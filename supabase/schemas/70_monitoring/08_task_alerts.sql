-- What goes wrong with tasks.

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
