begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(21);

select tests.clear();
select tests.submit('cat');
select tests.claim();
insert into private.api_keys (prefix, key_hash, client_name)
values ('m3d_test_prefix0', sha256('key'), 'Test');

select throws_like(
  'update private.lanes set max_in_flight = 0', '%lanes_max_in_flight_is_positive%',
  'A lane nothing passes'
);
select throws_like(
  'update private.lanes set results_per_minute = 0', '%lanes_results_per_minute_is_positive%',
  'A lane nothing starts in'
);
select lives_ok(
  'update private.lanes set results_per_minute = null',
  'A lane without a limit per minute is fine'
);
select throws_like(
  'update private.lanes set max_ambiguous_retries = 2', '%lanes_max_ambiguous_retries_is_sane%',
  'To pay for one task again and again'
);
select throws_like(
  'update private.lanes set max_ambiguous_retries = -1', '%lanes_max_ambiguous_retries_is_sane%',
  'Less than never'
);
select throws_like(
  $$ select private.add_lane('openai', 1) $$, '%lanes_pkey%',
  'A second lane of one provider'
);
select throws_like(
  $$ update private.provider_calls set outcome = 'fine', finished_at = now() $$,
  '%provider_calls_outcome_is_known%',
  'An outcome nobody knows'
);
select throws_like(
  $$ update private.provider_calls set outcome = 'failed' $$,
  '%provider_calls_outcome_means_finished%',
  'An outcome of a call under way'
);
select throws_like(
  'update private.provider_calls set finished_at = now()',
  '%provider_calls_outcome_means_finished%',
  'An end without an outcome'
);
select throws_like(
  $$
    insert into private.provider_calls (task_id, attempt, provider, operation, result_count)
    select task_id, attempt, provider, operation, result_count from private.provider_calls
  $$,
  '%provider_calls_attempt_is_unique%',
  'Two calls under one lease'
);
select throws_like(
  $$ update private.api_keys set key_hash = 'the key itself' $$, '%api_keys_hash_is_sha256%',
  'A key that is not hashed'
);
select throws_like(
  $$
    insert into private.api_keys (prefix, key_hash, client_name)
    values ('m3d_test_prefix0', sha256('other'), 'Other')
  $$,
  '%api_keys_prefix_is_unique%',
  'Two keys of one prefix'
);

select throws_like(
  $$ update private.api_keys set prefix = 'm3d_test_prefix0 and all the rest' $$,
  '%api_keys_prefix_is_of_a_key%',
  'A key itself in place of its beginning'
);
select throws_like(
  $$ update private.api_keys set client_name = '' $$, '%api_keys_client_has_a_name%',
  'A key of nobody'
);
select throws_like(
  'update private.api_keys set submits_per_minute = 0', '%api_keys_submits_per_minute_is_positive%',
  'A key that submits nothing'
);
select throws_like(
  'insert into private.limits default values', '%limits_pkey%', 'A second row of limits'
);
select throws_like(
  'update private.limits set only_row = false', '%limits_only_row_is_true%', 'Another row of limits'
);
select throws_like(
  'update private.plans set submits_per_minute = 0',
  '%plans_submits_per_minute_is_positive%',
  'Users who submit nothing'
);
select throws_like(
  'update private.plans set active_tasks = 0', '%plans_active_tasks_is_positive%',
  'Users without tasks'
);

select private.add_lane('another', p_max_in_flight => 7, p_results_per_minute => 3);
select results_eq(
  $$
    select max_in_flight, results_per_minute, paused_until, max_ambiguous_retries::integer
    from private.lanes
    where provider = 'another'
  $$,
  $$ values (7, 3, null::timestamptz, 1) $$,
  'A new lane has the limits it was given, is open and repeats a lost call once'
);
select is(tests.queued('another'), '{}', 'and has an empty queue');

select * from finish();
rollback;
