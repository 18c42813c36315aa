begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(7);

select tests.clear();
select tests.submit('before', p_estimate_usd => 0.1);
update private.submit_pause
set paused_since = now(), message = 'We move to a new server', retry_after_seconds = 600;
create temp table before as select tests.everything() as everything;
select results_eq(
  $$ select id, exceeded_limit, pause_message, retry_after_seconds from tests.submit('after', p_estimate_usd => 0.1) $$,
  $$ values (null::uuid, 'submits_paused', 'We move to a new server', 600) $$,
  'While submits are paused they are refused with the operator''s words'
);
select is(
  (select exceeded_limit from tests.submit('after', p_is_dry_run => true)), 'submits_paused', 'and so are dry runs'
);
select is(tests.everything(), (select everything from before), 'Nothing is made');
select is((select replayed from tests.submit('before')), true, 'A replay finds its task');
select is(tests.claim(), array['before'], 'What was accepted is worked on');
select tests.complete('before');
select is((tests.task('before')).status, 'complete', 'to its end');
update private.submit_pause set paused_since = null;
select is((select exceeded_limit from tests.submit('after')), null, 'Then submits are accepted again');

select * from finish();
rollback;
