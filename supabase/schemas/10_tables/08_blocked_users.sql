-- Users who may not submit: blocked here, or banned in Auth.

create table private.blocked_users (
  user_id uuid not null,
  reason text not null,
  blocked_at timestamptz not null default now(),
  blocked_until timestamptz,

  constraint blocked_users_pkey primary key (user_id),
  constraint blocked_users_user_id_fkey
    foreign key (user_id) references auth.users (id) on delete cascade,
  constraint blocked_users_reason_is_told check (reason <> '')
);

comment on table private.blocked_users is 'Users who may not submit, beside those whom Auth has banned.';
comment on column private.blocked_users.reason is 'For the operator; the user is not told.';
comment on column private.blocked_users.blocked_until is 'null: until an operator unblocks the user.';

alter table private.blocked_users enable row level security;

create or replace function private.is_blocked(p_user_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from private.blocked_users
    where user_id = p_user_id and coalesce(blocked_until > now(), true)
  ) or exists (
    select from auth.users where id = p_user_id and banned_until > now()
  );
end;
$$;

comment on function private.is_blocked is 'Whether a user may not submit now.';
