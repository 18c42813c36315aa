-- Which tasks of a pool may start now.

create or replace function private.waiting_tasks(
  p_provider text,
  p_pool text,
  p_not_of uuid[],
  p_limit integer
)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
begin
  return query execute format(
    $query$
      select *
      from public.tasks
      where provider = $1
        and pool = $2
        and finished_at is null
        and handle is null
        and lease_expires_at is null
        and user_id <> all ($3)
        and exists (
          select
          from pgmq.%I as message
          where message.msg_id = tasks.message_id and message.vt <= clock_timestamp()
        )
      order by turn, message_id
      limit $4
      for update skip locked
    $query$,
    'q_' || p_provider
  ) using p_provider, p_pool, p_not_of, p_limit;
end;
$$;

comment on function private.waiting_tasks is 'The first tasks of a pool in the order of their turns whose messages are visible, locked.';

create or replace function private.users_held_back(p_lane private.lanes)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(array_agg(users.user_id), '{}')
    from private.failing_users as users
    where users.provider = p_lane.provider
      and (
        users.paused_until > clock_timestamp()
        -- After its pause a user has one task at a time.
        or exists (
          select
          from private.provider_calls as calls
          join public.tasks on tasks.id = calls.task_id
          where calls.provider = users.provider
            and calls.outcome is null
            and calls.handle is null
            and tasks.user_id = users.user_id
            and calls.started_at >= users.paused_until
        )
      )
  );
end;
$$;

comment on function private.users_held_back is 'Users of whom nothing is started in a lane now, because they make its provider fail.';

create or replace function private.users_to_try_singly(p_lane private.lanes)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(array_agg(user_id), '{}')
    from private.failing_users
    where provider = p_lane.provider and paused_until is not null
  );
end;
$$;

comment on function private.users_to_try_singly is 'Users who were paused in a lane and have not succeeded since.';

create or replace function private.users_failing(p_lane private.lanes)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(array_agg(user_id), '{}')
    from private.failing_users
    where provider = p_lane.provider and failed_at >= p_lane.failing_since
  );
end;
$$;

comment on function private.users_failing is 'Users whose tasks have made a provider fail since its last success.';

create or replace function private.choose_starts(
  p_lane private.lanes,
  p_pool text,
  p_slots integer,
  p_life_seconds integer,
  p_free_bytes bigint,
  p_holds_nothing boolean
)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
  v_held_back uuid[] := private.users_held_back(p_lane);
  v_singly uuid[] := private.users_to_try_singly(p_lane);
  v_failing uuid[];
  v_per_minute integer := private.results_per_minute(p_lane);
  v_free integer := private.free_results(p_lane);
  v_spare integer;
  v_taken integer := 0;
  v_longest numeric := private.note_runs(p_lane.provider, p_pool);
  v_slots integer := p_slots;
  v_bytes bigint := p_free_bytes;
  v_holds_nothing boolean := p_holds_nothing;
begin
  -- Who has failed is not the one to find out whether the provider works again, if another waits.
  if p_lane.paused_until is not null then
    v_failing := private.users_failing(p_lane);
    if exists (
      select from private.waiting_tasks(p_lane.provider, p_pool, v_held_back || v_failing, 1)
    ) then
      v_held_back := v_held_back || v_failing;
    end if;
  end if;
  for v_task in
    -- Some more, for those that are passed over.
    select * from private.waiting_tasks(p_lane.provider, p_pool, v_held_back, 2 * p_slots + 10)
  loop
    exit when v_slots <= 0 or v_free <= 0;
    if private.is_too_late(v_task, v_longest) then
      perform private.give_up_task(
        v_task, 'failed', 'timeout', 'Too little time was left to start it',
        p_counts_later => true
      );
      continue;
    end if;
    continue when v_task.user_id = any (v_held_back);
    if private.is_blocked(v_task.user_id) then
      perform private.give_up_task(v_task, 'canceled', p_counts_later => true);
      continue;
    end if;

    -- It waits at the head of its pool for another worker.
    exit when v_task.max_call_seconds > p_life_seconds
      -- Larger than all that a worker has room for: in one that holds nothing it has room enough.
      or (v_task.input_bytes > 0 and v_task.input_bytes > v_bytes and not v_holds_nothing);

    if v_spare is not null then
      -- A smaller one passes one that waits for more results, as long as that starts no later.
      continue when v_task.result_count > least(v_spare, v_free);
      v_spare := v_spare - v_task.result_count;
    elsif not private.has_free_results(v_per_minute, v_task.result_count, v_free) then
      v_spare := private.spare_results(p_lane, v_task.result_count, v_taken);
      continue;
    end if;

    return next v_task;
    if v_task.user_id = any (v_singly) then
      v_held_back := v_held_back || v_task.user_id;
    end if;
    v_slots := v_slots - 1;
    v_free := v_free - v_task.result_count;
    v_taken := v_taken + v_task.result_count;
    v_bytes := v_bytes - v_task.input_bytes;
    v_holds_nothing := false;
  end loop;
end;
$$;

comment on function private.choose_starts is 'Tasks of a pool that may start now, in the order of their turns, as many as the lane lets through and the worker has life and memory for. Ends those on the way that have too little time left, or whose user is blocked.';
