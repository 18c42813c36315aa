-- A batch of what is deleted is as long as it may be, whatever the plan.

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

create or replace function private.notice_lost_tasks()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_count integer;
begin
  if private.is_in_grace() then
    return 0;
  end if;
  -- What the provider has accepted is noticed by who comes to poll it.
  update public.tasks
  set lost_at = clock_timestamp()
  where id = any (array(
    select tasks.id
    from private.provider_calls as calls
    join public.tasks on tasks.id = calls.task_id
    where calls.outcome is null
      and calls.handle is null
      and tasks.lost_at is null
      and tasks.lease_expires_at <= clock_timestamp()
    limit 100
    for no key update of tasks skip locked
  ));
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

create or replace function private.delete_archived_messages(p_before timestamptz, p_batch integer)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_queue text;
  v_count bigint;
  v_total bigint := 0;
begin
  for v_queue in select queue from private.queues() as queue where private.has_queue(queue) loop
    execute format(
      $query$
        delete from pgmq.%1$I
        where msg_id = any (array(
          select msg_id from pgmq.%1$I where archived_at < $1 order by archived_at limit $2
        ))
      $query$,
      'a_' || v_queue
    ) using p_before, p_batch;
    get diagnostics v_count = row_count;
    v_total := v_total + v_count;
  end loop;
  return v_total;
end;
$$;

create or replace function private.delete_old(p_kind text, p_before timestamptz, p_batch integer)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_count bigint;
begin
  case p_kind
    when 'archived messages' then
      return private.delete_archived_messages(p_before, p_batch);
    when 'schedule runs' then
      if to_regclass('cron.job_run_details') is null then
        return 0;
      end if;
      -- A run that is under way has no end. One that never came to run has no start.
      delete from cron.job_run_details
      where runid = any (array(
        select runid
        from cron.job_run_details
        where end_time < p_before
        order by runid
        limit p_batch
      ));
    when 'dead letters' then
      -- One that was not replayed still waits for somebody to look at it.
      delete from private.dead_letters
      where id = any (array(
        select id from private.dead_letters
        where replayed_at < p_before
        order by id
        limit p_batch
        -- Locked: a user is being deleted, and waits for none of these.
        for update skip locked
      ));
    when 'provider calls' then
      -- Those of an unfinished task decide whether it may be submitted again.
      delete from private.provider_calls
      where id = any (array(
        select id
        from private.provider_calls
        where finished_at < p_before
          -- A range of an index: where nothing is old the ledger is not read.
          and started_at < p_before
          and provider = any (array(select lanes.provider from private.lanes))
          and not exists (
            select from public.tasks
            where tasks.id = provider_calls.task_id and tasks.finished_at is null
          )
        order by id
        limit p_batch
        for update skip locked
      ));
    when 'spending' then
      -- A cap of a month counts all of its days.
      delete from private.refused_budgets
      where period_start
        < (least(p_before, date_trunc('month', now(), 'UTC')) at time zone 'UTC')::date;
      with old as materialized (
        select scope, scope_id, day
        from private.spending
        where day < (least(p_before, date_trunc('month', now(), 'UTC')) at time zone 'UTC')::date
        limit p_batch
        for update skip locked
      )
      delete from private.spending
      where (scope, scope_id, day) in (select * from old);
    when 'spending of users' then
      with old as materialized (
        select user_id, day
        from private.user_spending
        where day < (p_before at time zone 'UTC')::date
        limit p_batch
        for update skip locked
      )
      delete from private.user_spending
      where (user_id, day) in (select * from old);
    when 'canceled tasks' then
      -- Those that have cost nothing: without parameters.
      delete from public.tasks
      where id = any (array(
        select id
        from public.tasks
        where status = 'canceled' and parameters = '{}' and finished_at < p_before
        order by finished_at
        limit p_batch
        for update skip locked
      ));
    when 'failed parameters' then
      update public.tasks
      set parameters = '{}'
      where id = any (array(
        select id
        from public.tasks
        where status = 'failed' and parameters <> '{}' and finished_at < p_before
          and private.is_settled(tasks.id)
        order by finished_at
        limit p_batch
        for update skip locked
      ));
    when 'failed tasks' then
      delete from public.tasks
      where id = any (array(
        select id
        from public.tasks
        where status = 'failed' and finished_at < p_before and private.is_settled(tasks.id)
        order by finished_at
        limit p_batch
        for update skip locked
      ));
    when 'content refusals' then
      delete from private.content_refusals
      where id = any (array(
        select id from private.content_refusals
        where refused_at < p_before
        order by id
        limit p_batch
        for update skip locked
      ));
    when 'open reports' then
      update private.reports set closed_at = now()
      where task_id = any (array(
        select task_id from private.reports
        where closed_at is null and reported_at < p_before
        order by reported_at
        limit p_batch
        for update skip locked
      ));
    when 'finished tasks' then
      -- With their images and models. Their files are orphans then, and workers remove them.
      delete from public.tasks
      where id = any (array(
        select id
        from public.tasks
        where finished_at < p_before
          and not exists (
            select from private.provider_calls
            where provider_calls.task_id = tasks.id and provider_calls.outcome is null
          )
          and not private.has_unsettled(tasks.user_id)
          and not exists (
            select from private.reports
            where reports.task_id = tasks.id and reports.closed_at is null
          )
        order by finished_at
        limit p_batch
        for update skip locked
      ));
    when 'unused inputs' then
      -- Files: workers remove them.
      return 0;
    else
      return null;
  end case;
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;
