-- The switch that keeps new work out, while an operator deploys or restores.

create table private.submit_pause (
  only_row boolean not null default true,
  paused_since timestamptz,
  message text not null default 'Maintenance; nothing new is accepted for a while',
  retry_after_seconds integer not null default 60,

  constraint submit_pause_pkey primary key (only_row),
  constraint submit_pause_only_row_is_true check (only_row),
  constraint submit_pause_message_is_told check (message <> ''),
  constraint submit_pause_retry_after_seconds_is_positive check (retry_after_seconds > 0)
);

comment on table private.submit_pause is 'Whether new submits are refused: one row. What was accepted goes on, and its replays are answered.';
comment on column private.submit_pause.paused_since is 'Null: submits are accepted.';
comment on column private.submit_pause.message is 'What apps are told.';

alter table private.submit_pause enable row level security;

insert into private.submit_pause default values;
