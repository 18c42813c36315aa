-- The three queues of a lane: what may start, what waits for its user's turn, and what is polled.

create or replace function private.waiting_queue(p_provider text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_provider || '_waiting';
end;
$$;

comment on function private.waiting_queue is 'Queue of a lane''s tasks whose users have another one before them. Nobody reads it: a task moves on when it is its user''s turn.';

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

create or replace function private.queues()
returns setof text
language sql
stable
set search_path = ''
as $$
  select unnest(array[
    provider, private.waiting_queue(provider), private.polls_queue(provider)
  ])
  from private.lanes;
$$;

comment on function private.queues is 'Names of the queues of all lanes.';

create or replace function private.add_lane(
  p_provider text,
  p_max_in_flight integer,
  p_per_minute integer default null,
  p_repeat_ambiguous smallint default 1
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_queue text;
begin
  insert into private.lanes (provider, max_in_flight, per_minute, repeat_ambiguous)
  values (p_provider, p_max_in_flight, p_per_minute, p_repeat_ambiguous);
  foreach v_queue in array array[
    p_provider, private.waiting_queue(p_provider), private.polls_queue(p_provider)
  ] loop
    perform pgmq.create(v_queue);
    -- Every look leaves a dead version of each row it gives out: a share of a queue that is short
    -- says nothing, and a queue that is not cleaned gets slower with each look.
    execute format(
      'alter table pgmq.%I set (
        autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200,
        autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 500,
        autovacuum_vacuum_cost_delay = 0
      )',
      'q_' || v_queue
    );
    -- Grows, and is emptied at its old end.
    execute format(
      'alter table pgmq.%I set (
        autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05
      )',
      'a_' || v_queue
    );
  end loop;
end;
$$;

comment on function private.add_lane is 'Creates a provider''s lane: its limits and its queues, which are vacuumed early.';
