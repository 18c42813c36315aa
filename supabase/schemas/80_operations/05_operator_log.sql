-- What keeps the log of operators as it was written.

create or replace function private.keep_operator_actions()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  case tg_op
    when 'UPDATE' then
      -- The user is deleted: what is known of the user goes, and nothing else.
      if old.subject_id is not null and new.subject_id is null
        and not exists (select from auth.users where id = old.subject_id)
      then
        old.subject_id := null;
        old.request := old.request - 'reason';
        return old;
      end if;
    when 'DELETE' then
      if old.acted_at < now() - (
        select keep from private.retention where kind = 'operator actions'
      ) then
        return old;
      end if;
    else
      null;
  end case;
  raise exception 'private.operator_actions is a log: its rows are neither changed nor deleted'
    using hint = 'private.retention says how long they are kept.';
end;
$$;

comment on function private.keep_operator_actions is 'Refuses to change or delete what operators did, but for what is older than private.retention keeps it, and for what is known of a user who is deleted.';

create or replace trigger operator_actions_are_kept
before update or delete on private.operator_actions
for each row execute function private.keep_operator_actions();

create or replace trigger operator_actions_are_not_emptied
before truncate on private.operator_actions
for each statement execute function private.keep_operator_actions();
