-- Users whose requests are refused for their content. A provider closes the account of an owner
-- whose users keep asking for what it refuses, so such a user is slowed down, and then blocked.

create table private.content_limits (
  only_row boolean not null default true,
  counted_for interval not null default '24 hours',
  slow_after integer default 5,
  first_wait interval not null default '1 minute',
  longest_wait interval not null default '1 hour',
  block_after integer default 15,
  blocked_for interval default '7 days',

  constraint content_limits_pkey primary key (only_row),
  constraint content_limits_only_row_is_true check (only_row),
  constraint content_limits_counted_for_is_positive check (counted_for > interval '0'),
  constraint content_limits_slow_after_is_positive check (slow_after > 0),
  constraint content_limits_first_wait_is_positive check (first_wait > interval '0'),
  constraint content_limits_longest_wait_is_longest check (longest_wait >= first_wait),
  constraint content_limits_block_after_is_positive check (block_after > 0),
  constraint content_limits_blocked_for_is_positive check (blocked_for > interval '0')
);

comment on table private.content_limits is 'From how many refusals of content on a user is slowed down and blocked: one row. Change it and the next submit, or refusal, obeys. Filters are wrong at times, so a few refusals a day cost nothing; from the fifth on waits double, so that the fifteenth comes after five hours of going on.';
comment on column private.content_limits.counted_for is 'For how long a refusal counts. Only time wipes it: a success does not.';
comment on column private.content_limits.slow_after is 'From so many refusals on, a user waits after each. Null: never.';
comment on column private.content_limits.first_wait is 'For how long the user waits first; twice as long after each further refusal.';
comment on column private.content_limits.longest_wait is 'For how long the user waits at most.';
comment on column private.content_limits.block_after is 'With so many refusals a user is blocked. Null: never.';
comment on column private.content_limits.blocked_for is 'For how long. Null: until an operator unblocks the user.';

alter table private.content_limits enable row level security;

insert into private.content_limits default values;

create table private.content_refusals (
  id bigint not null generated always as identity,
  user_id uuid not null,
  task_id uuid,
  refused_by text not null,
  refused_at timestamptz not null default now(),

  constraint content_refusals_pkey primary key (id),
  constraint content_refusals_user_id_fkey
    foreign key (user_id) references auth.users (id) on delete cascade,
  -- A task that its user deletes has been refused all the same.
  constraint content_refusals_task_id_fkey
    foreign key (task_id) references public.tasks (id) on delete set null,
  constraint content_refusals_task_is_counted_once unique (task_id)
);

comment on table private.content_refusals is 'Requests that were refused for their content: by a provider, which has a task, or by the check before the queue, which has none.';
comment on column private.content_refusals.refused_by is 'The provider, or moderation: the check before the queue.';

create index content_refusals_user_idx on private.content_refusals (user_id, refused_at);

alter table private.content_refusals enable row level security;

create or replace function private.forgive_refusals()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  delete from private.content_refusals where user_id = old.user_id;
  return null;
end;
$$;

comment on function private.forgive_refusals is 'Trigger: who unblocks a user forgives; else the next refusal would block the user again.';

create or replace trigger blocked_users_forgive_refusals
  after delete on private.blocked_users
  for each row
  execute function private.forgive_refusals();
