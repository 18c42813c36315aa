-- The circuit breaker of a lane. One user's failures pause that user in that lane; two users', or
-- one user's and a failed probe, pause the lane for all workers, so that waiting tasks are not
-- spent on a provider that fails. After the pause it is half-open: one task at a time, until one
-- succeeds.

create or replace function private.circuit_breaker_failures()
returns integer
language sql
immutable
set search_path = ''
return 5;

comment on function private.circuit_breaker_failures is 'How many failures in a row pause a user in a lane; and, where two users have them together, the lane.';

create or replace function private.is_provider_failure(p_error_code text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_error_code in ('provider_unavailable', 'timeout', 'provider_auth', 'provider_credits');
end;
$$;

comment on function private.is_provider_failure is 'Whether a failure is one of the provider itself, not of what it was asked. That it was asked too often is none.';

create or replace function private.is_account_failure(p_error_code text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_error_code in ('provider_auth', 'provider_credits');
end;
$$;

comment on function private.is_account_failure is 'Whether a failure is one of our account at the provider, which no other attempt changes.';

create or replace function private.pause_seconds(
  p_error_code text,
  p_failures integer,
  p_retry_after_seconds integer
)
returns integer
language plpgsql
immutable
set search_path = ''
as $$
begin
  return least(private.max_pause_seconds(), case
    -- For the operator to mend: until then one task in five minutes tries.
    when private.is_account_failure(p_error_code) then 300
    else greatest(
      least(15 * 2 ^ greatest(least(p_failures - private.circuit_breaker_failures(), 5), 0), 300),
      coalesce(p_retry_after_seconds, 0)
    )
  end)::integer;
end;
$$;

comment on function private.pause_seconds is 'For how long a user or a lane is paused after so many failures in a row.';

create or replace function private.pause_lane(p_provider text, p_seconds integer)
returns void
language sql
set search_path = ''
as $$
  update private.lanes
  set paused_until = greatest(paused_until, now() + make_interval(secs => p_seconds))
  where provider = p_provider;
$$;

comment on function private.pause_lane is 'Starts nothing of a lane for a time, and afterwards one task at a time until one succeeds.';

create or replace function private.record_success(p_task public.tasks)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- The lane first, as a failure does.
  update private.lanes
  -- A pause that is not over stays: what went well had begun before it.
  set
    consecutive_failures = 0,
    failing_since = null,
    paused_until = case when paused_until > clock_timestamp() then paused_until end
  where provider = p_task.provider
    and (consecutive_failures > 0 or paused_until <= clock_timestamp());
  delete from private.failing_users
  where provider = p_task.provider and user_id = p_task.user_id;
end;
$$;

comment on function private.record_success is 'A provider has accepted a task, or done it: its lane and the user are open again.';

create or replace function private.count_failure(
  p_task public.tasks,
  p_error_code text,
  p_retry_after_seconds integer
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.failing_users as users (provider, user_id, failures, failed_at)
  values (p_task.provider, p_task.user_id, 1, clock_timestamp())
  on conflict (provider, user_id) do update
  set failures = least(users.failures + 1, 1000), failed_at = clock_timestamp();
  update private.failing_users
  set paused_until = clock_timestamp() + make_interval(
    secs => private.pause_seconds(p_error_code, failures, p_retry_after_seconds)
  )
  where provider = p_task.provider
    and user_id = p_task.user_id
    and (
      failures >= private.circuit_breaker_failures() or private.is_account_failure(p_error_code)
    );
end;
$$;

comment on function private.count_failure is 'Counts a failure of a user in a lane, and pauses the user there after a few.';

create or replace function private.began_before_pause(p_task public.tasks)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select (
      select greatest(lanes.paused_until, users.paused_until)
      from private.lanes
      left join private.failing_users as users
        on users.provider = lanes.provider and users.user_id = p_task.user_id
      where lanes.provider = p_task.provider
    ) > (
      select started_at
      from private.provider_calls
      where task_id = p_task.id
      order by attempt desc
      limit 1
    )
  );
end;
$$;

comment on function private.began_before_pause is 'Whether the last call of a task is older than the end of the pause of its lane, or of its user there.';

create or replace function private.record_failure(
  p_task public.tasks,
  p_error_code text,
  p_retry_after_seconds integer
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_lane private.lanes;
  v_before private.failing_users;
  v_users integer;
begin
  -- What had begun before a pause is what the pause is for.
  if not private.is_provider_failure(p_error_code) or private.began_before_pause(p_task) then
    return;
  end if;
  select * into v_before
  from private.failing_users
  where provider = p_task.provider and user_id = p_task.user_id;
  update private.lanes
  set
    consecutive_failures = least(consecutive_failures + 1, 1000),
    failing_since = coalesce(failing_since, clock_timestamp())
  where provider = p_task.provider
  returning * into v_lane;

  -- A probe of the lane that fails says nothing of its user.
  if v_lane.paused_until <= clock_timestamp() then
    perform private.pause_lane(
      v_lane.provider,
      private.pause_seconds(p_error_code, v_lane.consecutive_failures, p_retry_after_seconds)
    );
    return;
  end if;

  perform private.count_failure(p_task, p_error_code, p_retry_after_seconds);
  select count(*) into v_users
  from private.failing_users
  where provider = v_lane.provider and failed_at >= v_lane.failing_since;
  if (
      v_users > 1
      and (
        v_lane.consecutive_failures >= private.circuit_breaker_failures()
        or private.is_account_failure(p_error_code)
      )
    )
    -- The user's probe after a pause, and no other has succeeded meanwhile.
    or (v_before.paused_until <= clock_timestamp() and v_lane.failing_since <= v_before.failed_at)
  then
    perform private.pause_lane(
      v_lane.provider,
      private.pause_seconds(p_error_code, v_lane.consecutive_failures, p_retry_after_seconds)
    );
  end if;
end;
$$;

comment on function private.record_failure is 'Counts a failure of a provider that a task has met before it was accepted, and pauses its user, or the lane.';
