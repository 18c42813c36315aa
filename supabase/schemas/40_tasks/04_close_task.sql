-- The one way a task ends, for every function that ends one.

create or replace function private.close_task(
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
  v_before public.tasks;
  v_has_queue boolean;
begin
  select * into v_before from public.tasks where id = p_task_id and finished_at is null for update;
  if not found then
    return;
  end if;

  update public.tasks
  set
    status = p_status,
    asset_urls = p_asset_urls,
    error_code = p_error_code,
    error = (select message from private.task_errors where code = p_error_code),
    last_error = coalesce(p_detail, last_error),
    lease_expires_at = null,
    -- The number is free: a queue that is made again may give it to another message.
    message_id = null,
    finished_at = now()
  where id = p_task_id;
  -- Where its queue is missing a task ends all the same.
  v_has_queue := private.has_queue(v_before.queue);
  if v_has_queue then
    perform pgmq.archive(v_before.queue, v_before.message_id);
  end if;

  if v_has_queue and v_before.status = 'pending' and v_before.queue = v_before.provider then
    perform private.promote_next_task(v_before.provider, v_before.user_id);
  end if;
  -- Nothing of the user's, and nothing of the provider's: somebody has to look.
  if p_error_code in ('internal', 'outcome_unknown', 'storage_failed') then
    perform private.dead_letter(
      v_before.queue, jsonb_build_object('task_id', p_task_id), p_task_id,
      concat_ws(': ', p_error_code, p_detail)
    );
  end if;
end;
$$;

comment on function private.close_task is 'Moves a task to its final state and archives its message; does nothing if it is final already.';

create or replace function private.fail_abandoned_task(
  p_task_id uuid,
  p_error_code text,
  p_detail text
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.abandon_call(p_task_id);
  perform private.close_task(
    p_task_id, 'failed', p_error_code => p_error_code, p_detail => p_detail
  );
end;
$$;

comment on function private.fail_abandoned_task is 'Fails a task that no worker holds, and closes its open call in the ledger.';
