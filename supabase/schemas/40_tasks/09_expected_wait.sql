-- How long a request would wait until it starts.

create or replace function private.most_turns_read()
returns integer
language sql
immutable
set search_path = ''
return 200;

comment on function private.most_turns_read is 'How many waiting tasks are counted at most: of more it is estimated how many there are.';

create or replace function private.tasks_ahead(
  p_provider text,
  p_pool text,
  p_turn bigint,
  p_large_results integer,
  out tasks numeric,
  out results numeric
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_first bigint;
  v_last bigint;
begin
  select
    count(*),
    coalesce(greatest(
      sum(result_count),
      -- No two of these start in one minute.
      p_large_results * count(*) filter (where 2 * result_count > p_large_results)
    ), 0),
    min(turn),
    max(turn)
  into tasks, results, v_first, v_last
  from (
    select waiting.turn, waiting.result_count
    from public.tasks as waiting
    where waiting.provider = p_provider
      and waiting.pool = p_pool
      and waiting.finished_at is null
      and waiting.handle is null
      and waiting.lease_expires_at is null
      and waiting.turn <= p_turn
    order by waiting.turn, waiting.message_id
    limit private.most_turns_read()
  ) as ahead;
  -- The others lie as densely up to this turn as the first do.
  if tasks = private.most_turns_read() and p_turn > v_last then
    results := results * (p_turn - v_first + 1) / (v_last - v_first + 1);
    tasks := tasks * (p_turn - v_first + 1) / (v_last - v_first + 1);
  end if;
end;
$$;

comment on function private.tasks_ahead is 'How many tasks wait that are started before a task with this turn, and how many results they take of the lane''s minutes. p_large_results: how many results a minute there are, for a request of more than half of them; null for a smaller one, which passes the large ones. Reads no more rows when more wait.';

create or replace function private.seconds_for_results(
  p_lane private.lanes,
  p_results_per_minute integer,
  p_results numeric
)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
declare
  v_more numeric := p_results - private.free_results(p_lane);
  v_minutes numeric;
begin
  if v_more <= 0 then
    return 0;
  end if;
  -- What is started leaves its place a minute later, and so on.
  v_minutes := ceil(v_more / p_results_per_minute) - 1;
  return 60 * v_minutes + coalesce(
    (
      select greatest(0, extract(epoch from leaves_at - clock_timestamp()))
      from (
        select leaves_at, sum(results) over (order by leaves_at) as gone
        from private.results_in_window(p_lane.provider)
      ) as leaving
      where gone >= v_more - v_minutes * p_results_per_minute
      order by leaves_at
      limit 1
    ),
    60
  );
end;
$$;

comment on function private.seconds_for_results is 'How long it takes until a lane has started so many results, if nothing but its limit of results holds it up. p_results_per_minute: see private.results_per_minute.';

create or replace function private.expected_wait(
  p_provider text,
  p_pool text,
  p_turn bigint,
  p_result_count integer,
  out seconds numeric,
  out runs numeric,
  out mean_run_seconds numeric,
  out longest_run_seconds numeric
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_lane private.lanes;
  v_per_minute integer;
  v_ahead record;
  v_pool record;
begin
  select * into v_lane from private.lanes where provider = p_provider;
  if v_lane.results_per_minute is not null then
    v_per_minute := private.results_per_minute(v_lane);
  end if;
  v_ahead := private.tasks_ahead(
    p_provider, p_pool, p_turn, case when 2 * p_result_count > v_per_minute then v_per_minute end
  );
  select
    pools.max_in_flight as slots, pools.rate_limited_until, pools.mean_run_seconds,
    pools.longest_run_seconds, under_way.in_lane, under_way.in_pool
  into v_pool
  from private.pools
  cross join (
    -- As in private.calls_under_way, of which a submit would wait longer than for all of this.
    select count(*) as in_lane, count(*) filter (where pool = p_pool) as in_pool
    from private.provider_calls
    where provider = p_provider and outcome is null and task_id is not null
  ) as under_way
  where pools.provider = p_provider and pools.name = p_pool;

  seconds := greatest(0, extract(epoch from greatest(
    -- Nobody knows when a pause ends that has no end.
    case when v_lane.paused_until < 'infinity' then v_lane.paused_until end,
    v_lane.rate_limited_until,
    v_pool.rate_limited_until
  ) - clock_timestamp()));
  if v_per_minute is not null then
    seconds := greatest(seconds, private.seconds_for_results(
      v_lane, v_per_minute, v_ahead.results + p_result_count
    ));
  end if;
  -- Of so many that are under way, one ends in each such part of a run.
  runs := greatest(0, (
    v_ahead.tasks + 1
      - least(v_lane.max_in_flight - v_pool.in_lane, v_pool.slots - v_pool.in_pool)
  ) / least(v_lane.max_in_flight, v_pool.slots));
  mean_run_seconds := v_pool.mean_run_seconds;
  longest_run_seconds := v_pool.longest_run_seconds;
end;
$$;

comment on function private.expected_wait is 'How long a request would wait in a pool until it starts, as things are now: so many seconds for pauses and for results, and so many runs of the pool, one after the other, for a place; and what is noted of these.';
