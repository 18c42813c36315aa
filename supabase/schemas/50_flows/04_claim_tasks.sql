-- What a worker may do now, given to it alone for the time of a lease.

create or replace function private.lock_claimable(p_queue text, p_message_id bigint)
returns public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
  v_next record;
begin
  select * into v_task
  from public.tasks
  where queue = p_queue and message_id = p_message_id
  for update skip locked; -- locked: another worker is settling it this moment

  if not found then
    perform private.requeue_or_archive(p_queue, p_message_id);
    return null;
  end if;
  if v_task.finished_at is not null then
    perform pgmq.archive(p_queue, p_message_id);
    return null;
  end if;
  if v_task.lease_expires_at > clock_timestamp() then
    -- Its worker lives. If that changes, the message is to be there at once.
    perform pgmq.set_vt(
      p_queue, p_message_id,
      ceil(extract(epoch from v_task.lease_expires_at - clock_timestamp()))::integer
    );
    return null;
  end if;

  if v_task.handle is null then
    -- First, because an ambiguous call decides whether there may be another.
    perform private.abandon_call(v_task.id);
  end if;
  v_next := private.next_state(
    v_task, v_task.handle is not null or private.may_resubmit(v_task.id)
  );
  if v_next.state = 'failed' then
    perform private.fail_abandoned_task(v_task.id, v_next.error_code, v_next.detail);
    return null;
  end if;
  return v_task;
end;
$$;

comment on function private.lock_claimable is 'The task behind a message that was just read, locked; null if it is finished, held by a living worker, or ends here because of what happened to it before.';

create or replace function private.next_claimable(p_queue text, p_lease_seconds integer)
returns public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_message_id bigint;
  v_task public.tasks;
begin
  loop
    -- Read first, look at the task second: a single statement would look with a snapshot older than
    -- the read, and a task committed in between would seem lost.
    select msg_id into v_message_id from pgmq.read(p_queue, p_lease_seconds, 1);
    if not found then
      return null;
    end if;
    v_task := private.lock_claimable(p_queue, v_message_id);
    if v_task.id is not null then
      return v_task;
    end if;
  end loop;
end;
$$;

comment on function private.next_claimable is 'The task behind the first visible message of a queue that can be worked on, locked; null if there is none.';

create or replace function private.start_lease(p_task_id uuid, p_lease_seconds integer)
returns public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_before public.tasks;
  v_task public.tasks;
begin
  select * into v_before from public.tasks where id = p_task_id;
  update public.tasks
  set
    status = 'processing',
    claims_without_outcome = claims_without_outcome + 1,
    started_at = coalesce(started_at, now()),
    lease = lease + 1,
    lease_expires_at = clock_timestamp() + make_interval(secs => p_lease_seconds)
  where id = p_task_id
  returning * into v_task;

  if v_task.handle is null then
    insert into private.provider_calls (task_id, attempt, provider, operation, result_count)
    values (v_task.id, v_task.lease, v_task.provider, v_task.operation, v_task.result_count);
  end if;
  if v_before.status = 'pending' then
    perform private.promote_next_task(v_task.provider, v_task.user_id);
  end if;
  return v_task;
end;
$$;

comment on function private.start_lease is 'Gives a task to the caller under a new lease, with its call in the ledger unless it is only to be polled. When it starts, its user''s next task is promoted.';

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
  p_lease_seconds integer
)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_slots integer;
  v_results integer;
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

    -- More than is left of this minute waits for the next, at the head of its lane. More than a
    -- whole minute allows starts when nothing else did.
    if v_task.result_count > v_results and v_results < p_lane.results_per_minute then
      perform pgmq.set_vt(v_task.queue, v_task.message_id, 0);
      exit;
    end if;

    return next private.start_lease(v_task.id, p_lease_seconds);
    v_slots := v_slots - 1;
    v_results := v_results - v_task.result_count;
  end loop;
end;
$$;

comment on function private.claim_starts is 'Claims tasks of a lane that are to be started, as many as it lets through.';

create or replace function private.claim_tasks(
  p_limit integer,
  p_lease_seconds integer,
  p_worker_id uuid default null
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
begin
  -- The lock on the lanes makes their limits hold across any number of workers. It is the one that
  -- lets submits refer to a lane meanwhile. All at once and in one order, before anything else is
  -- locked, so that no two claims wait for each other.
  perform from private.lanes order by provider for no key update;

  -- Here, so that every claim ends what is overdue, however busy the workers are.
  perform private.expire_tasks();

  -- What a provider has accepted comes first: it is in the limits already, and nearly done.
  for v_task in select * from private.claim_polls(v_left, p_lease_seconds) loop
    return next v_task;
    v_left := v_left - 1;
  end loop;

  -- In any order, so that no lane always has the last place of a worker.
  select count(*) into v_lanes from private.lanes;
  for v_lane in select * from private.lanes order by random() loop
    -- The lanes that are left share what is left, so that no lane takes all of a worker.
    for v_task in
      select *
      from private.claim_starts(
        v_lane, ceil(v_left / v_lanes::numeric)::integer, p_lease_seconds
      )
    loop
      return next v_task;
      v_left := v_left - 1;
    end loop;
    v_lanes := v_lanes - 1;
  end loop;

  if v_left < p_limit then
    perform private.record_worker(p_worker_id);
  end if;
end;
$$;

comment on function private.claim_tasks is 'Claims up to p_limit tasks over all lanes: what providers have accepted and is due to be polled, then what the lanes let start. Each is the caller''s alone until its lease runs out, and a call to be made is in the ledger when this commits.';
