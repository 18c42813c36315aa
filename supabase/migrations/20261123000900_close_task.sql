-- The one way a task ends, for every function that ends one.

create function private.close_task(
  p_task_id uuid,
  p_status text,
  p_asset_urls text[] default '{}',
  p_error_code text default null,
  p_detail text default null
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  update public.tasks
  set
    status = p_status,
    asset_urls = p_asset_urls,
    error_code = p_error_code,
    error = (select message from private.task_errors where code = p_error_code),
    last_error = coalesce(p_detail, last_error),
    lease_expires_at = null,
    finished_at = now()
  where id = p_task_id and finished_at is null
  returning * into v_task;

  if found then
    perform pgmq.archive(v_task.queue, v_task.message_id);
  end if;
end;
$$;

comment on function private.close_task is 'Moves a task to its final state and archives its message; does nothing if it is final already.';
