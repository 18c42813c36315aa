-- Stopping a user, and what becomes of the user's work.

create or replace function private.cancel_tasks(p_tasks public.tasks[])
returns integer
language plpgsql
set search_path = ''
as $$
begin
  perform private.give_up_task(task, 'canceled', p_counts_later => true)
  from unnest(p_tasks) as task;
  return cardinality(p_tasks);
end;
$$;

comment on function private.cancel_tasks is 'Cancels tasks that are locked and not finished. Returns how many.';

create or replace function private.block_user(
  p_user_id uuid,
  p_reason text,
  p_until timestamptz default null
)
returns integer
language plpgsql
set search_path = ''
as $$
begin
  -- A submit that is under way is accepted before, and ended here, or is refused.
  perform private.lock_user(p_user_id);
  insert into private.blocked_users (user_id, reason, blocked_until)
  values (p_user_id, p_reason, p_until)
  on conflict (user_id) do update
  set reason = excluded.reason, blocked_until = excluded.blocked_until;

  -- What a worker is being given this moment is waited for: it has cost nothing yet. And all are
  -- locked before the first changes what the user has spent, as whoever settles one wants to.
  return private.cancel_tasks(array(
    select tasks
    from public.tasks
    where user_id = p_user_id and finished_at is null
    -- As who deletes the user.
    order by id
    for update
  ));
end;
$$;

comment on function private.block_user is 'For the operator: nothing more is accepted of a user, or until p_until, and all that is unfinished is canceled. What providers have accepted winds down. Again to change reason and time. Returns how many tasks were canceled.';

create or replace function private.unblock_user(p_user_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  delete from private.blocked_users where user_id = p_user_id;
  return found;
end;
$$;

comment on function private.unblock_user is 'For the operator: ends what private.block_user began; a ban in Auth stays. What was canceled stays so. Returns whether the user was blocked.';

create or replace function private.cancel_tasks_of_blocked_users()
returns integer
language plpgsql
set search_path = ''
as $$
begin
  return private.cancel_tasks(private.hold_users(array(
    select tasks
    from public.tasks
    join (
      -- Each is asked about once.
      select user_id
      from (select distinct user_id from public.tasks where finished_at is null) as active
      where private.is_blocked(user_id)
    ) as blocked using (user_id)
    where tasks.finished_at is null
    limit 1000
    for update of tasks skip locked
  )));
end;
$$;

comment on function private.cancel_tasks_of_blocked_users is 'Cancels what is unfinished of users whom Auth has banned, which tells nobody, or whom another function has blocked; at most 1000 tasks at once. Returns how many.';
