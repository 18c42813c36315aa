begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(11);

select tests.clear();
select tests.submit('long', p_user => 'ann', p_max_call_seconds => 120);
select tests.submit('short', p_user => 'bob', p_max_call_seconds => 10);
select tests.submit('other lane', p_provider => 'flux', p_max_call_seconds => 60);

select is(
  tests.claim_once(p_life_seconds => 119), array['other lane'],
  'A call that may outlive its worker is not started'
);
select is((tests.task('long')).status, 'pending', 'It waits');
select is(
  (select read_ct from pgmq.q_openai where msg_id = (tests.task('long')).message_id), 0,
  'for the next worker, as due as before'
);
select is(tests.calls('long'), '{}', 'and nothing is in the ledger');
select is(tests.claim_once(1, p_life_seconds => 120), array['long'], 'One that lives long enough gets it');
select tests.snooze('long', p_delay_seconds => 0);
select ok(
  'long' = any (tests.claim_once(1, p_life_seconds => 119)), 'A poll does not take as long as a call'
);
select tests.lose_worker('long');
select tests.complete('short');

select tests.clear();
select tests.submit(name, p_user => name, p_input_bytes => 6)
from unnest(array['a', 'b', 'c']) as name;
select tests.submit('none');
select is(tests.claim_once(p_free_bytes => 12), array['a', 'b'], 'Input files fit together, or wait');
select is(
  tests.claim_once(p_held => 2, p_free_bytes => 0), '{}', 'in their turn, and without being held'
);
select is(
  (select (lease, claims_without_outcome)::text from tests.task('c')), '(0,0)',
  'by anybody'
);
select is(
  tests.claim_once(p_free_bytes => 5), array['c', 'none'],
  'What is larger than all that fits is claimed by one that holds nothing'
);
select tests.submit('d', p_user => 'd', p_input_bytes => 1);
select is(tests.claim_once(p_held => 1, p_free_bytes => -1), '{}', 'and leaves room for no other');

select * from finish();
rollback;
