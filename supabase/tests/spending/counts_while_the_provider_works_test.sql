begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(22);

select tests.clear();
select tests.submit(name, p_estimate_usd => 0.04)
from unnest(array['canceled', 'failed later', 'purged', 'asked for too long']) as name;
select tests.claim();
select tests.snooze(name, 'job ' || name, p_delay_seconds => 0)
from unnest(array['canceled', 'failed later', 'purged', 'asked for too long']) as name;
select tests.cancel('canceled');
select is((tests.task('canceled')).winds_down, true, 'What is canceled while the provider works on it winds down');
select is(tests.used_usd(), tests.all_used(0.16), 'and counts on');
select is(tests.used_results(), '{4,0}'::integer[], 'with its images');

create temp table purged as select (tests.task('purged')).*;
select private.purge_task(tests.user_id('ann'), id) from purged;
select tests.cancel('failed later');
select tests.cancel('asked for too long');
select is(tests.used_usd(), tests.all_used(0.16), 'So does what is deleted');

select tests.claim();
select tests.settle('canceled', '{"kind": "complete", "asset_urls": [], "call": {"cost_usd": 0.05}}');
select is(tests.used_usd(), tests.all_used(0.17), 'When the provider is done it counts what it has cost');
select tests.settle('failed later', tests.failure('content_refused', p_is_final => true));
select is(tests.used_usd(), tests.all_used(0.13), 'or nothing');
select is(tests.used_results(), '{3,0}'::integer[], 'and then its images neither');
select private.settle_task(
  purged.id, tasks.lease, '{"kind": "complete", "asset_urls": [], "call": {"cost_usd": 0.02}}'
)
from purged join public.tasks using (id);
select is((select count(*) from public.tasks join purged using (id)), 0::bigint, 'What was deleted is gone then');
select is(tests.used_usd(), tests.all_used(0.11), 'but what it has cost counts');
select is(tests.used_results(), '{3,0}'::integer[], 'and its images');

update public.tasks set lease_expires_at = null, finished_at = now() - interval '31 minutes'
where client_task_id = 'asked for too long';
select private.recover_tasks();
select is(tests.calls('asked for too long'), array['ambiguous'], 'Nobody learns any more whether it was billed');
select is(tests.used_usd(), tests.all_used(0.11), 'so it counts');

select tests.submit(name, p_estimate_usd => 1) from unnest(array['waits', 'overdue', 'complete']) as name;
select tests.pass_deadline('overdue');
select private.recover_tasks();
select is(tests.used_usd(), tests.all_used(2.11), 'What was overdue before it was started counts nothing');
select tests.claim(), tests.complete('complete');
select private.purge_task(tests.user_id('ann'), (tests.task('complete')).id);
select is(tests.used_usd(), tests.all_used(2.11), 'Who deletes a result has spent what it has cost');
select private.purge_task(tests.user_id('ann'), (tests.task('waits')).id);
select is(tests.used_usd(), tests.all_used(1.11), 'Who deletes what was not called for has spent nothing');
select is(tests.used_results(), '{4,0}'::integer[], 'of the images either');

select tests.submit('of bob', p_user => 'bob', p_estimate_usd => 1);
select tests.claim();
select tests.submit('waits of bob', p_user => 'bob', p_estimate_usd => 1);
select tests.snooze('of bob', 'job of bob', p_delay_seconds => 0);
create temp table of_bob as select (tests.task('of bob')).*;
delete from auth.users where id = tests.user_id('bob');
select is(tests.used_usd('bob'), array[0, 2.11, 2.11], 'What providers do for a user who is gone counts for the project');
select tests.claim_once();
select private.settle_task(of_bob.id, tasks.lease, '{"kind": "complete", "asset_urls": [], "call": {}}')
from of_bob join public.tasks using (id);
select is(tests.used_usd('bob'), array[0, 2.11, 2.11], 'also when it is done');

select tests.submit('of carl', p_user => 'carl', p_estimate_usd => 1);
select private.block_user(tests.user_id('carl'), 'Spam');
select is(tests.used_usd('carl'), array[0, 2.11, 2.11], 'What a blocked user has waiting counts nothing');

select tests.submit(name, p_user => 'dave', p_estimate_usd => 1) from unnest(array['done', 'waits of dave']) as name;
select tests.claim(1);
select tests.complete('done');
select private.purge_user(tests.user_id('dave'));
select is(tests.used_usd('dave'), array[1, 3.11, 3.11], 'Who deletes all has spent what was called for, and no more');
select is(tests.used_results('dave'), '{1,0}'::integer[], 'nor of the images');
select is(
  (select count(*) from private.spending_changes), 0::bigint, 'Nothing is left to be counted'
);

select * from finish();
rollback;
