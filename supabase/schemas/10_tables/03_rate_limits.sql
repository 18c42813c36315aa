-- What providers say of their own rate limits.

create table private.rate_limits (
  provider text not null,
  results_per_minute integer,
  remaining integer,
  resets_at timestamptz,
  told_at timestamptz not null,

  constraint rate_limits_pkey primary key (provider),
  constraint rate_limits_provider_fkey
    foreign key (provider) references private.lanes (provider) on delete cascade
);

comment on table private.rate_limits is 'The last that a provider said of its limit of results, in the headers of an answer.';
comment on column private.rate_limits.remaining is 'Results that it would still take until resets_at, when it said so.';
comment on column private.rate_limits.told_at is 'When it said so.';

alter table private.rate_limits enable row level security;
