-- The task behind a message, and its lease.

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

  if v_task.claims_without_outcome > 0 then
    -- Its worker was lost: private.claim_lost_task gives it to one that holds nothing else.
    perform pgmq.set_vt(p_queue, p_message_id, 5);
    return null;
  end if;

  v_next := private.next_state(v_task, true);
  if v_next.state = 'failed' then
    perform private.fail_abandoned_task(v_task.id, v_next.error_code, v_next.detail);
    return null;
  end if;
  return v_task;
end;
$$;

comment on function private.lock_claimable is 'The task behind a message that was just read, locked; null if it is finished, held by a worker, or was when that was lost, or ends here because its deadline has passed.';

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

create or replace function private.put_back(p_task public.tasks)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_waiting_seconds integer := 0;
begin
  -- A look is no reason to count its waiting anew: how long the first message of a queue is due is
  -- an alert.
  if p_task.status = 'pending' then
    execute format(
      $query$
        select floor(extract(epoch from clock_timestamp() - enqueued_at))
        from pgmq.%I
        where msg_id = $1
      $query$,
      'q_' || p_task.queue
    ) into v_waiting_seconds using p_task.message_id;
  end if;
  perform pgmq.set_vt(p_task.queue, p_task.message_id, -v_waiting_seconds);
end;
$$;

comment on function private.put_back is 'Leaves a task that was found and cannot be started now at the head of its queue, as due as before.';

create or replace function private.start_lease(
  p_task_id uuid,
  p_lease_seconds integer,
  p_alone boolean default false
)
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
    claimed_alone = p_alone,
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
