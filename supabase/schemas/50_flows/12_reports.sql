-- Reports of results: by users, and what becomes of the files.

create or replace function private.report_task(p_user_id uuid, p_task_id uuid, p_reason text)
returns table (status text, reported_at timestamptz)
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  select * into v_task from public.tasks where id = p_task_id and user_id = p_user_id for update;
  if not found then
    return;
  end if;
  if v_task.status = 'complete' and v_task.reported_at is null then
    insert into private.reports (task_id, reason, asset_urls)
    values (v_task.id, p_reason, v_task.asset_urls);
    update public.tasks set reported_at = now(), asset_urls = '{}', results = null
    where id = v_task.id
    returning * into v_task;
    perform private.hasten_maintenance_job('reported files');
  end if;
  return query select v_task.status, v_task.reported_at;
end;
$$;

comment on function private.report_task is 'Hides the results of a complete task from its user and tells the operator why, once: the first reason stays. No row: no such task of this user. reported_at is null if the task has no result.';

create or replace function private.close_report(p_task_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update private.reports set closed_at = now() where task_id = p_task_id and closed_at is null;
  if not found then
    return false;
  end if;
  perform private.hasten_maintenance_job('reported files');
  return true;
end;
$$;

comment on function private.close_report is 'For the operator: ends a report. The next worker removes its files for good. Returns whether it was open.';

create or replace function private.reported_files(p_bucket text, p_limit integer)
returns table (action text, name text)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  (
    select
      case
        when reports.closed_at is null and not exists (
          select from storage.objects as kept
          where kept.bucket_id = 'reported' and kept.name = objects.name
        ) then 'hide'
        else 'drop'
      end,
      objects.name
    from private.reports
    join public.tasks on tasks.id = reports.task_id
    join storage.objects
      on objects.bucket_id = p_bucket
      and objects.name = any (private.result_files(p_bucket, tasks))
    where reports.hidden_at is null
    limit p_limit
  )
  union all
  (
    select 'remove', objects.name
    from storage.objects
    where objects.bucket_id = 'reported'
      and not exists (
        select from private.reports
        where task_id = private.task_of_file(objects.name) and closed_at is null
      )
    limit p_limit
  );
end;
$$;

comment on function private.reported_files is 'What is to be done with files of reported results, at most p_limit of each: hide (to be moved from the bucket of results to reported), drop (to be removed from the bucket of results: it is in the other already, or nobody wants it), remove (from reported: its report is closed, or its task gone).';

create or replace function private.reported_files_if_due(p_bucket text, p_limit integer)
returns table (action text, name text)
language plpgsql
set search_path = ''
as $$
begin
  if private.take_maintenance_job('reported files') then
    return query select * from private.reported_files(p_bucket, p_limit);
  end if;
end;
$$;

comment on function private.reported_files_if_due is 'The same, at once after a report and else once a minute, however many ask.';

create or replace function private.confirm_hidden_files(p_bucket text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.reports
  set hidden_at = now()
  from public.tasks
  where tasks.id = reports.task_id
    and reports.hidden_at is null
    and cardinality(private.result_files(p_bucket, tasks)) = 0;
end;
$$;

comment on function private.confirm_hidden_files is 'Marks reports as hidden whose files have left the bucket of results.';
