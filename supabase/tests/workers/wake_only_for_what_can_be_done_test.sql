begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(17);

select tests.clear();
delete from private.files_to_remove;
select is(private.has_due_work(), false, 'Nothing is due');
select tests.submit('waits');
select tests.show_message('waits');
select is(private.has_due_work(), true, 'A task that can be started is');

update private.lanes set paused_until = now() + interval '1 hour' where provider = 'openai';
select is(private.has_due_work(), false, 'not while its lane is paused');
select is(private.wake_worker(), 'nothing is due', 'and nobody is woken for it');
select tests.submit('other lane', p_provider => 'flux');
select tests.show_message('other lane');
select is(private.has_due_work(), true, 'Another lane is not held up');
select tests.cancel('other lane');
update private.lanes set paused_until = 'infinity' where provider = 'openai';
select is(private.has_due_work(), false, 'nor while an operator has paused it');
update private.lanes set paused_until = now() - interval '1 second' where provider = 'openai';
select is(private.has_due_work(), true, 'Half-open it lets one start');
update private.lanes set paused_until = null, rate_limited_until = now() + interval '1 minute'
where provider = 'openai';
select is(private.has_due_work(), false, 'A provider that was asked too often is left alone');
update private.lanes set rate_limited_until = null where provider = 'openai';
update private.pools set rate_limited_until = now() + interval '1 minute' where provider = 'openai';
select is(private.has_due_work(), false, 'and so is a pool of it');
update private.pools set rate_limited_until = null where provider = 'openai';
insert into private.failing_users (provider, user_id, failures, failed_at, paused_until)
values ('openai', tests.user_id('ann'), 3, now(), now() + interval '1 hour');
select is(private.has_due_work(), false, 'What waits of a paused user alone wakes nobody');
select tests.submit('of another', p_user => 'ben');
select tests.show_message('of another');
select is(private.has_due_work(), true, 'that of another does');
select tests.cancel('of another');
delete from private.failing_users;

update private.lanes set max_in_flight = 1 where provider = 'openai';
select tests.submit('second');
select tests.show_message('second');
create temp table claimed as select * from private.claim_tasks(1, 0, 15);
select is(count(*), 1::bigint, 'One is under way') from claimed;
select is(private.has_due_work(), false, 'A lane that is full starts nothing');

update public.tasks set lease_expires_at = now() - interval '1 second'
where id in (select id from claimed);
select is(private.has_due_work(), true, 'A task whose worker is lost is noticed');
select private.notice_lost_tasks();
select is(private.has_due_work(), true, 'and taken over');
update private.lanes set paused_until = 'infinity' where provider = 'openai';
select is(private.has_due_work(), false, 'but not while its lane is paused');
update public.tasks set lease_expires_at = now() + interval '10 seconds', lost_at = null
where id in (select id from claimed);
select pgmq.send('openai_polls', '{}'::jsonb);
update pgmq.q_openai_polls set vt = now() - interval '1 second';
select is(private.has_due_work(), true, 'What the provider has accepted is polled all the same');

select * from finish();
rollback;
