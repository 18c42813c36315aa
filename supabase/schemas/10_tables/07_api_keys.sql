-- Keys of the apps that may call the API, beside the user's token.

create table private.api_keys (
  id uuid not null default gen_random_uuid(),
  prefix text not null,
  key_hash bytea not null,
  client_name text not null,
  allowed_operations text[],
  submits_per_minute integer,
  usd_per_day numeric(12, 2),
  sees_costs boolean not null default false,
  active boolean not null default true,
  expires_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default now(),

  constraint api_keys_pkey primary key (id),
  constraint api_keys_prefix_is_unique unique (prefix),
  constraint api_keys_prefix_is_of_a_key
    check (prefix ~ '^m3d_[a-z]+_[0-9A-Za-z]+$' and length(prefix) = 16),
  constraint api_keys_hash_is_sha256 check (octet_length(key_hash) = 32),
  constraint api_keys_client_has_a_name check (client_name <> ''),
  constraint api_keys_submits_per_minute_is_positive check (submits_per_minute > 0),
  constraint api_keys_usd_per_day_is_counted check (usd_per_day >= 0)
);

comment on table private.api_keys is 'Who may call the API. Only the SHA-256 of a key is kept. A change is obeyed within 20 seconds.';
comment on column private.api_keys.prefix is 'The first 16 characters of the key: finds the row and tells keys apart in a list.';
comment on column private.api_keys.allowed_operations is 'Operations the key may submit; null means all.';
comment on column private.api_keys.submits_per_minute is 'Tasks that may be submitted with the key in any 60 seconds; null means private.limits.key_submits_per_minute.';
comment on column private.api_keys.usd_per_day is 'USD that its requests may cost in a day (UTC), of all its users; null means private.limits.key_usd_per_day.';
comment on column private.api_keys.sees_costs is 'Whether it is told what a task has cost: a shop does not show what it pays.';
comment on column private.api_keys.active is 'False: revoked.';
comment on column private.api_keys.expires_at is 'From when on the key is refused; null means never.';
comment on column private.api_keys.last_used_at is 'To the minute: written at most once in one.';

alter table private.api_keys enable row level security;
