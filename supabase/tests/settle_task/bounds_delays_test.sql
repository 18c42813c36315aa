begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(4);

select tests.clear();
select tests.submit('cat');
select tests.claim();
select tests.retry(
  'cat', 'provider_rate_limited', p_delay_seconds => 2000000000,
  p_call => '{"retry_after_seconds": 2000000000}'
);
select is(tests.paused_seconds(), 900, 'No provider pauses its lane for longer than a quarter of an hour');
select cmp_ok(tests.hidden_seconds('cat'), '<=', 600, 'nor a task until after its deadline');

select tests.open_lanes();
select tests.submit('castle', p_provider => 'tripo', p_output => 'model');
select tests.claim();
select tests.snooze('castle', p_delay_seconds => 2000000000);
select is(tests.hidden_seconds('castle'), 120, 'What is paid is asked for after two minutes at most');
select tests.show_message('castle');
select tests.claim();
select tests.retry('castle', 'provider_rate_limited', p_delay_seconds => 2000000000);
select is(tests.hidden_seconds('castle'), 120, 'also if a poll is refused');

select * from finish();
rollback;
