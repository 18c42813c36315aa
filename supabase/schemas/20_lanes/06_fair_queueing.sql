-- Fair queueing in a pool: start-time fair queueing, after Goyal, Vin and Cheng (1996). Every task
-- has a turn, and the lowest is started first. A user's next task comes as much later as the last
-- one takes: its results where the lane is limited by results, else one. Who has nothing waiting
-- comes in where the pool is now. So users take turns by what the lane is limited by, and whoever
-- comes with one task is served after at most one of each other user.

create or replace function private.next_turn(
  p_pool_turn bigint,
  p_last_turn bigint,
  p_last_results integer,
  p_results_per_minute integer
)
returns bigint
language plpgsql
immutable
set search_path = ''
as $$
begin
  return greatest(
    0,
    p_pool_turn,
    p_last_turn + case when p_results_per_minute is null then 1 else p_last_results end
  );
end;
$$;

comment on function private.next_turn is 'The turn of a user''s next task in a pool. p_pool_turn: how far the pool is; p_last_turn, p_last_results: of the user''s last task there; p_results_per_minute: the limit of the lane. Nulls where there is none.';
