-- Counts of inconsistencies, for whoever looks after the project.

create or replace function private.orphan_counts(p_bucket text default 'generated')
returns table (kind text, count bigint)
language sql
stable
set search_path = ''
as $$
  select 'tasks without message', count(lost.id)
  from private.queues() as queue, private.tasks_without_message(queue) as lost
  union all
  select 'messages without task', count(orphan)
  from private.queues() as queue, private.orphaned_messages(queue) as orphan
  union all
  select 'users without turn', count(*) from private.lost_turns()
  union all
  select 'files without task', count(*) from private.orphaned_files(p_bucket)
  union all
  select 'tasks past their deadline', count(*)
  from public.tasks
  where finished_at is null and deadline_at < now() - interval '1 minute'
  union all
  select 'dead messages', count(*) from private.dead_messages where put_back_at is null;
$$;

comment on function private.orphan_counts is 'How much there is of each thing that should not be.';

create or replace view private.orphans with (security_invoker = true) as
select kind, count from private.orphan_counts();

comment on view private.orphans is 'How much there is of each thing that should not be; a sweep puts right what it can once a minute.';
