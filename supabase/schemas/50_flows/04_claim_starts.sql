-- Tasks that are to be started, lane by lane, each lane under its own lock.

create or replace function private.startable_lanes()
returns setof private.lanes
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select *
  from private.lanes
  where private.has_queue(provider)
    and coalesce(greatest(paused_until, rate_limited_until) <= clock_timestamp(), true)
    -- The first in the order of an index: joined, or by another index, it reads all that waits.
    and (
      select true
      from public.tasks
      where tasks.provider = lanes.provider
        and finished_at is null
        and handle is null
        and lease_expires_at is null
      order by pool, turn, message_id
      limit 1
    )
  order by random();
end;
$$;

comment on function private.startable_lanes is 'Lanes in which something waits to be started and that no pause holds back, in any order, so that none always has the last place of a worker.';

create or replace function private.lock_lane(p_provider text)
returns boolean
language plpgsql
set search_path = ''
set lock_timeout = '300ms'
as $$
begin
  perform from private.lanes where provider = p_provider for no key update;
  return found;
exception
  when lock_not_available then
    return false;
end;
$$;

comment on function private.lock_lane is 'Locks a lane, or gives up in a moment: a claim waits for no transaction that an operator has left open. Returns whether it is locked.';

create or replace function private.claim_lane_starts(
  p_lane private.lanes,
  p_limit integer,
  p_lease_seconds integer,
  p_life_seconds integer,
  p_free_bytes bigint,
  p_holds_nothing boolean
)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_slots integer := least(p_limit, private.free_slots(p_lane));
  v_bytes bigint := p_free_bytes;
  v_holds_nothing boolean := p_holds_nothing;
  v_pool record;
  v_chosen public.tasks[];
begin
  -- It may have been paused while its lock was waited for.
  if greatest(p_lane.paused_until, p_lane.rate_limited_until) > clock_timestamp() then
    return;
  end if;
  if p_lane.paused_until is not null then
    v_slots := least(v_slots, private.half_open_slots(p_lane.provider));
  end if;
  for v_pool in select * from private.open_pools(p_lane.provider) order by random() loop
    exit when v_slots <= 0;
    v_chosen := array(
      select chosen
      from private.choose_starts(
        p_lane, v_pool.pool, least(v_slots, v_pool.free_slots), p_life_seconds, v_bytes,
        v_holds_nothing
      ) as chosen
    );
    continue when cardinality(v_chosen) = 0;
    perform private.hide_messages(
      p_lane.provider, array(select message_id from unnest(v_chosen)), p_lease_seconds
    );
    return query
    select *
    from private.start_leases(array(select id from unnest(v_chosen)), p_lease_seconds);
    v_slots := v_slots - cardinality(v_chosen);
    v_bytes := v_bytes - (select sum(input_bytes) from unnest(v_chosen));
    v_holds_nothing := false;
  end loop;
end;
$$;

comment on function private.claim_lane_starts is 'Claims tasks of a lane that are to be started. The caller has locked the lane, so that its limits hold across any number of workers.';

create or replace function private.claim_starts(
  p_limit integer,
  p_lease_seconds integer,
  p_life_seconds integer,
  p_free_bytes bigint,
  p_holds_nothing boolean
)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_lanes text[] := array(select provider from private.startable_lanes());
  v_lanes_left integer := cardinality(v_lanes);
  v_provider text;
  v_lane private.lanes;
  v_taken text;
  v_has_lane boolean := false;
  v_task public.tasks;
  v_left integer := p_limit;
  v_bytes bigint := p_free_bytes;
begin
  foreach v_provider in array v_lanes loop
    exit when v_left <= 0;
    if not private.try_lock_lane(v_provider) then
      v_taken := v_provider;
    else
      v_has_lane := true;
      select * into v_lane from private.lanes where provider = v_provider;
      -- The lanes that are left share what is left, so that no lane takes all of a worker.
      for v_task in
        select *
        from private.claim_lane_starts(
          v_lane, ceil(v_left / v_lanes_left::numeric)::integer, p_lease_seconds, p_life_seconds,
          v_bytes, p_holds_nothing and v_left = p_limit
        )
      loop
        return next v_task;
        v_left := v_left - 1;
        v_bytes := v_bytes - v_task.input_bytes;
      end loop;
    end if;
    v_lanes_left := v_lanes_left - 1;
  end loop;

  -- Whoever finds all lanes taken waits its turn in one of them, instead of asking at once again;
  -- but not with another in its hands.
  if v_taken is not null and not v_has_lane and private.lock_lane(v_taken) then
    select * into v_lane from private.lanes where provider = v_taken;
    return query
    select *
    from private.claim_lane_starts(
      v_lane, p_limit, p_lease_seconds, p_life_seconds, p_free_bytes, p_holds_nothing
    );
  end if;
end;
$$;

comment on function private.claim_starts is 'Claims tasks that are to be started, of lanes that no other worker claims from this moment.';
