-- How much one user and one app may ask for, so that none takes what all share.

create table private.limits (
  only_row boolean not null default true,
  user_submits_per_minute integer default 30,
  user_active_tasks integer default 20,
  key_submits_per_minute integer,

  constraint limits_pkey primary key (only_row),
  constraint limits_only_row_is_true check (only_row),
  constraint limits_user_submits_per_minute_is_positive check (user_submits_per_minute > 0),
  constraint limits_user_active_tasks_is_positive check (user_active_tasks > 0),
  constraint limits_key_submits_per_minute_is_positive check (key_submits_per_minute > 0)
);

comment on table private.limits is 'What a submit is refused for: one row; null means no limit. Change it and the next submit obeys.';
comment on column private.limits.user_submits_per_minute is 'Tasks that a user may submit in any 60 seconds.';
comment on column private.limits.user_active_tasks is 'Tasks of a user that may be unfinished at the same time.';
comment on column private.limits.key_submits_per_minute is 'Tasks that may be submitted with an API key in any 60 seconds, by all its users; for keys without a limit of their own.';

alter table private.limits enable row level security;

insert into private.limits default values;

create table private.key_submits (
  api_key_id uuid not null,
  second timestamptz not null,
  submits integer not null,

  constraint key_submits_pkey primary key (api_key_id, second),
  constraint key_submits_api_key_id_fkey
    foreign key (api_key_id) references private.api_keys (id) on delete cascade,
  constraint key_submits_is_counted check (submits > 0)
);

comment on table private.key_submits is 'What was submitted in each second of the last minute with API keys that have a limit.';

alter table private.key_submits enable row level security;
