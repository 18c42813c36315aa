-- Every task ends: what nothing else ended ends here, also if its message is lost.

create or replace function private.expire_tasks()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
  v_next record;
  v_count integer := 0;
  v_is_in_grace boolean := private.is_in_grace();
begin
  for v_task in
    select *
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
  loop
    v_next := private.next_state(v_task, true);
    perform private.fail_abandoned_task(v_task.id, v_next.error_code, v_next.detail);
    v_count := v_count + 1;
  end loop;
  return v_count;
end;
$$;

comment on function private.expire_tasks is 'Fails tasks past their deadline that no worker holds, at most 100 at once. Returns how many.';
