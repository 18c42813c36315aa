begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(9);

create function pg_temp.end_unbilled(p_name text) returns text
language sql
as $$
  select tests.settle(
    p_name,
    tests.failure('provider_unavailable', p_is_final => true, p_delay_seconds => 0)
      || '{"ended_unbilled": true}'
  )
$$;

select tests.clear();
select tests.submit('castle', p_provider => 'tripo', p_output => 'model');
select tests.claim();
select tests.snooze('castle', p_delay_seconds => 0);
select tests.claim();
select is(pg_temp.end_unbilled('castle'), 'retrying', 'Work that the provider ended unbilled is submitted anew');
select is(tests.calls('castle'), array['failed'], 'It cost nothing');
select is(
  (select (handle, accepted_at, queue)::text from tests.task('castle')), '(,,tripo)',
  'and nothing of it is left'
);
select is(tests.claim(), array['castle'], 'It starts like any other');
select is(tests.calls('castle'), array['failed', 'open'], 'as another call');
select tests.snooze('castle', p_delay_seconds => 0);
select tests.claim();
select is(pg_temp.end_unbilled('castle'), 'failed', 'once');
select is(tests.calls('castle'), array['failed', 'failed'], 'which is in the ledger');

select tests.submit('late', p_provider => 'tripo', p_output => 'model');
select tests.claim();
select tests.snooze('late', p_delay_seconds => 0);
select tests.claim();
select tests.pass_deadline('late');
select is(pg_temp.end_unbilled('late'), 'failed', 'and not past its deadline');
select is((tests.task('late')).error_code, 'timeout', 'which is why it ends');

select * from finish();
rollback;
