begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(11);

select tests.clear();
update private.lanes set max_ambiguous_retries = 0 where provider = 'openai';

create function pg_temp.lose_answer(p_name text)
returns text
language plpgsql
as $$
begin
  perform tests.submit(p_name, p_estimate_usd => 0.1);
  perform tests.claim();
  perform tests.mark_call_sent(p_name, p_mark => 'mark of ' || p_name);
  return tests.settle(p_name, tests.failure('timeout', true, p_is_ambiguous => true));
end;
$$;

select pg_temp.lose_answer('late'), tests.pass_deadline('late'), tests.pass_look_delay('late');
select is(tests.claim(), '{}', 'Past its deadline nothing is looked for');
select is((tests.task('late')).error_code, 'timeout', 'The task has failed');
select is(tests.calls('late'), array['ambiguous'], 'and may have been billed');

select pg_temp.lose_answer('unwanted');
select tests.cancel('unwanted');
select tests.pass_look_delay('unwanted');
select is(tests.claim(), '{}', 'What its user cancels is not looked for');
select is((tests.task('unwanted')).winds_down, false, 'It has ended');
select is(tests.calls('unwanted'), array['ambiguous'], 'and may have been billed');

select pg_temp.lose_answer('canceled'), tests.pass_look_delay('canceled'), tests.claim();
select tests.cancel('canceled');
select is(
  tests.settle('canceled', '{"kind": "not_found"}'), 'canceled',
  'What is canceled while it is looked for ends with that'
);
select is(tests.calls('canceled'), array['ambiguous'], 'and may have been billed');

select pg_temp.lose_answer('given back'), tests.pass_look_delay('given back'), tests.claim();
select is(tests.settle('given back', '{"kind": "release"}'), 'released', 'Whoever gives it back');
select is(tests.calls('given back'), array['open'], 'leaves the call in the ledger');
select tests.lose_worker('given back');
select is(tests.claim(), array['given back'], 'to be looked for by another');

select * from finish();
rollback;
