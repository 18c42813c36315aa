-- A lost call is looked for in the provider's list by its mark.

set local lock_timeout = '2s';

-- A constant default rewrites no table.
-- pgls-ignore lint/safety/addingFieldWithDefault: a constant
alter table private.provider_calls
  add column mark text,
  add column looks smallint not null default 0,
  add constraint provider_calls_mark_is_short check (length(mark) <= 1000),
  add constraint provider_calls_looks_is_counted check (looks >= 0);
