-- Who did what: the log of operators, which is written and never changed.

create table private.operator_actions (
  id bigint not null generated always as identity,
  acted_at timestamptz not null default clock_timestamp(),
  actor text not null,
  operator_id uuid,
  operator_email text,
  action text not null,
  request jsonb not null,
  result jsonb not null,
  subject_id uuid,

  constraint operator_actions_pkey primary key (id),
  -- No key to Auth for who acted: that stays known when the operator is gone.
  constraint operator_actions_subject_id_fkey
    foreign key (subject_id) references auth.users (id) on delete set null,
  constraint operator_actions_actor_is_known check (actor in ('operator', 'command')),
  constraint operator_actions_operator_is_named
    check ((actor = 'operator') = (operator_id is not null))
);

comment on table private.operator_actions is 'What operators did, by the route or by a command, written in the transaction that did it. Rows are added and not changed; private.retention says how long they are kept.';
comment on column private.operator_actions.actor is 'operator: somebody who is signed in and has the role. command: who has the database''s password.';
comment on column private.operator_actions.operator_email is 'As Auth had it then.';
comment on column private.operator_actions.request is 'What was asked for, without the user whom it is about.';
comment on column private.operator_actions.result is 'What it came to.';
comment on column private.operator_actions.subject_id is 'The user whom it is about. Null: nobody, or the user is deleted, and the reason with the user.';

-- A user is deleted: whose rows are these?
create index operator_actions_subject_idx on private.operator_actions (subject_id)
where subject_id is not null;

alter table private.operator_actions enable row level security;
