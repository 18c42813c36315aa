-- Refusals of content: how many a user has, and what follows from them.

create or replace function private.check_refusals(
  p_user_id uuid,
  out refusals integer,
  out retry_after_seconds integer
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select counted.number, ceil(extract(epoch from counted.last_at + waits.wait - now()))
  into refusals, retry_after_seconds
  from private.content_limits as limits
  cross join lateral (
    select count(*)::integer as number, max(refused_at) as last_at
    from private.content_refusals
    where user_id = p_user_id and refused_at > now() - limits.counted_for
  ) as counted
  cross join lateral (
    select least(
      -- More doublings than these no wait has.
      limits.first_wait * 2 ^ least(counted.number - limits.slow_after, 20), limits.longest_wait
    ) as wait
  ) as waits
  where counted.number >= limits.slow_after and counted.last_at + waits.wait > now();
end;
$$;

comment on function private.check_refusals is 'Whether a user has to wait after refusals of content: how many there were, and when to try again; nulls if not.';

create or replace function private.block_for_refusals(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_limits private.content_limits;
  v_refusals integer;
  v_until timestamptz;
begin
  select * into v_limits from private.content_limits;
  select count(*) into v_refusals
  from private.content_refusals
  where user_id = p_user_id and refused_at > now() - v_limits.counted_for;
  if v_refusals < v_limits.block_after or v_limits.block_after is null then
    return;
  end if;
  v_until := now() + v_limits.blocked_for;
  insert into private.blocked_users as blocked (user_id, reason, blocked_until)
  values (
    p_user_id,
    format('%s requests were refused for their content', v_refusals),
    v_until
  )
  on conflict (user_id) do update
  set reason = excluded.reason, blocked_at = now(), blocked_until = excluded.blocked_until
  -- What an operator has decided for longer stays.
  where coalesce(blocked.blocked_until, 'infinity')
    < coalesce(excluded.blocked_until, 'infinity');
end;
$$;

comment on function private.block_for_refusals is 'Blocks a user with as many refusals of content as private.content_limits says.';

create or replace function private.count_refusal(
  p_user_id uuid,
  p_refused_by text,
  p_task_id uuid default null
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Work of a deleted user.
  if p_user_id is null then
    return;
  end if;
  insert into private.content_refusals (user_id, task_id, refused_by)
  values (
    p_user_id,
    -- One that was purged is gone by now.
    (select id from public.tasks where id = p_task_id),
    p_refused_by
  )
  on conflict (task_id) do nothing;
  perform private.block_for_refusals(p_user_id);
end;
$$;

comment on function private.count_refusal is 'Counts a refusal of content for its user, a task once. To be called under private.lock_user, so that two at once are two.';
