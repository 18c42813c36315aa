-- Accepted work that the provider has ended for a reason of its own, and bills nothing for: it is
-- submitted anew, once.

create or replace function private.may_resubmit_ended(p_task public.tasks, p_failure jsonb)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return p_task.handle is not null
    and coalesce((p_failure ->> 'ended_unbilled')::boolean, false)
    and not exists (
      select
      from private.provider_calls
      where task_id = p_task.id and handle is not null and outcome = 'failed'
    );
end;
$$;

comment on function private.may_resubmit_ended is 'Whether accepted work is submitted anew, once for each task: the provider has ended it for a reason of its own and bills nothing.';

create or replace function private.forget_handle(p_task public.tasks)
returns public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  update public.tasks
  set handle = null, accepted_at = null, progress = null
  where id = p_task.id;
  perform private.move_message(p_task, p_task.provider);
  select * into v_task from public.tasks where id = p_task.id;
  return v_task;
end;
$$;

comment on function private.forget_handle is 'Moves accepted work back among what is to be started.';
