begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(8);

create function pg_temp.worker(p_number integer) returns uuid
language sql immutable
as $$ select md5(p_number::text)::uuid $$;

select tests.clear();
select tests.submit(name, p_user => name) from unnest(array['lost', 'a', 'b', 'c', 'd']) as name;
select tests.claim_once(1, p_worker_id => pg_temp.worker(1));
select tests.lose_worker('lost');
select is(
  tests.claim_once(1, 1, pg_temp.worker(1)), array['a'],
  'For a moment a lost task waits for a worker that happens to be empty'
);
update public.tasks set lease_expires_at = clock_timestamp() - interval '6 seconds'
where client_task_id = 'lost';
select is(tests.claim_once(1, 1, pg_temp.worker(1)), '{}', 'then one starts nothing more');
select private.record_worker(pg_temp.worker(2));
select is(tests.claim_once(1, 1, pg_temp.worker(2)), array['b'], 'The others go on');
select is(tests.claim_once(1, 1), array['c'], 'and so does who is nobody');
update private.workers set emptying_at = now() - interval '6 seconds';
select is(
  tests.claim_once(1, 1, pg_temp.worker(2)), '{}', 'Another one takes the place of one that is gone'
);
select is(tests.claim_once(1, 0, pg_temp.worker(2)), array['lost'], 'Empty it gets the lost task');
select is(tests.claim_once(1, 1, pg_temp.worker(1)), array['d'], 'and all start again');

select tests.clear();
select tests.submit(name, p_user => name) from unnest(array['lost', 'a']) as name;
select tests.claim_once(1, p_worker_id => pg_temp.worker(1));
select tests.lose_worker('lost');
update public.tasks set lease_expires_at = clock_timestamp() - interval '6 seconds'
where client_task_id = 'lost';
select private.pause_lane('openai', 60);
select tests.submit('other lane', p_provider => 'flux');
select is(
  tests.claim_once(1, 1, pg_temp.worker(1)), array['other lane'],
  'Nobody empties itself for what may not start'
);

select * from finish();
rollback;
