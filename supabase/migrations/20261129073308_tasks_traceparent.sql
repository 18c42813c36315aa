-- A task knows the trace of its app.

set local lock_timeout = '2s';

alter table public.tasks
  add column traceparent text,
  add constraint tasks_traceparent_has_55_characters check (length(traceparent) = 55);
