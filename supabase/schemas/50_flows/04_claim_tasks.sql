-- What a worker may do now, given to it alone for the time of a lease.

create or replace function private.claim_polls(p_limit integer, p_lease_seconds integer)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_provider text;
  v_task public.tasks;
begin
  for v_provider in select provider from private.lanes order by random() loop
    while p_limit > 0 loop
      v_task := private.next_claimable(private.polls_queue(v_provider), p_lease_seconds);
      exit when v_task.id is null;
      return next private.start_lease(v_task.id, p_lease_seconds);
      p_limit := p_limit - 1;
    end loop;
  end loop;
end;
$$;

comment on function private.claim_polls is 'Claims tasks of all lanes that their providers have accepted and that are due.';

create or replace function private.claim_starts(
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
  v_slots integer;
  v_results integer;
  v_bytes bigint := p_free_bytes;
  v_holds_nothing boolean := p_holds_nothing;
  v_task public.tasks;
begin
  if p_lane.paused_until > now() then
    return;
  end if;
  v_slots := least(p_limit, private.free_slots(p_lane));
  if p_lane.paused_until is not null then
    v_slots := least(v_slots, private.half_open_slots(p_lane.provider));
  end if;
  v_results := private.free_results(p_lane);

  while v_slots > 0 and v_results > 0 loop
    v_task := private.next_claimable(p_lane.provider, p_lease_seconds);
    exit when v_task.id is null;

    -- It waits at the head of its lane: for the next minute, or for another worker.
    if not private.has_free_results(p_lane, v_task.result_count, v_results)
      or v_task.max_call_seconds > p_life_seconds
      -- Larger than all that a worker has room for: in one that holds nothing it has room enough.
      or (v_task.input_bytes > 0 and v_task.input_bytes > v_bytes and not v_holds_nothing)
    then
      perform private.put_back(v_task);
      exit;
    end if;

    return next private.start_lease(v_task.id, p_lease_seconds);
    v_slots := v_slots - 1;
    v_results := v_results - v_task.result_count;
    v_bytes := v_bytes - v_task.input_bytes;
    v_holds_nothing := false;
  end loop;
end;
$$;

comment on function private.claim_starts is 'Claims tasks of a lane that are to be started, as many as it lets through and the worker has life and memory for.';

create or replace function private.claim_tasks(
  p_limit integer,
  p_lease_seconds integer,
  p_worker_id uuid default null,
  p_held integer default 0,
  p_life_seconds integer default null,
  p_free_bytes bigint default null
)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_lane private.lanes;
  v_lanes integer;
  v_task public.tasks;
  v_left integer := p_limit;
  v_bytes bigint := p_free_bytes;
begin
  -- The lock on the lanes makes their limits hold across any number of workers. It is the one that
  -- lets submits refer to a lane meanwhile. All at once and in one order, before anything else is
  -- locked, so that no two claims wait for each other.
  perform from private.lanes order by provider for no key update;
  perform private.record_contact();

  -- Here, so that every claim ends what is overdue, however busy the workers are.
  perform private.expire_tasks();

  if p_held = 0 then
    v_task := private.claim_lost_task(p_lease_seconds, p_life_seconds);
    if v_task.id is not null then
      perform private.record_worker(p_worker_id);
      return next v_task;
      return;
    end if;
  end if;

  -- What a provider has accepted comes first: it is in the limits already, and nearly done.
  for v_task in select * from private.claim_polls(v_left, p_lease_seconds) loop
    return next v_task;
    v_left := v_left - 1;
  end loop;

  if p_held > 0 and private.must_empty_worker(p_worker_id) then
    return;
  end if;

  -- In any order, so that no lane always has the last place of a worker.
  select count(*) into v_lanes from private.lanes;
  for v_lane in select * from private.lanes order by random() loop
    -- The lanes that are left share what is left, so that no lane takes all of a worker.
    for v_task in
      select *
      from private.claim_starts(
        v_lane, ceil(v_left / v_lanes::numeric)::integer, p_lease_seconds, p_life_seconds, v_bytes,
        p_held = 0 and v_left = p_limit
      )
    loop
      return next v_task;
      v_left := v_left - 1;
      v_bytes := v_bytes - v_task.input_bytes;
    end loop;
    v_lanes := v_lanes - 1;
  end loop;

  if v_left < p_limit then
    perform private.record_worker(p_worker_id);
  end if;
end;
$$;

comment on function private.claim_tasks is 'Claims up to p_limit tasks over all lanes: one that was lost with its worker, alone; else what providers have accepted and is due to be polled, then what the lanes let start. Each is the caller''s alone until its lease runs out and another worker claims it, and a call to be made is in the ledger when this commits. p_held: tasks that the worker holds already. p_life_seconds: how long it will live at least; null: for ever. p_free_bytes: room that it has for input files; null: for any.';
