begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(18);

select tests.clear();
select tests.submit('ann ' || i) from generate_series(1, 9) as i;
select tests.submit('bob ' || i, p_user => 'bob') from generate_series(1, 9) as i;

-- In the order of their turns: ann 1, bob 1, ann 2, ...
select tests.claim(6);
select tests.retry('ann 1');
select tests.retry('ann 2');
select tests.retry('ann 3', 'timeout');
select tests.retry('bob 1');
select is(tests.paused_seconds(), null, 'A few failures are those of a few tasks');
select tests.retry('bob 2');
select is(tests.paused_seconds(), 15, 'Five in a row of two users are the provider''s');
select is(tests.claim(), '{}', 'Nothing is started meanwhile, by any worker');
select tests.retry('bob 3');
select is(tests.paused_seconds(), 15, 'What had begun before the pause does not lengthen it');

select tests.submit('carl', p_user => 'carl');
select tests.end_pauses();
select is(tests.claim(), array['carl'], 'Then one task finds out whether it works again: of a user who has not failed, if there is one');
select is(tests.claim(), '{}', 'and no other before it is known');
select tests.retry('carl');
select is(tests.paused_seconds(), 30, 'If it does not, the lane rests again, and longer');
select is(
  (select count(*)::integer from private.failing_users where user_id = tests.user_id('carl')), 0,
  'which says nothing of that user'
);
select is(private.pause_seconds('timeout', 7, 0), 60, 'The more there are, the longer it rests');
select is(private.pause_seconds('timeout', 1000, 0), 300, 'but not for ever');
select tests.end_pauses();
select tests.claim();
select tests.complete('ann 4');
select is(tests.paused_seconds(), null, 'A success opens the lane');
select is(tests.claim(2), array['bob 4', 'ann 5'], 'for all');

select tests.open_lanes();
select tests.fail('bob 4', 'provider_credits');
select is(tests.paused_seconds(), null, 'One user without credits may be a matter of what was asked');
select tests.fail('ann 5', 'provider_credits');
select is(tests.paused_seconds(), 300, 'With two nothing more is burned on it');

select tests.open_lanes();
select tests.claim(1);
select tests.fail('bob 5', 'content_refused');
select is(
  (select consecutive_failures::integer from private.lanes where provider = 'openai'), 0,
  'A refusal of content says nothing of the provider'
);
select is(private.is_provider_failure('provider_rate_limited'), false, 'nor does it that it was asked too often');

update private.lanes set paused_until = now() - interval '1 second' where provider = 'openai';
select tests.claim(1);
select tests.snooze('ann 6');
select is(tests.paused_seconds(), null, 'Work that is accepted is a success');
update private.lanes set paused_until = now() - interval '1 second' where provider = 'openai';
select tests.show_message('ann 6');
select tests.claim(1);
select tests.snooze('ann 6');
select isnt(tests.paused_seconds(), null, 'A poll that works is none: it says nothing of what starts would meet');

select * from finish();
rollback;
