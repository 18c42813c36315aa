-- The three queues of a lane: what may start, what waits behind another task of its user, what is
-- polled.

create or replace function private.backlog_queue(p_provider text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_provider || '_backlog';
end;
$$;

comment on function private.backlog_queue is 'Queue of a lane''s tasks whose users have another one before them. Nobody reads it: a task is promoted when the one before it has started.';

create or replace function private.polls_queue(p_provider text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_provider || '_polls';
end;
$$;

comment on function private.polls_queue is 'Queue of a lane''s tasks that the provider has accepted. It is apart, so that limits and pauses of the lane hold back only what is to be started.';

create or replace function private.lane_queues(p_provider text)
returns table (kind text, queue text)
language sql
immutable
set search_path = ''
as $$
  values
    ('backlog', private.backlog_queue(p_provider)),
    ('ready', p_provider),
    ('polls', private.polls_queue(p_provider));
$$;

comment on function private.lane_queues is 'The queues of a lane. backlog: tasks whose users have another one before them. ready: to be started. polls: accepted by the provider.';

create or replace function private.queues()
returns setof text
language sql
stable
set search_path = ''
as $$
  select lane_queues.queue
  from private.lanes, private.lane_queues(lanes.provider);
$$;

comment on function private.queues is 'Names of the queues of all lanes.';

create or replace function private.has_queue(p_queue text)
returns boolean
language sql
stable
set search_path = ''
return to_regclass(format('pgmq.%I', 'q_' || p_queue)) is not null
  and to_regclass(format('pgmq.%I', 'a_' || p_queue)) is not null;

comment on function private.has_queue is 'Whether a queue is there, with its archive.';

create or replace function private.create_queue(p_queue text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pgmq.create(p_queue);
  -- Every claim leaves a dead version of each row it returns: a share of a short queue says
  -- nothing, and a queue that is not vacuumed gets slower with each claim.
  execute format(
    'alter table pgmq.%I set (
      autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200,
      autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 500,
      autovacuum_vacuum_cost_delay = 0
    )',
    'q_' || p_queue
  );
  -- Grows, and is emptied at its old end.
  execute format(
    'alter table pgmq.%I set (
      autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05
    )',
    'a_' || p_queue
  );
end;
$$;

comment on function private.create_queue is 'Creates a queue, which is vacuumed early.';

create or replace function private.add_lane(
  p_provider text,
  p_max_in_flight integer,
  p_results_per_minute integer default null,
  p_max_ambiguous_retries smallint default 1
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.lanes (provider, max_in_flight, results_per_minute, max_ambiguous_retries)
  values (p_provider, p_max_in_flight, p_results_per_minute, p_max_ambiguous_retries);
  perform private.create_queue(queue) from private.lane_queues(p_provider);
end;
$$;

comment on function private.add_lane is 'Creates a provider''s lane: its limits and its queues.';
