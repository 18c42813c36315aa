begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(9);

select tests.clear();
create temp table ids as select md5(i::text)::uuid as id, i from generate_series(1, 4) as i;

select is((select wake from tests.submit('first')), true, 'With nobody at work a submit wakes');
select is((select wake from tests.submit('first')), false, 'A repeat does not');
select tests.submit('task ' || i) from generate_series(1, 3) as i;
select count(claimed.id) from ids, private.claim_tasks(1, 0, 15, ids.id) as claimed;
select is(private.live_workers(), 4, 'Workers with tasks are live');
select is((select wake from tests.submit('more')), false, 'Enough of them find it themselves');
select private.retire_worker(id) from ids where i = 1;
select is((select wake from tests.submit('and more')), true, 'When one has nothing more to do, another is woken');
update private.workers set seen_at = now() - interval '11 seconds';
select is(private.live_workers(), 0, 'Who is not seen for a while is gone');
select private.extend_leases(array[(tests.task('task 1')).id], array[1], 15, id) from ids where i = 2;
select is(private.live_workers(), 1, 'A heartbeat is seen');
select private.extend_leases(array[(tests.task('task 1')).id], array[1], 15, id, false) from ids where i = 2;
select is(private.live_workers(), 0, 'One that does not look for more takes nobody''s place, though it has work');
-- A message is due by the clock, and the time of this transaction stands still.
update pgmq.q_openai set vt = now() - interval '1 second';
select is(private.has_due_work(), true, 'Work that is due is found');

select * from finish();
rollback;
