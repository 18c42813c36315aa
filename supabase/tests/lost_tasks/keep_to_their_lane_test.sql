begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(6);

select tests.clear();
update private.lanes set max_in_flight = 2, results_per_minute = null where provider = 'openai';
select tests.submit(name) from unnest(array['a', 'b', 'c']) as name;
select tests.claim();
select tests.lose_worker('a');
select is(
  tests.claim_once(p_held => 1), '{}', 'The place of a lost task stays taken: the provider may be at it'
);
select is(tests.claim_once(), array['a'], 'It takes that place itself');
select tests.lose_worker('b');
update private.provider_calls set started_at = now() - interval '1 minute';
select private.pause_lane('openai', 60);
select is(tests.claim_once(), '{}', 'A lane that is paused starts nothing again');
select tests.end_pauses();
select is(tests.claim_once(), array['b'], 'Half-open it does, if nothing else is under way since');
select tests.lose_worker('a', p_called => false);
select is(tests.claim_once(), '{}', 'one at a time');
select tests.complete('b');
select is(tests.claim_once(), array['a'], 'until that has gone well');

select * from finish();
rollback;
