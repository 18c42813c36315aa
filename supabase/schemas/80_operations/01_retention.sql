-- Retention: finished data is deleted in batches.

create table private.retention (
  kind text not null,
  keep interval,

  constraint retention_pkey primary key (kind),
  constraint retention_keep_is_positive check (keep > interval '0')
);

comment on table private.retention is 'How long is kept what is over. Change a row, and the next tidying obeys.';
comment on column private.retention.keep is 'Null: for ever.';

alter table private.retention enable row level security;

insert into private.retention (kind, keep) values
  ('schedule runs', '1 day'),
  ('archived messages', '7 days'),
  ('dead messages', '90 days'),
  ('provider calls', '400 days'),
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
    from private.dead_messages
    join public.tasks on tasks.id = dead_messages.task_id
    where tasks.user_id = p_user_id and dead_messages.put_back_at is null
  );
end;
$$;

comment on function private.has_unsettled is 'Whether the user has a task under way, or one that may be put back: it may build on results of any other of theirs.';

create or replace function private.delete_schedule_runs(p_before timestamptz, p_batch integer)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_count bigint;
begin
  if to_regclass('cron.job_run_details') is null then
    return 0;
  end if;
  -- One that is under way has no end. The start of one that never came to run is not known, either.
  delete from cron.job_run_details
  where runid in (
    select runid from cron.job_run_details where end_time < p_before order by runid limit p_batch
  );
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

comment on function private.delete_schedule_runs is 'Deletes what pg_cron has noted of runs that ended before.';

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
  for v_queue in select private.queues() loop
    execute format(
      $query$
        delete from pgmq.%1$I
        where msg_id in (
          select msg_id from pgmq.%1$I where archived_at < $1 order by archived_at limit $2
        )
      $query$,
      'a_' || v_queue
    ) using p_before, p_batch - v_total;
    get diagnostics v_count = row_count;
    v_total := v_total + v_count;
  end loop;
  return v_total;
end;
$$;

comment on function private.delete_archived_messages is 'Deletes messages that were archived before, of all lanes together.';

create or replace function private.delete_dead_messages(p_before timestamptz, p_batch integer)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_count bigint;
begin
  -- One that nobody has put back still waits for somebody to look at it.
  delete from private.dead_messages
  where id in (
    select id from private.dead_messages where put_back_at < p_before order by id limit p_batch
  );
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

comment on function private.delete_dead_messages is 'Deletes dead messages that were put back before.';

create or replace function private.delete_provider_calls(p_before timestamptz, p_batch integer)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_count bigint;
begin
  -- Those of an unfinished task decide whether it may be called for again.
  delete from private.provider_calls
  where id in (
    select id
    from private.provider_calls
    where finished_at < p_before
      and not exists (
        select from public.tasks
        where tasks.id = provider_calls.task_id and tasks.finished_at is null
      )
    order by id
    limit p_batch
  );
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

comment on function private.delete_provider_calls is 'Deletes calls that were finished before, unless their task is not.';

create or replace function private.delete_finished_tasks(p_before timestamptz, p_batch integer)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_count bigint;
begin
  delete from public.tasks
  where id in (
    select id
    from public.tasks
    where finished_at < p_before
      and not exists (
        select from private.provider_calls
        where provider_calls.task_id = tasks.id and provider_calls.outcome is null
      )
      and not private.has_unsettled(tasks.user_id)
    order by finished_at
    limit p_batch
    for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

comment on function private.delete_finished_tasks is 'Deletes tasks that were finished before, with their images and models. Their files are orphans then, and removed by workers.';

create or replace function private.delete_old(p_kind text, p_before timestamptz, p_batch integer)
returns bigint
language plpgsql
set search_path = ''
as $$
begin
  return case p_kind
    when 'schedule runs' then private.delete_schedule_runs(p_before, p_batch)
    when 'archived messages' then private.delete_archived_messages(p_before, p_batch)
    when 'dead messages' then private.delete_dead_messages(p_before, p_batch)
    when 'provider calls' then private.delete_provider_calls(p_before, p_batch)
    when 'finished tasks' then private.delete_finished_tasks(p_before, p_batch)
  end;
end;
$$;

comment on function private.delete_old is 'Deletes a batch of one kind. Null for a kind that is not known.';

create or replace function private.tidy(p_batch integer default 10000)
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

comment on function private.tidy is 'Deletes what is over and older than private.retention says, at most so many rows of each kind. Tells how many.';
