-- How much all may spend, one app ask for, and one user store, so that none takes what all share.
-- What one user may ask for is in private.plans.

create table private.limits (
  only_row boolean not null default true,
  project_usd_per_day numeric(12, 2) default 40,
  project_usd_per_month numeric(12, 2) default 400,
  provider_usd_per_day numeric(12, 2) default 25,
  key_usd_per_day numeric(12, 2),
  key_submits_per_minute integer,
  -- As much as the inputs of all tasks that a user may have under way, each a file of 50 MB.
  user_stored_bytes bigint default 20 * 50 * 1024 * 1024,
  user_stored_files integer default 1000,
  user_input_assets integer default 1000,
  allows_anonymous_users boolean not null default false,
  allows_signed_uploads boolean not null default true,

  constraint limits_pkey primary key (only_row),
  constraint limits_only_row_is_true check (only_row),
  constraint limits_project_usd_per_day_is_counted check (project_usd_per_day >= 0),
  constraint limits_project_usd_per_month_is_counted check (project_usd_per_month >= 0),
  constraint limits_provider_usd_per_day_is_counted check (provider_usd_per_day >= 0),
  constraint limits_key_usd_per_day_is_counted check (key_usd_per_day >= 0),
  constraint limits_key_submits_per_minute_is_positive check (key_submits_per_minute > 0),
  constraint limits_user_stored_bytes_is_positive check (user_stored_bytes > 0),
  constraint limits_user_stored_files_is_positive check (user_stored_files > 0),
  constraint limits_user_input_assets_is_positive check (user_input_assets > 0)
);

comment on table private.limits is 'What a submit or an upload is refused for: one row; null means no limit. Change it and the next one obeys.';
comment on column private.limits.project_usd_per_day is 'USD that all requests of a day (UTC) may cost together.';
comment on column private.limits.project_usd_per_month is 'The same for a calendar month.';
comment on column private.limits.provider_usd_per_day is 'USD that the requests to one provider may cost in a day; for lanes without usd_per_day.';
comment on column private.limits.key_usd_per_day is 'USD that the requests with one API key may cost in a day; for keys without usd_per_day.';
comment on column private.limits.key_submits_per_minute is 'Tasks that may be submitted with an API key in any 60 seconds, by all its users; for keys without a limit of their own.';
comment on column private.limits.user_stored_bytes is 'With as many bytes in the bucket inputs a user uploads no more. An upload is not known by its size before: at most one file for each upload at the same time comes on top.';
comment on column private.limits.user_stored_files is 'With as many files in the bucket inputs a user uploads no more.';
comment on column private.limits.user_input_assets is 'Rows that a user may have in public.input_assets.';
comment on column private.limits.allows_anonymous_users is 'Whether users without an account may upload. Must say what ALLOW_ANONYMOUS_USERS of the functions says.';
comment on column private.limits.allows_signed_uploads is 'Whether users may sign URLs to upload to: such an upload is checked when it is signed, and then for two hours no more.';

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
