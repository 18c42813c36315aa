-- Retention: finished data is deleted in batches.

create table private.retention (
  kind text not null,
  keep interval,

  constraint retention_pkey primary key (kind),
  constraint retention_keep_is_positive check (keep > interval '0')
);

comment on table private.retention is 'How long finished data is kept. A change of a row applies from the next pruning on.';
comment on column private.retention.keep is 'Null: for ever.';

alter table private.retention enable row level security;

insert into private.retention (kind, keep) values
  ('schedule runs', '1 day'),
  ('archived messages', '7 days'),
  ('dead letters', '90 days'),
  -- Longer than private.content_limits counts them.
  ('content refusals', '30 days'),
  -- From when on a report counts as closed, whoever has looked: its files are removed.
  ('open reports', '90 days'),
  ('operator actions', '400 days'),
  ('provider calls', '400 days'),
  ('spending', '400 days'),
  ('spending of users', '40 days'),
  -- Nothing was made: there is nothing in them but what was asked for, and that is the most of it.
  ('canceled tasks', '1 day'),
  ('failed parameters', '1 day'),
  ('failed tasks', '30 days'),
  ('unused inputs', '7 days'),
  -- Their images and models go with them, out of the app's gallery.
  ('finished tasks', null);

create or replace function private.has_unsettled(p_user_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.tasks where user_id = p_user_id and finished_at is null
  ) or exists (
    select
    from private.dead_letters
    join public.tasks on tasks.id = dead_letters.task_id
    where tasks.user_id = p_user_id and dead_letters.replayed_at is null
  );
end;
$$;

comment on function private.has_unsettled is 'Whether the user has a task under way, or one that may be replayed: it may build on results of any other of their tasks.';

create or replace function private.is_settled(p_task_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return not exists (
    select from private.provider_calls where task_id = p_task_id and outcome is null
  ) and not exists (
    select from private.dead_letters where task_id = p_task_id and replayed_at is null
  );
end;
$$;

comment on function private.is_settled is 'Whether no provider works on a task any more, and nobody may replay it.';

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

comment on function private.delete_archived_messages is 'Deletes messages that were archived before, at most p_batch of each queue. Returns how many.';

-- Each batch is chosen once, as an array: of a subquery with `for update` a plan may ask again for
-- each row, and then the limit bounds nothing.
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
    when 'operator actions' then
      delete from private.operator_actions
      where id = any (array(
        select id from private.operator_actions
        where acted_at < p_before
        order by id
        limit p_batch
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

comment on function private.delete_old is 'Deletes a batch of one kind of private.retention that ended before a time; of failed tasks what was asked for; or closes reports. Returns how many; null for an unknown kind.';

create or replace function private.prune(p_batch integer default 10000)
returns table (kind text, deleted bigint)
language plpgsql
set search_path = ''
as $$
declare
  v_rule private.retention;
begin
  for v_rule in select * from private.retention where keep is not null order by retention.kind loop
    kind := v_rule.kind;
    deleted := private.delete_old(v_rule.kind, now() - v_rule.keep, p_batch);
    return next;
  end loop;
end;
$$;

comment on function private.prune is 'Deletes what is over and older than private.retention says, at most so many rows of each kind, and of each queue. Returns how many.';
