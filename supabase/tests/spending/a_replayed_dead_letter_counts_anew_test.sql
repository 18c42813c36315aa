begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(7);

select tests.clear();
insert into private.api_keys (prefix, key_hash, client_name, usd_per_day)
values ('m3d_test_replay0', extensions.digest('replayed', 'sha256'), 'Replayed', 5);
update private.plans set usd_per_day = 1;
select tests.submit(
  'poison', p_estimate_usd => 0.8, p_model => 'small', p_plan => 'reviewer',
  p_api_key_id => (select id from private.api_keys where client_name = 'Replayed')
);
select tests.claim(), tests.mark_call_sent('poison');
select tests.fail('poison', 'internal', p_is_ambiguous => true);
create temp table failed as select (tests.task('poison')).*;
select is(tests.used_usd(), tests.all_used(0.8), 'What may have been billed counts');
select private.replay_dead_letter(id) from private.dead_letters;
select isnt((tests.task('poison')).id, (select id from failed), 'It is accepted again');
select is(tests.used_usd(), tests.all_used(1.6), 'and counts anew, beyond a user''s cap');
select is(tests.used_results(), '{2,0}'::integer[], 'with its images');
select results_eq(
  $$ select plan, model, api_key_id, estimate_usd, reserved_usd from public.tasks where id = (tests.task('poison')).id $$,
  $$ select plan, model, api_key_id, 0.8, 0.8 from failed $$,
  'as the same request'
);
select is(
  private.used_usd('key', (select api_key_id::text from failed), private.spending_day(now()), private.spending_day(now())),
  1.6, 'also for its key'
);
select tests.claim(), tests.complete('poison', p_call => '{"cost_usd": 0.5}');
select is(tests.used_usd(), tests.all_used(1.3), 'It costs what it has cost');

select * from finish();
rollback;
