-- Lanes as they are now: what waits, what is under way, and how their providers are.

create or replace function monitoring.queue_names()
returns table (lane text, kind text, queue text, is_there boolean)
language sql
stable
set search_path = ''
as $$
  select
    lanes.provider, queues.kind, queues.queue,
    private.has_queue(queues.queue)
  from private.lanes, private.lane_queues(lanes.provider) as queues;
$$;

comment on function monitoring.queue_names is 'The queues of each lane (see private.lane_queues), and whether they exist.';

create or replace function monitoring.due_since(p_queue text)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  v_since timestamptz;
begin
  execute format(
    'select vt from pgmq.%I where vt <= now() order by vt limit 1', 'q_' || p_queue
  ) into v_since;
  return v_since;
end;
$$;

comment on function monitoring.due_since is 'Since when the first message of a queue is to be looked at; null if none is.';

create or replace function monitoring.queue_depths()
returns table (lane text, queue text, messages bigint, due bigint, due_since timestamptz)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_queue record;
begin
  for v_queue in
    select * from monitoring.queue_names() as names where names.is_there order by 1, 2 desc
  loop
    lane := v_queue.lane;
    queue := v_queue.kind;
    execute format(
      'select count(*), count(*) filter (where vt <= now()) from pgmq.%I', 'q_' || v_queue.queue
    ) into messages, due;
    due_since := monitoring.due_since(v_queue.queue);
    return next;
  end loop;
end;
$$;

comment on function monitoring.queue_depths is 'How much is in each queue.';

create or replace view monitoring.queues with (security_invoker = true) as
select
  lane, queue, messages, due, due_since, monitoring.seconds_since(due_since) as oldest_seconds
from monitoring.queue_depths();

comment on view monitoring.queues is 'Depth and age of each lane''s queues: ready (to be started), polls (the provider is at it). Messages that are not due are in a worker''s hands, or wait for their next attempt.';

create or replace view monitoring.lanes with (security_invoker = true) as
select
  lanes.provider as lane,
  lanes.max_in_flight - private.free_slots(lanes) as in_flight,
  lanes.max_in_flight,
  (
    select coalesce(sum(results), 0)
    from private.results_in_window(lanes.provider)
  ) as started_in_minute,
  private.results_per_minute(lanes) as results_per_minute,
  coalesce(greatest(lanes.paused_until, lanes.rate_limited_until) > now(), false) as paused,
  lanes.paused_until,
  lanes.consecutive_failures,
  failure.error_code as last_failure,
  failure.finished_at as last_failure_at
from private.lanes
left join lateral (
  select error_code, finished_at
  from private.provider_calls
  where provider = lanes.provider
    and started_at > now() - interval '1 day'
    and error_code is not null
    and private.is_provider_failure(error_code)
  order by started_at desc
  limit 1
) as failure on true;

comment on view monitoring.lanes is 'Each lane against its limits: tasks under way, results started in the last 60 seconds, pause. last_failure: how the provider itself failed last, within a day.';

create or replace view monitoring.paused_lanes with (security_invoker = true) as
select
  lane, paused, paused_until, consecutive_failures,
  case
    when consecutive_failures > 0 then coalesce(last_failure, 'failures')
    else coalesce(last_failure || ', or by hand', 'by hand')
  end as reason,
  last_failure_at
from monitoring.lanes
where paused_until is not null or consecutive_failures > 0;

comment on view monitoring.paused_lanes is 'Lanes that rest, or try one task at a time after a pause, or whose provider fails.';
