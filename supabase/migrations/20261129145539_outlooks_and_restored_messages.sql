-- No release has used it. Whether a lane is paused is told with its line, and no longer with its runs.
drop function private.run_history(text, text, text, text);

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

create or replace function private.restore_messages(p_queue text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
  v_message_id bigint;
  v_count integer := 0;
begin
  perform private.continue_numbers(p_queue);
  for v_task in
    select * from private.tasks_without_message(p_queue) order by message_id, created_at, id
  loop
    -- Who has it locked may be moving it. If not, the next turn finds it.
    perform
    from public.tasks
    where id = v_task.id
      and queue = p_queue
      and message_id is not distinct from v_task.message_id
      and (finished_at is null or winds_down)
    for update skip locked;
    continue when not found;
    select send into v_message_id
    from pgmq.send(
      p_queue, jsonb_build_object('task_id', v_task.id),
      -- Nobody is to be shown it while a worker has it.
      coalesce(v_task.lease_expires_at, clock_timestamp())
    );
    update public.tasks set message_id = v_message_id where id = v_task.id;
    v_count := v_count + 1;
  end loop;
  return v_count;
end;
$$;

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
