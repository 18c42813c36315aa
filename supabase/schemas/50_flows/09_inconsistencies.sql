-- Counts of inconsistencies, for whoever looks after the project.

create or replace function private.inconsistency_counts(p_bucket text default 'generated')
returns table (kind text, count bigint)
language sql
stable
set search_path = ''
as $$
  select 'tasks without message', count(lost.id)
  from private.queues() as queues (name), private.tasks_without_message(queues.name) as lost
  where private.has_queue(queues.name)
  union all
  select 'messages without task', count(orphan)
  from private.queues() as queues (name), private.orphaned_messages(queues.name) as orphan
  where private.has_queue(queues.name)
  union all
  select 'files without task', private.count_orphaned_files(p_bucket)
  union all
  select 'files not removed', count(*)
  from private.files_to_remove
  where requested_at < now() - interval '10 minutes' and not private.may_store_files(after_task)
  union all
  select 'tasks past their deadline', count(*)
  from public.tasks
  where finished_at is null and deadline_at < now() - interval '1 minute'
  union all
  select 'dead letters', count(*) from private.dead_letters where replayed_at is null;
$$;

comment on function private.inconsistency_counts is 'How many inconsistencies of each kind there are.';

create or replace view private.inconsistencies with (security_invoker = true) as
select kind, count from private.inconsistency_counts();

comment on view private.inconsistencies is 'How many inconsistencies of each kind there are; private.reconcile repairs them once a minute.';
