-- A lane for each provider: its limits and its queues. A saturated or paused lane delays no other.

create table private.lanes (
  provider text not null,
  max_in_flight integer not null,
  per_minute integer,
  paused_until timestamptz,
  failures_in_row smallint not null default 0,
  repeat_ambiguous smallint not null default 1,

  constraint lanes_pkey primary key (provider),
  constraint lanes_max_in_flight_is_positive check (max_in_flight > 0),
  constraint lanes_per_minute_is_positive check (per_minute > 0),
  constraint lanes_failures_in_row_is_counted check (failures_in_row >= 0),
  constraint lanes_repeat_ambiguous_is_sane check (repeat_ambiguous between 0 and 1)
);

comment on table private.lanes is 'Limits of each provider, for all workers together. Change a row and the next claim obeys.';
comment on column private.lanes.provider is 'Also the name of the pgmq queue of what is to be started next; see waiting_queue and polls_queue.';
comment on column private.lanes.max_in_flight is 'Tasks that may be under way at the same time: held by a worker, or accepted by the provider and not finished.';
comment on column private.lanes.per_minute is 'Results that may be started in any 60 seconds, as the provider counts them; null means no limit.';
comment on column private.lanes.paused_until is 'Nothing of the lane is started before; what the provider has accepted is polled all the same. Afterwards one task at a time is started, until one succeeds and clears this.';
comment on column private.lanes.failures_in_row is 'Failures of the provider itself since its last success.';
comment on column private.lanes.repeat_ambiguous is 'How often a task is called for again after an ambiguous call. 0: never risk paying twice. 1: repeat once.';

alter table private.lanes enable row level security;

create function private.waiting_queue(p_provider text)
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

create function private.polls_queue(p_provider text)
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

create function private.add_lane(
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

-- OpenAI counts images, and lets the lowest tier make few of them a minute.
select private.add_lane('openai', p_max_in_flight => 5, p_per_minute => 5);
select private.add_lane('stability', p_max_in_flight => 10);
select private.add_lane('recraft', p_max_in_flight => 5);
select private.add_lane('flux', p_max_in_flight => 20);
-- A model costs as much as ten pictures: better none than one too many.
select private.add_lane('tripo', p_max_in_flight => 10, p_repeat_ambiguous => 0::smallint);
