-- Users whose tasks make a provider fail. One user's failures hold back that user alone.

create table private.failing_users (
  provider text not null,
  user_id uuid not null,
  failures smallint not null,
  failed_at timestamptz not null,
  paused_until timestamptz,

  constraint failing_users_pkey primary key (provider, user_id),
  constraint failing_users_provider_fkey
    foreign key (provider) references private.lanes (provider) on delete cascade,
  constraint failing_users_user_id_fkey
    foreign key (user_id) references auth.users (id) on delete cascade,
  constraint failing_users_failures_is_counted check (failures > 0)
);

comment on table private.failing_users is 'Users of a lane with failures of the provider since their own last success.';
comment on column private.failing_users.failed_at is 'When the last of these failures was settled.';
comment on column private.failing_users.paused_until is 'Nothing of the user is started in this lane before. Afterwards one task at a time, until one succeeds.';

create index failing_users_user_idx on private.failing_users (user_id);

alter table private.failing_users enable row level security;
