-- Which workers are busy, and whether another one should be woken.

create table private.workers (
  id uuid not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  may_claim boolean not null default true,
  emptying_at timestamptz,

  constraint workers_pkey primary key (id)
);

comment on table private.workers is 'Workers that have tasks, each by its own id; one that is not seen for a while is gone.';
comment on column private.workers.may_claim is 'Whether it looks for more: an isolate that is about to end does not.';
comment on column private.workers.emptying_at is 'When it last started nothing, so as to be empty for a task that is to be claimed alone.';

alter table private.workers enable row level security;

create or replace function private.max_workers()
returns integer
language sql
immutable
set search_path = ''
return 4;

comment on function private.max_workers is 'How many workers are woken at the same time; those that are live find more work themselves.';

create or replace function private.worker_liveness()
returns interval
language sql
immutable
set search_path = ''
return interval '10 seconds';

comment on function private.worker_liveness is 'How long ago a worker may have been seen and still counts as live.';

create or replace function private.record_worker(
  p_worker_id uuid,
  p_may_claim boolean default true
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_worker_id is null then
    return;
  end if;
  insert into private.workers (id, may_claim) values (p_worker_id, p_may_claim)
  on conflict (id) do update set seen_at = now(), may_claim = p_may_claim;
end;
$$;

comment on function private.record_worker is 'Records that a worker has tasks, and whether it looks for more.';

create or replace function private.retire_worker(p_worker_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.workers
  where id = p_worker_id or seen_at < now() - interval '1 hour';
end;
$$;

comment on function private.retire_worker is 'Records that a worker has nothing more to do and stops looking.';

create or replace function private.is_worker_live(p_seen_at timestamptz)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return p_seen_at > now() - private.worker_liveness();
end;
$$;

comment on function private.is_worker_live is 'Whether a worker that was seen then still counts as one.';

create or replace function private.live_workers()
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select count(*) from private.workers where may_claim and private.is_worker_live(seen_at)
  );
end;
$$;

comment on function private.live_workers is 'How many workers have tasks now and look for more once a second. One that is too old to takes nobody''s place.';

create or replace function private.should_wake_worker()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.live_workers() < private.max_workers();
end;
$$;

comment on function private.should_wake_worker is 'Whether another worker should be woken for work that is due. The workers that are live find it themselves.';

create or replace function private.is_worker_out_of_touch()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from private.workers
    -- A heartbeat comes every 5 seconds. Another worker is to be in touch before the loss of this
    -- one looks like a gap.
    where seen_at < now() - interval '5.5 seconds' and seen_at > now() - interval '1 minute'
  );
end;
$$;

comment on function private.is_worker_out_of_touch is 'Whether a worker that had tasks has not been seen for a moment, so that another one is to be in touch.';
