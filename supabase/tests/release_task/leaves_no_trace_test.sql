begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(8);

create function pg_temp.release(p_name text) returns text
language sql
as $$ select tests.settle(p_name, '{"kind": "release"}') $$;

select tests.clear();
select tests.submit('cat');
select tests.claim();
select is(pg_temp.release('cat'), 'released', 'A worker gives a task back that it cannot do');
select is(
  (select (claims_without_outcome, failed_attempts, lease_expires_at)::text from tests.task('cat')),
  '(0,0,)', 'which is no attempt'
);
select is(tests.calls('cat'), '{}', 'and no call');
select is(tests.claim(), array['cat'], 'The next gets it at once');

select tests.lose_worker('cat', p_called => false);
select tests.claim_once();
select is(pg_temp.release('cat'), 'released', 'The same of one that was lost before');
select is(tests.claim_once(p_held => 1), '{}', 'which still is for a worker that holds nothing');
select is(tests.claim_once(), array['cat'], 'Such a one gets it');
select is((tests.task('cat')).losses_alone::integer, 0, 'and it did not count');

select * from finish();
rollback;
