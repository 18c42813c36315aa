-- Hosts of results that the worker does not fetch from.

create table private.unlisted_hosts (
  provider text not null,
  host text not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),

  constraint unlisted_hosts_pkey primary key (provider, host),
  constraint unlisted_hosts_provider_fkey foreign key (provider) references private.lanes (provider)
    on delete cascade,
  constraint unlisted_hosts_host_is_a_name
    check (host ~ '^[a-z0-9.-]+$' and length(host) <= 253)
);

comment on table private.unlisted_hosts is 'Hosts to which a provider''s answers pointed for a result, and that are not listed as its own. Each is an alert while results are there.';
comment on column private.unlisted_hosts.last_seen_at is 'When a task was last sent there.';

alter table private.unlisted_hosts enable row level security;
