-- The last word before a billable request goes out: what was lost before it has cost nothing.

create function private.begin_call(p_task_id uuid, p_lease bigint)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if not private.holds_lease(p_task_id, p_lease) then
    return false;
  end if;
  update private.provider_calls
  set called_at = coalesce(called_at, clock_timestamp())
  from public.tasks
  where task_id = p_task_id
    and outcome is null
    and tasks.id = task_id
    -- What a provider has accepted is never ordered again.
    and tasks.handle is null
    -- The next heartbeat would end it: paid, and without a result.
    and tasks.deadline_at > clock_timestamp();
  return found;
end;
$$;

comment on function private.begin_call is 'Says that the billable request of a claimed task goes out next; false if the lease is stale, the deadline past or the work accepted already, and then it must not.';

create function private.known_outcome(p_called_at timestamptz, p_outcome text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case when p_outcome = 'ambiguous' and p_called_at is null then 'failed' else p_outcome end;
end;
$$;

comment on function private.known_outcome is 'What is true of a call''s outcome: nobody has billed what was never asked for.';

create function private.close_lost_call(p_task_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.provider_calls
  set outcome = private.known_outcome(called_at, 'ambiguous'), finished_at = now()
  where task_id = p_task_id and outcome is null;
end;
$$;

comment on function private.close_lost_call is 'Records that nobody will learn any more how a task''s open call ended: ambiguous, or failed if it was never made.';
