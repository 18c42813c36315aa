-- Who deletes a user has locked that row in Auth, and waits for the user's tasks. Who has locked
-- tasks must not wait for that row in turn. But to write a row that refers to a user is to wait for
-- it, and so is to write a row twice in one transaction: Postgres looks for its user again then.

create or replace function private.try_hold_user(p_user_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if p_user_id is null then
    return true;
  end if;
  perform from auth.users where id = p_user_id for key share skip locked;
  return found;
end;
$$;

comment on function private.try_hold_user is 'Keeps a user from being deleted until the transaction ends; false if that is being done this moment. Null, of a task whose user is deleted already: true.';

create or replace function private.hold_users(p_tasks public.tasks[])
returns public.tasks[]
language plpgsql
set search_path = ''
as $$
begin
  return array(select task from unnest(p_tasks) as task where private.try_hold_user(task.user_id));
end;
$$;

comment on function private.hold_users is 'Those of locked tasks whose users are not deleted this moment, nor will be until the transaction ends.';
