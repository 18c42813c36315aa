-- Keys of the apps that may call the API, beside the user's token.

create table private.api_keys (
  id uuid not null default gen_random_uuid(),
  prefix text not null,
  key_hash bytea not null,
  client_name text not null,
  allowed_operations text[],
  active boolean not null default true,
  created_at timestamptz not null default now(),

  constraint api_keys_pkey primary key (id),
  constraint api_keys_prefix_is_unique unique (prefix),
  constraint api_keys_hash_is_sha256 check (octet_length(key_hash) = 32)
);

comment on table private.api_keys is 'Who may call the API. Only the SHA-256 of a key is kept.';
comment on column private.api_keys.prefix is 'The first 16 characters of the key: finds the row and tells keys apart in a list.';
comment on column private.api_keys.allowed_operations is 'Operations the key may submit; null means all.';

alter table private.api_keys enable row level security;
