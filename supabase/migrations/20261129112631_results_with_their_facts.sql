-- Results come with what is known of them.

set local lock_timeout = '2s';

alter table public.tasks add column results jsonb;

-- Called by functions in SQL only, which are planned anew; made anew below, with one parameter more.
drop function private.close_task(uuid, text, text[], text, text, boolean, text, boolean);
