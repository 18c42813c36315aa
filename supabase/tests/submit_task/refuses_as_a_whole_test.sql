begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(8);

select tests.clear();
select tests.create_user('ann');
create temp table before as select tests.everything() as everything;

select throws_ok(
  $$ select tests.submit('cat', p_provider => 'nobody') $$, null, null,
  'A provider without a lane is refused'
);
select is(tests.everything(), (select everything from before), 'and leaves nothing behind');

select throws_like(
  $$ select tests.submit('cat', p_output => 'poem') $$, '%tasks_output_is_known%',
  'An output without a table is refused'
);
select is(tests.everything(), (select everything from before), 'and leaves nothing behind');

select throws_like(
  $$ select tests.submit('cat', p_results => 0) $$,
  '%tasks_result_count_is_positive%',
  'A request for no result is refused'
);
select throws_like(
  $$
    select private.submit_task(
      gen_random_uuid(), 'cat', 'text-to-image', 'openai', '{}', 'image', 1, 600, 'request'
    )
  $$,
  '%tasks_user_id_fkey%',
  'A request of a user who is gone is refused'
);
select is(tests.everything(), (select everything from before), 'and leaves nothing behind');

-- pgmq writes queue names in small letters and would take the message, which no claim then matches.
select throws_ok(
  $$ select tests.submit('cat', p_provider => 'OpenAI') $$, null, null,
  'A provider in other letters than its lane is refused as well'
);

select * from finish();
rollback;
