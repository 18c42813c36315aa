-- Tasks that go for good, with everything that names them.

create or replace function private.delete_messages(p_queue text, p_task_ids text[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not private.has_queue(p_queue) then
    return;
  end if;
  execute format(
    'delete from pgmq.%I where message ->> ''task_id'' = any ($1)', 'q_' || p_queue
  ) using p_task_ids;
  execute format(
    'delete from pgmq.%I where message ->> ''task_id'' = any ($1)', 'a_' || p_queue
  ) using p_task_ids;
end;
$$;

comment on function private.delete_messages is 'Deletes the messages of tasks from a queue and its archive.';

create or replace function private.erase_tasks(p_task_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_names text[] := p_task_ids::text[];
begin
  perform private.delete_messages(queues.queue, v_names)
  from (select distinct provider from public.tasks where id = any (p_task_ids)) as lanes,
    private.lane_queues(lanes.provider) as queues;
  delete from private.dead_letters
  where task_id = any (p_task_ids) or message ->> 'task_id' = any (v_names);
  -- It leads to the result, as long as the provider keeps it. The purchase stays on the books.
  update private.provider_calls set handle = null, mark = null
  where task_id = any (p_task_ids) and (handle is not null or mark is not null);
  delete from public.tasks where id = any (p_task_ids);
end;
$$;

comment on function private.erase_tasks is 'Deletes tasks that have ended, locked, with their images and models, messages and dead letters. Their calls stay in the ledger, and name nobody.';
