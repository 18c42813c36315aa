-- The two queues of a lane: what is to be started, and what is polled.

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
language plpgsql
immutable
set search_path = ''
as $$
begin
  return query
  values
    ('ready', p_provider),
    ('polls', private.polls_queue(p_provider));
end;
$$;

comment on function private.lane_queues is 'The queues of a lane. ready: to be started. polls: accepted by the provider.';

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
language plpgsql
stable
set search_path = ''
as $$
begin
  return to_regclass(format('pgmq.%I', 'q_' || p_queue)) is not null
    and to_regclass(format('pgmq.%I', 'a_' || p_queue)) is not null;
end;
$$;

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
  -- What was archived of a task goes with it.
  execute format(
    'create index if not exists %I on pgmq.%I ((message ->> ''task_id''))',
    'a_' || p_queue || '_task_idx', 'a_' || p_queue
  );
end;
$$;

comment on function private.create_queue is 'Creates a queue, which is vacuumed early, and whose archive is searched by tasks.';

create or replace function private.add_lane(
  p_provider text,
  p_max_in_flight integer,
  p_results_per_minute integer default null,
  p_polls_per_second integer default null,
  p_max_ambiguous_retries smallint default 1,
  p_pools jsonb default null
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.lanes (
    provider, max_in_flight, results_per_minute, polls_per_second, max_ambiguous_retries
  )
  values (
    p_provider, p_max_in_flight, p_results_per_minute, p_polls_per_second, p_max_ambiguous_retries
  );
  insert into private.pools (provider, name, max_in_flight)
  select p_provider, key, value::integer
  from jsonb_each_text(coalesce(p_pools, jsonb_build_object('default', p_max_in_flight)));
  insert into private.poll_pacing (provider) values (p_provider);
  perform private.create_queue(queue) from private.lane_queues(p_provider);
end;
$$;

comment on function private.add_lane is 'Creates a provider''s lane: its limits, its pools and its queues. p_pools: how many calls may be under way in each pool, by name; null: one pool that has the limit of the lane. The provider''s operations say which pool a request belongs to.';
