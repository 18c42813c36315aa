-- A task that goes on after its step: it is polled again, tried again, or given to another worker.

create or replace function private.max_poll_delay_seconds()
returns integer
language sql
immutable
set search_path = ''
return 120;

comment on function private.max_poll_delay_seconds is 'How long a provider may have us wait at most before it is asked again about work that is paid.';

create or replace function private.snooze_task(p_task public.tasks, p_outcome jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
  v_delay_seconds integer := least(
    (p_outcome ->> 'delay_seconds')::integer, private.max_poll_delay_seconds()
  );
begin
  perform private.record_call(p_task, p_outcome -> 'call', p_handle => p_outcome ->> 'handle');
  perform private.record_health(p_task);

  update public.tasks
  set
    handle = p_outcome ->> 'handle',
    accepted_at = coalesce(accepted_at, now()),
    progress = coalesce((p_outcome ->> 'progress')::smallint, progress),
    claims_without_outcome = 0,
    claimed_alone = false,
    losses_alone = 0,
    failed_attempts = 0,
    lease_expires_at = null,
    lost_at = null
  where id = p_task.id
  returning * into v_task;
  -- A provider may tell more than was thought of.
  if p_outcome -> 'call' ->> 'cost_usd' is not null then
    perform private.raise_reservation(p_task.id);
  end if;

  if v_task.queue = private.polls_queue(v_task.provider) then
    perform pgmq.set_vt(v_task.queue, v_task.message_id, v_delay_seconds);
  else
    perform private.move_message(v_task, private.polls_queue(v_task.provider), v_delay_seconds);
  end if;
  return 'polling';
end;
$$;

comment on function private.snooze_task is 'Stores the handle that the provider returned, and puts the task back to be polled after delay_seconds. progress: a percentage, if it is known.';

create or replace function private.wait_for_next_attempt(
  p_task public.tasks,
  p_detail text,
  p_delay_seconds integer,
  p_is_attempt boolean default true
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.tasks
  set
    claims_without_outcome = 0,
    claimed_alone = false,
    losses_alone = 0,
    failed_attempts = failed_attempts + p_is_attempt::integer,
    last_error = p_detail,
    lease_expires_at = null,
    lost_at = null
  where id = p_task.id;
  perform pgmq.set_vt(
    p_task.queue, p_task.message_id,
    least(
      p_delay_seconds,
      case when p_task.handle is not null then private.max_poll_delay_seconds() end,
      -- Not later than the deadline, which ends it.
      case when not p_task.winds_down then
        greatest(ceil(extract(epoch from p_task.deadline_at - clock_timestamp())), 0)::integer
      end
    )
  );
end;
$$;

comment on function private.wait_for_next_attempt is 'Puts a task back after a failed step, to be submitted or polled again after the delay. p_is_attempt: whether it counts as one of the few that a task has.';

create or replace function private.release_task(p_task public.tasks)
returns text
language plpgsql
set search_path = ''
as $$
begin
  -- What the provider has accepted goes on. Without a call it was released before.
  if p_task.handle is null and not private.forget_call(p_task) then
    return 'released';
  end if;
  update public.tasks
  set
    claims_without_outcome = claims_without_outcome - 1,
    claimed_alone = false,
    -- What was lost before is still to be claimed alone.
    lease_expires_at = case when claims_without_outcome > 1 then clock_timestamp() end,
    lost_at = case when claims_without_outcome > 1 then clock_timestamp() end
  where id = p_task.id;
  perform pgmq.set_vt(p_task.queue, p_task.message_id, 0);
  return 'released';
end;
$$;

comment on function private.release_task is 'Gives a claimed task back that its worker cannot do before it ends: no attempt, and nothing that happened to it.';
