-- What a status says of the time to come: the place of a task in its line, and how long the last
-- runs took. Asked for tasks only that have not ended, and one answer serves many looks: see
-- shared/tasks/outlooks.ts.

create or replace function private.outlook_keys(p_user_id uuid, p_task_ids uuid[])
returns table (
  id uuid,
  output text,
  model text,
  pool text,
  turn bigint,
  message_id bigint,
  result_count smallint,
  least_run_seconds smallint,
  deadline_at timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select
    tasks.id, tasks.output, tasks.model, tasks.pool, tasks.turn, coalesce(tasks.message_id, 0),
    tasks.result_count, tasks.least_run_seconds, tasks.deadline_at
  from public.tasks
  where tasks.id = any (p_task_ids) and tasks.user_id = p_user_id;
end;
$$;

comment on function private.outlook_keys is 'What decides when tasks of a user start and how long they run: it stays the same as long as they wait. Of one that has ended, too: its status may have been read before. For the backend alone: a turn tells how much others have asked for.';

create or replace function private.pool_line(
  p_provider text,
  p_pool text,
  p_result_count integer,
  p_least_run_seconds integer,
  p_limit integer,
  out turns bigint[],
  out message_ids bigint[],
  out first_start_seconds numeric,
  out last_start_seconds numeric,
  out is_paused_for_good boolean
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select
    coalesce(array_agg(waiting.turn order by waiting.turn, waiting.message_id), '{}'),
    coalesce(array_agg(waiting.message_id order by waiting.turn, waiting.message_id), '{}')
  into turns, message_ids
  from (
    select tasks.turn, tasks.message_id
    from public.tasks
    where tasks.provider = p_provider
      and tasks.pool = p_pool
      and tasks.finished_at is null
      and tasks.handle is null
      and tasks.lease_expires_at is null
    order by tasks.turn, tasks.message_id
    limit p_limit
  ) as waiting;
  -- Of who comes before all of these, and of who comes after them.
  first_start_seconds := private.expected_start_seconds(
    p_provider, p_pool, coalesce(turns[1], 0) - 1, p_result_count, p_least_run_seconds
  );
  last_start_seconds := case
    when cardinality(turns) = 0 then first_start_seconds
    else private.expected_start_seconds(
      p_provider, p_pool, turns[cardinality(turns)], p_result_count, p_least_run_seconds
    )
  end;
  select lanes.paused_until = 'infinity' into is_paused_for_good
  from private.lanes
  where lanes.provider = p_provider;
  is_paused_for_good := coalesce(is_paused_for_good, false);
end;
$$;

comment on function private.pool_line is 'The first p_limit tasks that wait in a pool, in the order in which they start, by turn and message_id; and in how many seconds a request of so many results would start before them and behind them, as things are now.';

create or replace function private.most_runs_known()
returns integer
language sql
immutable
set search_path = ''
return 200;

comment on function private.most_runs_known is 'Of how many runs a status is told how long they took.';

create or replace function private.run_history(
  p_operation text,
  p_provider text,
  p_pool text,
  p_model text
)
returns real[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(array_agg(runs.seconds order by runs.finished_at desc), '{}')
    from (
      select
        tasks.finished_at,
        extract(epoch from tasks.finished_at - tasks.started_at)::real as seconds
      from (
        select calls.task_id, calls.operation, calls.outcome
        from private.provider_calls as calls
        where calls.provider = p_provider
          and calls.pool = p_pool
          and calls.started_at > clock_timestamp() - interval '14 days'
        order by calls.started_at desc
        -- Of a rare operation beside a frequent one there are fewer then.
        limit 10 * private.most_runs_known()
      ) as latest
      join public.tasks on tasks.id = latest.task_id
      where latest.outcome = 'succeeded'
        and latest.operation = p_operation
        and tasks.status = 'complete'
        and tasks.model is not distinct from p_model
      order by tasks.finished_at desc
      limit private.most_runs_known()
    ) as runs
  );
end;
$$;

comment on function private.run_history is 'In how many seconds the last complete tasks of a kind went from their first start to their end, the newest first: of the last calls of the pool, so that no table is written for it. Reads no more rows when there are more.';
