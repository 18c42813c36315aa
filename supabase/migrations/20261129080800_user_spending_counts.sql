-- Submits of a minute and active tasks are counted in the user's own row.

set local lock_timeout = '2s';

alter table private.user_spending
  add column minute timestamptz,
  add column submits integer,
  add column submits_before integer,
  add column most_active integer;
