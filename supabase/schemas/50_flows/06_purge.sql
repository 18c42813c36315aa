-- Deleting what a user no longer wants kept: one task, or everything of the user. What a provider
-- works on winds down unseen, so that its cost is booked, and is erased then.

create or replace function private.hide_task(
  p_task public.tasks,
  p_user_id uuid,
  p_counts_later boolean default false
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if p_task.finished_at is null then
    perform private.give_up_task(p_task, 'canceled', p_counts_later => p_counts_later);
  end if;
  update public.tasks
  set
    is_purged = true, user_id = p_user_id, client_task_id = '', parameters = '{}', request_id = '',
    traceparent = null, last_error = null, inputs = null
  where id = p_task.id and winds_down;
  if not found then
    return false;
  end if;
  perform private.remove_results(p_task.user_id, p_task.output, p_task.id);
  delete from public.concept_images where celery_task_id = p_task.id;
  delete from public.models where celery_task_id = p_task.id;
  delete from private.dead_letters where task_id = p_task.id;
  delete from private.input_uses where task_id = p_task.id;
  return true;
end;
$$;

comment on function private.hide_task is 'Ends a locked task, and hides it without what was asked for if its provider still works on it; else it returns false: it can be erased. p_user_id: against whose limits it counts until then; null for a deleted user.';

create or replace function private.purge_task(p_user_id uuid, p_task_id uuid)
returns table (billed text)
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
  v_winds_down boolean;
begin
  -- As in private.settle_task.
  perform from auth.users where id = p_user_id for key share;
  select * into v_task
  from public.tasks
  where id = p_task_id and user_id = p_user_id and not is_purged
  for update;
  if not found then
    return;
  end if;
  -- Also files that no row shows.
  perform private.remove_results(p_user_id, v_task.output, p_task_id);
  v_winds_down := private.hide_task(v_task, p_user_id);
  return query select private.billed(v_task);
  if not v_winds_down then
    perform private.erase_tasks(array[p_task_id]);
  end if;
end;
$$;

comment on function private.purge_task is 'Deletes a task with its results, as a user may do with each of their own, ended or not. No row: no such task of this user, any more or ever. billed: as private.cancel_task says.';

create or replace function private.erase_user(p_user_id uuid, p_batch integer)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_tasks public.tasks[];
  v_task public.tasks;
  v_erased uuid[] := '{}';
begin
  insert into private.files_to_remove (place, prefix)
  select 'inputs', folder || '/' from unnest(private.user_folders(p_user_id)) as folder
  union all
  values ('results', p_user_id || '/')
  on conflict do nothing;
  -- All of them before the first changes what the user has spent: whoever settles one holds it, and
  -- then wants to change that, too.
  v_tasks := array(
    select tasks from public.tasks where user_id = p_user_id order by id limit p_batch for update
  );
  foreach v_task in array v_tasks loop
    if not private.hide_task(v_task, null, p_counts_later => true) then
      v_erased := v_erased || v_task.id;
    end if;
  end loop;
  perform private.erase_tasks(v_erased);
  if cardinality(v_tasks) = p_batch then
    return false;
  end if;
  delete from public.input_assets where user_id = p_user_id;
  delete from private.failing_users where user_id = p_user_id;
  return true;
end;
$$;

comment on function private.erase_user is 'As private.purge_user, for who keeps submits of the user away.';

create or replace function private.purge_user(p_user_id uuid, p_batch integer default 500)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_is_done boolean;
begin
  -- Nothing is submitted meanwhile.
  perform private.lock_user(p_user_id);
  -- As in private.settle_task.
  perform from auth.users where id = p_user_id for key share;
  v_is_done := private.erase_user(p_user_id, p_batch);
  -- The user may stay, and have the rest of the day to spend.
  perform private.count_changes();
  return v_is_done;
end;
$$;

comment on function private.purge_user is 'Deletes what there is of a user but the user in Auth: tasks in any state, results, inputs and what names them. At most p_batch tasks at once; returns whether that was all. May be repeated at any time.';

create or replace function private.purge_deleted_user()
returns trigger
language plpgsql
security definer -- whoever deletes a user in Auth
set search_path = ''
as $$
begin
  -- A submit that is under way holds the row in Auth, or waits for it and is refused. With
  -- private.lock_user each would wait for the other.
  while not private.erase_user(old.id, 500) loop
    null;
  end loop;
  -- What is spent is spent, but for nobody.
  update private.spending_changes set user_id = null where user_id = old.id;
  insert into private.deleted_users (user_id) values (old.id) on conflict do nothing;
  return old;
end;
$$;

comment on function private.purge_deleted_user is 'Trigger: a user who is deleted in Auth, wherever that is done, takes everything along.';

-- The platform recommends such triggers:
-- https://supabase.github.io/splinter/0002_auth_users_exposed
create or replace trigger makeit3d_purge_deleted_user
  before delete on auth.users
  for each row
  execute function private.purge_deleted_user();
