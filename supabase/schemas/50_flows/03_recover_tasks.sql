-- What becomes of tasks that no worker settles. Apart from claims, so that a backlog of it holds up
-- none of them: each call does a bounded amount, and is asked again in a second.

create or replace function private.max_winding_down()
returns interval
language sql
immutable
set search_path = ''
return interval '30 minutes';

comment on function private.max_winding_down is 'For how long a provider is asked at most whether it has ended what was given up.';

create or replace function private.expire_tasks()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_is_in_grace boolean := private.is_in_grace();
  v_tasks public.tasks[] := private.hold_users(array(
    select tasks
    from public.tasks
    where finished_at is null
      -- The time of the transaction, which an index can be searched by.
      and deadline_at <= now()
      -- A living worker notices the deadline itself: its lease is not extended any more.
      and (
        lease_expires_at is null
        or (lease_expires_at <= clock_timestamp() and not v_is_in_grace)
      )
    order by deadline_at
    limit 100
    for update skip locked
  ));
begin
  perform private.give_up_task(
    task, 'failed', next.error_code, next.detail, p_counts_later => true
  )
  from unnest(v_tasks) as task, private.next_state(task, true) as next;
  return cardinality(v_tasks);
end;
$$;

comment on function private.expire_tasks is 'Fails tasks past their deadline that no worker holds, at most 100 at once. Returns how many.';

create or replace function private.end_winding_tasks()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_tasks public.tasks[] := private.hold_users(array(
    select tasks
    from public.tasks
    where winds_down
      and finished_at <= now() - private.max_winding_down()
    order by finished_at
    limit 100
    for update skip locked
  ));
begin
  perform private.end_winding_down(task, p_counts_later => true) from unnest(v_tasks) as task;
  return cardinality(v_tasks);
end;
$$;

comment on function private.end_winding_tasks is 'Ends tasks that have wound down for too long, at most 100 at once. Returns how many.';

create or replace function private.close_calls_of_deleted_users()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_count integer;
begin
  update private.provider_calls
  set outcome = private.effective_outcome(sent_at, 'ambiguous'), finished_at = now()
  where task_id is null and outcome is null;
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

comment on function private.close_calls_of_deleted_users is 'Closes calls in the ledger that nobody can ask for any more. Returns how many.';

create or replace function private.recover_tasks()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_lost integer := private.notice_lost_tasks();
begin
  perform
    private.expire_tasks(), private.end_winding_tasks(), private.close_calls_of_deleted_users();
  perform private.count_changes();
  return v_lost;
end;
$$;

comment on function private.recover_tasks is 'Does all of this. Workers ask for it once a second while they have work. Returns how many tasks were found to be lost.';
