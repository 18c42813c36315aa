-- The task that a request was accepted as before.

create or replace function private.differing_keys(p_left jsonb, p_right jsonb)
returns text[]
language sql
immutable
set search_path = ''
return (
  select coalesce(array_agg(key order by key), '{}')
  from (
    select jsonb_object_keys(p_left) as key
    union
    select jsonb_object_keys(p_right)
  ) as keys
  where p_left -> key is distinct from p_right -> key
);

comment on function private.differing_keys is 'Names of the keys in which two JSON objects differ.';

create or replace function private.find_live_task(
  p_user_id uuid,
  p_client_task_id text,
  p_operation text,
  p_provider text,
  p_parameters jsonb,
  out id uuid,
  out status text,
  out conflicts text[]
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select
    tasks.id,
    tasks.status,
    private.differing_keys(
      tasks.parameters || jsonb_build_object('provider', tasks.provider),
      p_parameters || jsonb_build_object('provider', p_provider)
    )
  into find_live_task.id, find_live_task.status, find_live_task.conflicts
  from public.tasks
  where tasks.user_id = p_user_id
    and tasks.operation = p_operation
    and tasks.client_task_id = p_client_task_id
    and tasks.status not in ('failed', 'canceled');
end;
$$;

comment on function private.find_live_task is 'The task that was accepted under the same user, operation and client_task_id and still takes its place, with the fields in which the two requests differ. All null if there is none.';
