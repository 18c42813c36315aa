-- When a worker was last in touch. If none was for a while, the database may have been out of their
-- reach: leases have run out in the hands of workers that live, and get time to say so.

create table private.worker_contact (
  only_row boolean not null default true,
  last_contact_at timestamptz not null default now(),
  grace_until timestamptz not null default '-infinity',

  constraint worker_contact_pkey primary key (only_row),
  constraint worker_contact_only_row_is_true check (only_row)
);

comment on table private.worker_contact is 'When any worker last claimed, or extended its leases: one row.';
comment on column private.worker_contact.last_contact_at is 'To within two seconds.';
comment on column private.worker_contact.grace_until is 'No lease that has run out is given to another worker before.';

alter table private.worker_contact enable row level security;

insert into private.worker_contact default values;

create or replace function private.contact_gap()
returns interval
language sql
immutable
set search_path = ''
return interval '8 seconds';

comment on function private.contact_gap is 'How long no worker may have been in touch before that counts as a gap: the least that is left of a lease at any time, so that none runs out unnoticed.';

create or replace function private.lease_grace()
returns interval
language sql
immutable
set search_path = ''
return interval '6 seconds';

comment on function private.lease_grace is 'How long holders have after a gap to extend their leases: a heartbeat, and the time to connect.';

create or replace function private.record_contact()
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.worker_contact
  set
    grace_until = case
      when last_contact_at < now() - private.contact_gap() then now() + private.lease_grace()
      else grace_until
    end,
    last_contact_at = now()
  where only_row = (
    select only_row
    from private.worker_contact
    -- Rarely enough to cost nothing.
    where last_contact_at < now() - interval '2 seconds'
    for update skip locked -- locked: another worker is in touch this moment
  );
end;
$$;

comment on function private.record_contact is 'Records that a worker is in touch. The first one after a gap starts the grace for all.';

create or replace function private.is_in_grace()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    -- The second: the worker that ends the gap has not committed yet.
    select grace_until > now() or last_contact_at < now() - private.contact_gap()
    from private.worker_contact
  );
end;
$$;

comment on function private.is_in_grace is 'Whether leases that have run out may still be extended by their holders, and are given to nobody else.';
