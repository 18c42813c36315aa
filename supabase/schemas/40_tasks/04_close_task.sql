-- The one way a task ends, for every function that ends one.

create or replace function private.archive_message(p_task public.tasks)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Where its queue is missing a task ends all the same.
  if private.has_queue(p_task.queue) then
    perform pgmq.archive(p_task.queue, p_task.message_id);
  end if;
end;
$$;

comment on function private.archive_message is 'Archives the message of a task that nobody is to be given any more.';

create or replace function private.task_error_message(p_error_code text, p_reason text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (
      select message
      from private.task_error_reasons
      where reason = p_reason and code = p_error_code
    ),
    (select message from private.task_errors where code = p_error_code)
  );
end;
$$;

comment on function private.task_error_message is 'What a user reads of a failed task: the words for its reason, else those of its error code. Null without a code.';

create or replace function private.settle_reservation(
  p_task public.tasks,
  p_cost_usd numeric,
  p_status text,
  p_counts_later boolean
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.change_reservation(
    p_task, p_cost_usd - p_task.reserved_usd, p_cost_usd = 0 and p_status <> 'complete',
    p_counts_later
  );
end;
$$;

comment on function private.settle_reservation is 'Has a task that has ended count in all budgets with what it has cost, and its results no more if that is nothing. p_task: as it was before. Last of all, because of its locks.';

create or replace function private.close_task(
  p_task_id uuid,
  p_status text,
  p_asset_urls text[] default '{}',
  p_error_code text default null,
  p_detail text default null,
  p_winds_down boolean default false,
  p_reason text default null,
  p_counts_later boolean default false,
  p_results jsonb default null
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_before public.tasks;
  v_cost_usd numeric;
begin
  select * into v_before from public.tasks where id = p_task_id and finished_at is null for update;
  if not found then
    return;
  end if;
  v_cost_usd := v_before.reserved_usd;
  if not p_winds_down then
    perform private.abandon_call(p_task_id);
    v_cost_usd := private.task_cost_usd(p_task_id);
  end if;

  update public.tasks
  set
    status = p_status,
    asset_urls = p_asset_urls,
    results = p_results,
    error_code = p_error_code,
    error = private.task_error_message(p_error_code, p_reason),
    last_error = coalesce(p_detail, last_error),
    winds_down = p_winds_down,
    reserved_usd = v_cost_usd,
    lease_expires_at = case when p_winds_down then lease_expires_at end,
    lost_at = case when p_winds_down then lost_at end,
    -- The number is free: a queue that is made again may give it to another message.
    message_id = case when p_winds_down then message_id end,
    finished_at = now()
  where id = p_task_id;
  if not p_winds_down then
    perform private.archive_message(v_before);
    perform private.forget_canceled_task(p_task_id);
    perform private.settle_reservation(v_before, v_cost_usd, p_status, p_counts_later);
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

comment on function private.close_task is 'Moves a task to its final state; does nothing if it is final already. p_reason: see private.task_error_reasons. p_winds_down: the provider still works on it, so it is polled on, and its call stays open; else its message is archived, and what the ledger does not know of its call by now, nobody will learn.';

create or replace function private.end_winding_down(
  p_task public.tasks,
  p_counts_later boolean default false
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_cost_usd numeric;
begin
  perform private.abandon_call(p_task.id);
  v_cost_usd := private.task_cost_usd(p_task.id);
  if p_task.is_purged then
    perform private.erase_tasks(array[p_task.id]);
    perform private.settle_reservation(p_task, v_cost_usd, p_task.status, p_counts_later);
    return;
  end if;
  update public.tasks
  set
    winds_down = false, lease_expires_at = null, lost_at = null, message_id = null,
    reserved_usd = v_cost_usd
  where id = p_task.id;
  perform private.archive_message(p_task);
  perform private.forget_canceled_task(p_task.id);
  perform private.settle_reservation(p_task, v_cost_usd, p_task.status, p_counts_later);
end;
$$;

comment on function private.end_winding_down is 'Ends a task for its provider, too, and erases one that was purged. What the ledger does not know by now, nobody will learn.';

create or replace function private.give_up_task(
  p_task public.tasks,
  p_status text,
  p_error_code text default null,
  p_detail text default null,
  p_counts_later boolean default false
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.close_task(
    p_task.id, p_status,
    p_error_code => p_error_code, p_detail => p_detail,
    p_winds_down => private.is_under_way(p_task), p_counts_later => p_counts_later
  );
end;
$$;

comment on function private.give_up_task is 'Ends a task without its provider having ended it. What the provider still does counts on: the task winds down.';
