begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(15);

select tests.clear();
select tests.submit('cat ' || i) from generate_series(1, 9) as i;

select tests.claim(1);
select tests.retry(
  'cat 1', 'provider_rate_limited',
  p_call => '{"retry_after_seconds": 40}'
);
select is(tests.paused_seconds(), 40, 'A provider that is asked too often rests for as long as it asks');
select is(tests.claim(), '{}', 'Nothing is started meanwhile, by any worker');
select tests.end_pauses();
select is(tests.claim(), array['cat 2'], 'Then one task finds out whether it works again');
select is(tests.claim(), '{}', 'and no other before it is known');
select tests.retry('cat 2', 'provider_rate_limited');
select is(tests.paused_seconds(), 1, 'If it does not, the lane rests again');
select tests.end_pauses();
select tests.claim();
select tests.complete('cat 3');
select is(tests.paused_seconds(), null, 'A success opens the lane');
select is(tests.claim(2), array['cat 4', 'cat 5'], 'for all');

select tests.retry('cat 4', 'provider_unavailable');
select is(tests.paused_seconds(), null, 'A few failures are those of a few tasks');
update private.lanes set failures_in_row = 4 where provider = 'openai';
select tests.retry('cat 5', 'timeout');
select is(tests.paused_seconds(), 15, 'Five in a row are the provider''s');
select is(private.pause_seconds('timeout', 6, 0), 30, 'The more there are, the longer it rests');
select is(private.pause_seconds('timeout', 1000, 0), 300, 'but not for ever');

select tests.open_lanes();
select tests.claim(1);
select tests.fail('cat 6', 'provider_credits');
select is(tests.paused_seconds(), 300, 'Without money nothing is burned on it');

select tests.open_lanes();
select tests.claim(1);
select tests.fail('cat 7', 'content_refused');
select is(tests.paused_seconds(), null, 'A refusal of content says nothing of the provider');

update private.lanes set paused_until = now() - interval '1 second' where provider = 'openai';
select tests.claim(1);
select tests.snooze('cat 8');
select is(tests.paused_seconds(), null, 'Work that is accepted is a success');
update private.lanes set paused_until = now() - interval '1 second' where provider = 'openai';
select tests.show_message('cat 8');
select tests.claim(1);
select tests.snooze('cat 8');
select isnt(tests.paused_seconds(), null, 'A poll that works is none: it says nothing of what starts would meet');

select * from finish();
rollback;
