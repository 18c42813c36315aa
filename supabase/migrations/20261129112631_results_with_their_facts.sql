-- Results come with what is known of them.

set local lock_timeout = '2s';

alter table public.tasks add column results jsonb;
