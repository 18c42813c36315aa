-- What a task counts while it goes on, and what it has counted in the end.

create or replace function private.change_reservation(
  p_task public.tasks,
  p_usd numeric,
  p_gives_back_results boolean,
  p_counts_later boolean default false
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_day date := private.spending_day(p_task.created_at);
  v_results integer := case when p_gives_back_results then p_task.result_count else 0 end;
  v_key uuid := case when p_task.counts_for_key then p_task.api_key_id else private.no_key() end;
begin
  if p_usd = 0 and v_results = 0 then
    return;
  end if;
  if p_counts_later then
    insert into private.spending_changes (
      user_id, day, provider, api_key_id, used_usd, images, models
    )
    values (
      p_task.user_id, v_day, p_task.provider, v_key, p_usd,
      case when p_task.output = 'image' then -v_results else 0 end,
      case when p_task.output = 'model' then -v_results else 0 end
    );
    return;
  end if;
  update private.user_spending
  set
    used_usd = used_usd + p_usd,
    images = images - case when p_task.output = 'image' then v_results else 0 end,
    models = models - case when p_task.output = 'model' then v_results else 0 end
  where user_id = p_task.user_id and day = v_day;
  if p_usd = 0 then
    return;
  end if;
  -- What is yesterday's has no stripe; and no cap was asked for what comes on top, so that it has
  -- to be seen by who asks.
  if p_usd > 0 or not private.count_in_stripe(p_task.provider, v_key, v_day, p_usd) then
    perform private.count_in_row(p_task.provider, v_key, v_day, p_usd);
  end if;
end;
$$;

comment on function private.change_reservation is 'Changes what a task counts in all budgets of its day. p_gives_back_results: whether its results no longer count. p_counts_later: leaves that to private.count_changes, as who ends many tasks in one transaction must, so that it holds no budget while it looks for the next task.';

create or replace function private.raise_reservation(
  p_task_id uuid,
  p_counts_later boolean default false
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
  v_usd numeric;
begin
  select * into v_task from public.tasks where id = p_task_id;
  v_usd := private.task_cost_usd(p_task_id) - v_task.reserved_usd;
  if not exists (select from private.provider_calls where task_id = p_task_id and outcome is null)
  then
    v_usd := v_usd + v_task.estimate_usd;
  end if;
  if v_usd > 0 then
    update public.tasks set reserved_usd = reserved_usd + v_usd where id = p_task_id;
    perform private.change_reservation(v_task, v_usd, false, p_counts_later);
  end if;
end;
$$;

comment on function private.raise_reservation is 'Has a locked task that goes on count what it may have cost so far, too, and the next call if there is to be one. No cap is asked: what runs, finishes.';

create or replace function private.count_changes()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_ids bigint[] := array(
    select id from private.spending_changes order by id limit 1000 for update skip locked
  );
  v_sum record;
begin
  if cardinality(v_ids) = 0 then
    return 0;
  end if;
  -- All users in one order, and what all share after them.
  perform
  from private.user_spending
  where (user_id, day) in (
    select user_id, day from private.spending_changes where id = any (v_ids)
  )
  order by user_id, day
  for no key update;
  update private.user_spending as mine
  set
    used_usd = mine.used_usd + changes.used_usd,
    images = mine.images + changes.images,
    models = mine.models + changes.models
  from (
    select
      user_id, day, sum(used_usd) as used_usd, sum(images) as images, sum(models) as models
    from private.spending_changes
    where id = any (v_ids)
    group by user_id, day
  ) as changes
  where mine.user_id = changes.user_id and mine.day = changes.day;
  for v_sum in
    select day, provider, api_key_id, sum(used_usd) as used_usd
    from private.spending_changes
    where id = any (v_ids)
    group by day, provider, api_key_id
    -- Who counts exactly has the row of the project for this day, and then empties a stripe of an
    -- earlier one.
    order by day desc, provider, api_key_id
  loop
    perform private.count_in_row(v_sum.provider, v_sum.api_key_id, v_sum.day, v_sum.used_usd);
  end loop;
  delete from private.spending_changes where id = any (v_ids);
  return cardinality(v_ids);
end;
$$;

comment on function private.count_changes is 'Counts in the budgets what functions that end many tasks have left to it. Returns how many changes those were. Last of all in its transaction, because of its locks.';
