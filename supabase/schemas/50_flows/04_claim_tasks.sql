-- What a worker may do now, given to it alone for the time of a lease.

create or replace function private.claim_tasks(
  p_start_limit integer,
  p_poll_limit integer,
  p_lease_seconds integer,
  p_worker_id uuid default null,
  p_held integer default 0,
  p_life_seconds integer default null,
  p_free_bytes bigint default null
)
returns setof public.tasks
language plpgsql
set search_path = ''
-- As in private.submit_task.
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  v_task public.tasks;
  v_count integer := 0;
begin
  perform private.record_contact();

  if p_held = 0 then
    for v_task in select * from private.claim_lost_task(p_lease_seconds, p_life_seconds) loop
      perform private.record_worker(p_worker_id);
      return next v_task;
      return;
    end loop;
  end if;

  -- Each has a share of its own: neither waits for the other.
  for v_task in select * from private.claim_polls(p_poll_limit, p_lease_seconds) loop
    return next v_task;
    v_count := v_count + 1;
  end loop;
  if p_held = 0 or not private.must_empty_worker(p_worker_id) then
    for v_task in
      select *
      from private.claim_starts(
        p_start_limit, p_lease_seconds, p_life_seconds, p_free_bytes, p_held + v_count = 0
      )
    loop
      return next v_task;
      v_count := v_count + 1;
    end loop;
  end if;

  if v_count > 0 then
    perform private.record_worker(p_worker_id);
  elsif p_held = 0 then
    -- A poll may have found out just now that a worker is lost.
    for v_task in select * from private.claim_lost_task(p_lease_seconds, p_life_seconds) loop
      perform private.record_worker(p_worker_id);
      return next v_task;
    end loop;
  end if;
end;
$$;

comment on function private.claim_tasks is 'Claims tasks over all lanes: one that was lost with its worker, alone; else up to p_poll_limit that providers have accepted and that are due, and up to p_start_limit that the lanes let start. Each is the caller''s alone until its lease runs out and another worker claims it, and a call to be made is in the ledger when this commits. p_held: tasks that the worker holds already. p_life_seconds: how long it will live at least; null: for ever. p_free_bytes: room that it has for input files; null: for any.';
