-- What could not be served, kept where an operator finds it.

create table private.dead_letters (
  id bigint not null generated always as identity,
  queue text not null,
  message jsonb not null,
  task_id uuid,
  reason text not null,
  dead_lettered_at timestamptz not null default now(),
  replayed_at timestamptz,

  constraint dead_letters_pkey primary key (id),
  constraint dead_letters_task_id_fkey
    foreign key (task_id) references public.tasks (id) on delete set null
);

comment on table private.dead_letters is 'Messages that nobody could serve: without a task, or of a task that ended because something of ours failed. private.replay_dead_letter serves one again.';
comment on column private.dead_letters.task_id is 'Null if the message names no task, or none that is there.';
comment on column private.dead_letters.reason is 'Why, for the operator.';

create index dead_letters_task_id_idx on private.dead_letters (task_id);

alter table private.dead_letters enable row level security;

create or replace function private.dead_letter(
  p_queue text,
  p_message jsonb,
  p_task_id uuid,
  p_reason text
)
returns void
language sql
set search_path = ''
as $$
  insert into private.dead_letters (queue, message, task_id, reason)
  values (p_queue, p_message, p_task_id, p_reason);
$$;

comment on function private.dead_letter is 'Keeps a message that nobody could serve.';
