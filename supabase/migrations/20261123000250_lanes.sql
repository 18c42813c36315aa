-- A lane for each provider: its limits and its queue. A saturated or paused lane delays no other.

create table private.lanes (
  provider text not null,
  max_in_flight integer not null,
  per_minute integer,
  paused_until timestamptz,
  repeat_unknown smallint not null default 1,

  constraint lanes_pkey primary key (provider),
  constraint lanes_max_in_flight_is_positive check (max_in_flight > 0),
  constraint lanes_per_minute_is_positive check (per_minute > 0),
  constraint lanes_repeat_unknown_is_sane check (repeat_unknown between 0 and 1)
);

comment on table private.lanes is 'Limits of each provider, for all workers together. Change a row and the next claim obeys.';
comment on column private.lanes.provider is 'Also the name of the lane''s pgmq queue.';
comment on column private.lanes.max_in_flight is 'Tasks that may be held by workers at the same time.';
comment on column private.lanes.per_minute is 'Results that may be started in any 60 seconds, as the provider counts them; null means no limit.';
comment on column private.lanes.paused_until is 'No task of the lane is claimed before.';
comment on column private.lanes.repeat_unknown is 'How often a task is called for again after a call of unknown outcome. 0: never risk paying twice. 1: repeat once.';

alter table private.lanes enable row level security;

create function private.add_lane(p_provider text, p_max_in_flight integer, p_per_minute integer default null)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.lanes (provider, max_in_flight, per_minute)
  values (p_provider, p_max_in_flight, p_per_minute);
  perform pgmq.create(p_provider);
end;
$$;

comment on function private.add_lane is 'Creates a provider''s lane: its limits and its queue.';

-- OpenAI counts images, and lets the lowest tier make few of them a minute.
select private.add_lane('openai', p_max_in_flight => 5, p_per_minute => 5);
