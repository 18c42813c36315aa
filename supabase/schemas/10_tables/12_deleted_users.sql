-- Deleted users whom Auth's own log still names.

create table private.deleted_users (
  user_id uuid not null,
  deleted_at timestamptz not null default now(),

  constraint deleted_users_pkey primary key (user_id)
);

comment on table private.deleted_users is 'Users who were deleted in Auth, until its audit log is cleared of them, a minute later.';

alter table private.deleted_users enable row level security;
