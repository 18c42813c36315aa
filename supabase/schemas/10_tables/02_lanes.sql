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
