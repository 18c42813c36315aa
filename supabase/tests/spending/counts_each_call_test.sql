begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(18);

select tests.clear();
select tests.submit('again', p_estimate_usd => 0.04);
select tests.claim();
select tests.mark_call_sent('again');
select tests.retry('again', p_delay_seconds => 0);
select is(tests.used_usd(), tests.all_used(0.04), 'A call that surely was not billed is made again for nothing');
select tests.open_lanes(), tests.show_message('again'), tests.claim(), tests.mark_call_sent('again');
select tests.retry('again', p_is_ambiguous => true, p_delay_seconds => 0);
select is(tests.used_usd(), tests.all_used(0.08), 'One that may have been billed counts, and so does the next');
select is(tests.used_results(), '{1,0}'::integer[], 'and its images once');
select tests.open_lanes(), tests.show_message('again'), tests.claim();
select tests.complete('again', p_call => '{"cost_usd": 0.01}');
select is(tests.used_usd(), tests.all_used(0.05), 'At the end each counts what it has cost');

select tests.submit('lost', p_estimate_usd => 0.1);
select tests.claim();
select tests.lose_worker('lost');
select is(tests.used_usd(), tests.all_used(0.15), 'A lost worker changes nothing');
select is(tests.claim(), array['lost'], 'until another has its task');
select is(tests.used_usd(), tests.all_used(0.25), 'which may be billed twice then');
select tests.mark_call_sent('lost'), tests.fail('lost');
select is(tests.used_usd(), tests.all_used(0.15), 'The second was not: the first stays');
select is((tests.task('lost')).reserved_usd, 0.1, 'as an ambiguous call');

select tests.submit('lost before', p_estimate_usd => 0.2);
select tests.claim();
select tests.lose_worker('lost before', p_called => false);
select is(tests.claim(), array['lost before'], 'What was lost before it was called for is claimed, too');
select is(tests.used_usd(), tests.all_used(0.35), 'and counts once');
select tests.settle('lost before', '{"kind": "release"}');
select is(tests.used_usd(), tests.all_used(0.35), 'What is given back to be started later goes on counting');
select is(tests.claim(), array['lost before'], 'It is started');
select tests.snooze('lost before', 'job', p_delay_seconds => 0, p_call => '{"cost_usd": 0.5}');
select is(tests.used_usd(), tests.all_used(0.65), 'When the provider tells while it works that it costs more, that counts at once');
select tests.claim();
select tests.settle('lost before', tests.failure('invalid_result', true, p_delay_seconds => 0, p_call => '{"cost_usd": 0.6}'));
select is(tests.used_usd(), tests.all_used(0.75), 'also when a result is not usable');
select tests.show_message('lost before'), tests.claim();
select tests.settle(
  'lost before',
  tests.failure('provider_unavailable', true, p_is_final => true, p_delay_seconds => 0) || '{"ended_unbilled": true}'
);
select is(tests.calls('lost before'), array['failed', 'failed'], 'The provider has ended it and bills nothing');
select is(tests.used_usd(), tests.all_used(0.75), 'and it is called for again: nothing is given back before its end');
select tests.open_lanes(), tests.show_message('lost before'), tests.claim();
select tests.complete('lost before');
select is(tests.used_usd(), tests.all_used(0.35), 'when it has cost once');

select * from finish();
rollback;
