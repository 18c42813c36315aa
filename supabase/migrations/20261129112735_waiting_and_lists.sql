-- A task has a version, which apps wait for, and users have a list of their tasks.

set local lock_timeout = '2s';

-- pgls-ignore lint/safety/addingFieldWithDefault: a constant
alter table public.tasks add column version integer not null default 1;

-- The one below has it in front.
drop index public.tasks_user_idx;
