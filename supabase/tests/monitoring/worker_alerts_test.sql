begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(11);

-- Since when work is due that nobody does, without the other alerts that follow from it.
create function pg_temp.silent()
returns text[]
language sql
as $$
  select coalesce(array_agg(subject), '{}') from monitoring.alerts() where code = 'worker_silent';
$$;

select tests.clear();
select tests.submit('due');
select tests.age_message('due', interval '119 seconds');
select is(pg_temp.silent(), '{}', 'The schedule has its time');
select tests.age_message('due', interval '121 seconds');
select is(pg_temp.silent(), array['worker'], 'Work is due, and nobody comes');
select matches(message, 'due for 121 s \(openai\), and', 'in which lane') from monitoring.alerts();

select private.record_worker(gen_random_uuid());
select is(pg_temp.silent(), '{}', 'Somebody is at work');
update private.workers set seen_at = now() - interval '1 hour';
select is(pg_temp.silent(), array['worker'], 'Somebody was, long ago');

select tests.submit('held', p_user => 'bob', p_provider => 'flux');
select tests.claim_once(1) from generate_series(1, 5) where tests.lease_seconds('held') is null;
delete from private.provider_calls;
update public.tasks set lease_expires_at = now() + interval '5 seconds' where client_task_id = 'held';
update public.tasks set status = 'pending', lease_expires_at = null where client_task_id = 'due';
select tests.age_message('due', interval '121 seconds');
select is(pg_temp.silent(), '{}', 'A worker holds a task, which may take minutes');
select tests.lose_worker('held', p_called => false);
update public.tasks set lease_expires_at = now() - interval '1 minute' where client_task_id = 'held';
select is(pg_temp.silent(), array['worker'], 'It is lost');

update private.lanes set paused_until = now() + interval '50 seconds' where provider = 'openai';
select is(pg_temp.silent(), '{}', 'In a lane that rests nothing is due');
update private.lanes set paused_until = now() - interval '10 seconds' where provider = 'openai';
select is(pg_temp.silent(), '{}', 'and when the rest is over, the time counts from then');
update private.lanes set paused_until = null, max_in_flight = 1 where provider = 'openai';
insert into private.provider_calls (task_id, attempt, provider, operation, result_count)
select id, lease, 'openai', operation, 1 from tests.task('held');
select is(pg_temp.silent(), '{}', 'Nor is it in a lane that is full');

select tests.clear();
update private.lanes set paused_until = now() - interval '1 hour' where provider = 'openai';
select is(pg_temp.silent(), '{}', 'nor where nothing waits, however long a rest has been over');

select * from finish();
rollback;
