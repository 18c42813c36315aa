-- Polls of what providers have accepted, lane by lane, the ones that are due longest first.

create or replace function private.poll_burst()
returns interval
language sql
immutable
set search_path = ''
return interval '1 second';

comment on function private.poll_burst is 'So much of what a lane lets be polled in a time may be polled at once, if nothing was polled before.';

create or replace function private.allowed_polls(
  p_polls_per_second integer,
  p_next_poll_at timestamptz
)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  -- Asked for once: between two answers a second is a little less than a second.
  v_now timestamptz := clock_timestamp();
begin
  return case
    when p_next_poll_at > v_now then 0
    when p_polls_per_second is null then 2147483647
    else floor(p_polls_per_second * extract(epoch from
      v_now - greatest(p_next_poll_at, v_now - private.poll_burst())
    ))
  end;
end;
$$;

comment on function private.allowed_polls is 'How many polls of a lane may be made now.';

create or replace function private.slow_down_polls(p_provider text, p_retry_after_seconds integer)
returns void
language sql
set search_path = ''
as $$
  update private.poll_pacing
  set next_poll_at = greatest(
    next_poll_at,
    clock_timestamp() + make_interval(secs => greatest(1, least(p_retry_after_seconds, 30)))
  )
  where provider = (
    select provider
    from private.poll_pacing
    where provider = p_provider
    for no key update skip locked -- locked: another worker is polling this lane
  );
$$;

comment on function private.slow_down_polls is 'A provider was polled too often: none of its lane for a moment.';

create or replace function private.take_due_messages(
  p_queue text,
  p_due_from timestamptz,
  p_limit integer,
  p_hide_seconds integer
)
returns table (message_id bigint, due_at timestamptz)
language plpgsql
set search_path = ''
as $$
begin
  return query execute format(
    $query$
      with due as (
        select ctid as place, msg_id, vt
        from pgmq.%1$I
        where vt >= $1 and vt <= clock_timestamp()
        order by vt
        limit $2
        for update skip locked
      ),
      hidden as (
        update pgmq.%1$I as messages
        set vt = clock_timestamp() + make_interval(secs => $3), read_ct = read_ct + 1
        from due
        -- By its place: a message that is polled often has many versions under its number.
        where messages.ctid = due.place
      )
      select msg_id, vt from due
    $query$,
    'q_' || p_queue
  ) using p_due_from, p_limit, p_hide_seconds;
end;
$$;

comment on function private.take_due_messages is 'Hides messages of a queue that are due, the ones that are due longest first. pgmq.read goes by number, and would read every version of every message that was ever due.';

create or replace function private.refuse_poll(
  p_queue text,
  p_message_id bigint
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  select * into v_task
  from public.tasks
  where queue = p_queue and message_id = p_message_id
  for update skip locked;
  if not found then
    perform private.requeue_or_archive(p_queue, p_message_id);
  elsif v_task.lease_expires_at > clock_timestamp() then
    -- Its worker lives. If that changes, the message is to be there at once.
    perform pgmq.set_vt(
      p_queue, p_message_id,
      ceil(extract(epoch from v_task.lease_expires_at - clock_timestamp()))::integer
    );
  elsif v_task.claims_without_outcome > 0 then
    -- Its worker is lost: private.claim_lost_task gives it to one that holds nothing else.
    if not private.is_in_grace() then
      update public.tasks
      set lost_at = coalesce(lost_at, clock_timestamp())
      where id = v_task.id and lease_expires_at is not null;
    end if;
    perform pgmq.set_vt(p_queue, p_message_id, 5);
  elsif v_task.finished_at is not null and not v_task.winds_down then
    perform pgmq.archive(p_queue, p_message_id);
  else
    -- Its deadline is past: private.expire_tasks ends it.
    perform pgmq.set_vt(p_queue, p_message_id, 1);
  end if;
end;
$$;

comment on function private.refuse_poll is 'For a message that is due and whose task is not to be polled now: hides it until then, or archives it.';

create or replace function private.claim_lane_polls(
  p_lane private.lanes,
  p_limit integer,
  p_lease_seconds integer
)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_queue text := private.polls_queue(p_lane.provider);
  v_pacing private.poll_pacing;
  v_limit integer;
  v_messages bigint[];
  v_last_due_at timestamptz;
  v_tasks uuid[];
  v_found bigint[];
begin
  select * into v_pacing
  from private.poll_pacing
  where provider = p_lane.provider
  for no key update skip locked; -- locked: another worker is polling this lane
  if not found then
    return;
  end if;
  v_limit := least(
    p_limit, private.allowed_polls(p_lane.polls_per_second, v_pacing.next_poll_at)
  );
  if v_limit < 1 then
    return;
  end if;
  if v_pacing.looked_through_at < clock_timestamp() - interval '5 seconds' then
    v_pacing.due_from := '-infinity';
    update private.poll_pacing
    set looked_through_at = clock_timestamp()
    where provider = p_lane.provider;
  end if;
  select array_agg(message_id order by due_at), max(due_at)
  into v_messages, v_last_due_at
  from private.take_due_messages(v_queue, v_pacing.due_from, v_limit, p_lease_seconds);
  if v_messages is null then
    return;
  end if;
  update private.poll_pacing
  set
    next_poll_at = case
      when p_lane.polls_per_second is null then next_poll_at
      else greatest(next_poll_at, clock_timestamp() - private.poll_burst())
        + make_interval(secs => cardinality(v_messages) / p_lane.polls_per_second::double precision)
    end,
    due_from = v_last_due_at
  where provider = p_lane.provider;

  select
    array_agg(id order by array_position(v_messages, message_id)), array_agg(message_id)
  into v_tasks, v_found
  from (
    select id, message_id
    from public.tasks
    where queue = v_queue
      and message_id = any (v_messages)
      and (lease_expires_at is null or lease_expires_at <= clock_timestamp())
      and claims_without_outcome = 0
      and (winds_down or (finished_at is null and deadline_at > clock_timestamp()))
    for no key update skip locked -- locked: another worker is settling it this moment
  ) as pollable;
  perform private.refuse_poll(v_queue, message_id)
  from unnest(v_messages) as message_id
  where message_id <> all (coalesce(v_found, '{}'));
  if v_tasks is not null then
    return query select * from private.start_leases(v_tasks, p_lease_seconds);
  end if;
end;
$$;

comment on function private.claim_lane_polls is 'Claims tasks of a lane that its provider has accepted and that are due, as many as the lane lets be polled now. Must not look at messages and tasks in one statement: a task committed in between would seem lost.';

create or replace function private.claim_polls(p_limit integer, p_lease_seconds integer)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_lane private.lanes;
  v_task public.tasks;
  v_left integer := p_limit;
begin
  -- In any order, so that no lane always has the last place of a worker.
  for v_lane in
    select * from private.lanes
    where private.has_queue(private.polls_queue(provider))
    order by random()
  loop
    exit when v_left <= 0;
    for v_task in select * from private.claim_lane_polls(v_lane, v_left, p_lease_seconds) loop
      return next v_task;
      v_left := v_left - 1;
    end loop;
  end loop;
end;
$$;

comment on function private.claim_polls is 'Claims tasks of all lanes that their providers have accepted and that are due.';
