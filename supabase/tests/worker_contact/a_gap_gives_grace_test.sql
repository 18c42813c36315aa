begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(13);

select tests.clear();
select tests.submit(name) from unnest(array['held', 'late']) as name;
select tests.claim();
select tests.lose_worker(name) from unnest(array['held', 'late']) as name;
select tests.pass_deadline('late');

select tests.pass_gap('9 seconds');
select is(tests.claim_once(), '{}', 'After a gap nothing is taken from its holder');
select is((tests.task('late')).status, 'processing', 'nor ended');
select is(
  (select grace_until - now() from private.worker_contact), private.lease_grace(), 'for a time'
);
select is(tests.claim_once(), '{}', 'whoever asks');
select is(tests.extend(array['held'], array[1]), array['held'], 'Its holder extends the lease that ran out');
update private.worker_contact set grace_until = now();
select is(tests.claim_once(), '{}', 'and has it as before');
select is((tests.task('late')).error_code, 'timeout', 'What nobody holds and is overdue ends');

select tests.lose_worker('held');
select is(tests.complete('held'), true, 'A holder that is late may complete');
select is(tests.calls('held'), array['succeeded'], 'what it has bought');

select tests.submit('dead');
select tests.claim();
select tests.lose_worker('dead');
select tests.pass_gap('7 seconds');
select is(tests.claim_once(), array['dead'], 'Where a worker was in touch, a lost task is claimed at once');

select tests.lose_worker('dead', p_called => false);
select tests.pass_gap('1 hour');
select tests.submit('fresh', p_provider => 'flux');
select is(tests.claim_once(), array['fresh'], 'A gap keeps nothing from starting');
select tests.pass_gap('1 hour');
select tests.extend(array['fresh'], array[1]);
select is(
  (select grace_until > now() from private.worker_contact), true,
  'It ends with a heartbeat, too'
);
select tests.pass_gap('1 second');
update private.worker_contact set grace_until = now();
create temp table before as select * from private.worker_contact;
select private.record_contact();
select results_eq(
  'select * from private.worker_contact', 'select * from before',
  'Who was in touch a moment ago is not written down again'
);

select * from finish();
rollback;
