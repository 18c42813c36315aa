-- An alert is told when the webhook has taken it.

set local lock_timeout = '2s';

-- pgls-ignore lint/safety/addingFieldWithDefault: a constant
alter table monitoring.sent_alerts
  add column told_at timestamptz,
  add column request_id bigint,
  add column tries smallint not null default 0,
  add constraint sent_alerts_tries_is_counted check (tries >= 0);

-- What was sent before counts as told, or all of it would be sent again.
update monitoring.sent_alerts set told_at = sent_at where told_at is null;
