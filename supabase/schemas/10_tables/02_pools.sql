-- Parts of a lane that the provider limits by themselves: by operation, or by model.

create table private.pools (
  provider text not null,
  name text not null,
  max_in_flight integer not null,
  rate_limited_until timestamptz,
  mean_run_seconds numeric,
  longest_run_seconds numeric,

  constraint pools_pkey primary key (provider, name),
  constraint pools_provider_fkey
    foreign key (provider) references private.lanes (provider) on delete cascade,
  constraint pools_max_in_flight_is_positive check (max_in_flight > 0)
);

comment on table private.pools is 'What may be under way in each pool of a lane. Every task belongs to one; a lane without pools of its own has the pool ''default''. A lane that is limited by results should have one pool, since a request waits for its results behind others of its pool only. Change a row and the next claim obeys.';
comment on column private.pools.max_in_flight is 'Calls that may be under way at the same time; those of all pools together are limited by the lane.';
comment on column private.pools.mean_run_seconds is 'How long its last calls took that went well, to within a twentieth, as workers have noted; null if there were none. See private.note_runs.';
comment on column private.pools.longest_run_seconds is 'How long the longest of them took.';
comment on column private.pools.rate_limited_until is 'Nothing of the pool is started before, because the provider said that it is full. Other pools go on.';

alter table private.pools enable row level security;
