-- A lane for each provider: its limits and its queues. A saturated or paused lane delays no other.

create table private.lanes (
  provider text not null,
  max_in_flight integer not null,
  results_per_minute integer,
  follows_rate_limit boolean not null default true,
  polls_per_second integer,
  rate_limited_until timestamptz,
  paused_until timestamptz,
  consecutive_failures smallint not null default 0,
  failing_since timestamptz,
  max_ambiguous_retries smallint not null default 1,
  usd_per_day numeric(12, 2),

  constraint lanes_pkey primary key (provider),
  constraint lanes_max_in_flight_is_positive check (max_in_flight > 0),
  constraint lanes_results_per_minute_is_positive check (results_per_minute > 0),
  constraint lanes_polls_per_second_is_positive check (polls_per_second > 0),
  constraint lanes_consecutive_failures_is_counted check (consecutive_failures >= 0),
  constraint lanes_max_ambiguous_retries_is_sane check (max_ambiguous_retries between 0 and 1),
  constraint lanes_usd_per_day_is_counted check (usd_per_day >= 0)
);

comment on table private.lanes is 'Limits of each provider, for all workers together. Change a row and the next claim obeys.';
comment on column private.lanes.provider is 'Also the name of the pgmq queue of what is to be started; see polls_queue.';
comment on column private.lanes.max_in_flight is 'Calls that may be under way at the same time, in all pools: sent by a worker, or accepted by the provider and not ended there.';
comment on column private.lanes.results_per_minute is 'Results that may be started in any 60 seconds, as the provider counts them; null means no limit.';
comment on column private.lanes.follows_rate_limit is 'Whether the limit that the provider names in its answers takes the place of results_per_minute.';
comment on column private.lanes.polls_per_second is 'Polls of accepted work in a second, a few at once at most; null means no limit. With more accepted tasks each is polled more rarely.';
comment on column private.lanes.rate_limited_until is 'Nothing of the lane is started before, because the provider was asked too often. Afterwards all goes on.';
comment on column private.lanes.paused_until is 'Nothing of the lane is started before; what the provider has accepted is polled all the same. Afterwards one task at a time is started, until one succeeds and clears this.';
comment on column private.lanes.consecutive_failures is 'Failures of the provider itself since its last success.';
comment on column private.lanes.failing_since is 'The first of these failures; null after a success.';
comment on column private.lanes.max_ambiguous_retries is 'How often a task is called for again after an ambiguous call. 0: never risk paying twice. 1: repeat once.';
comment on column private.lanes.usd_per_day is 'USD that its requests may cost in a day (UTC); null means private.limits.provider_usd_per_day.';

alter table private.lanes enable row level security;
