-- Fair queueing in a pool: start-time fair queueing, after Goyal, Vin and Cheng (1996). Every task
-- has a turn, and the lowest is started first. A user's next task comes as much later as the last
-- one takes: its results where the lane is limited by results, else one. Who has nothing waiting
-- comes in where the pool is now. So users take turns by what the lane is limited by, and whoever
-- comes with one task is served after at most one of each other user.

create or replace function private.next_turn(
  p_user_id uuid,
  p_lane private.lanes,
  p_pool text
)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
declare
  v_results_per_minute integer := private.results_per_minute(p_lane);
begin
  return (
    select greatest(
      0,
      -- Where the pool is now: of all that was ever started, because a task that is tried again
      -- has an old turn.
      (
        select max(turn)
        from private.provider_calls
        where provider = p_lane.provider and pool = p_pool
      ),
      (
        select turn + case when v_results_per_minute is null then 1 else result_count end
        from public.tasks
        where user_id = p_user_id
          -- What is older has ended by its deadline.
          and created_at > now() - interval '1 hour'
          and provider = p_lane.provider
          and pool = p_pool
          -- What was given up before it started has taken nothing.
          and (finished_at is null or started_at is not null)
        -- The last one has the highest turn.
        order by created_at desc, turn desc
        limit 1
      )
    )
  );
end;
$$;

comment on function private.next_turn is 'The turn of a user''s next task in a pool. To be asked under private.lock_user.';
