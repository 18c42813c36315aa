begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(34);

select tests.clear();
-- Nothing may be bought twice.
update private.lanes set max_ambiguous_retries = 0 where provider = 'openai';

-- What private.lost_call tells who claims a task.
create function pg_temp.marks(p_name text)
returns text[]
language sql
as $$
  select array(select mark from private.lost_call(tests.task(p_name)));
$$;

-- The answer is lost, and the worker lives.
select tests.submit('cut', p_estimate_usd => 0.1);
select tests.claim(), tests.mark_call_sent('cut', p_mark => 'mark of cut');
select is(pg_temp.marks('cut'), '{}', 'A call that is being made is no lost one');
select is(
  tests.settle('cut', tests.failure('timeout', true, p_is_ambiguous => true)), 'looking',
  'A call whose answer was lost is looked for'
);
select is((tests.task('cut')).status, 'processing', 'and its task has not failed');
select is(tests.calls('cut'), array['open'], 'It stays open');
select is(tests.used_usd(), tests.all_used(0.1), 'and counts once');
select tests.show_message('cut');
select is(tests.claim(), '{}', 'The list is given a moment');
select tests.pass_look_delay('cut');
select is(tests.claim(), array['cut'], 'Then a worker has the task');
select is(pg_temp.marks('cut'), array['mark of cut'], 'with what the call is known by');
select is(tests.calls('cut'), array['open'], 'There is no second call');
select is(tests.mark_call_sent('cut'), false, 'and none may be made');
select is(tests.used_usd(), tests.all_used(0.1), 'nor is one counted');
select is(
  tests.settle('cut', '{"kind": "snooze", "handle": "job-1", "delay_seconds": 0, "call": {}}'),
  'polling', 'What is found is adopted'
);
select is(
  (
    select array[handle, outcome, attempt::text]
    from private.provider_calls where task_id = (tests.task('cut')).id
  ),
  array['job-1', null, '1'], 'by its call in the ledger'
);
select tests.show_message('cut');
select is(tests.claim(), array['cut'], 'and polled');
select tests.complete('cut', p_call => '{"cost_usd": 0.2}');
select is(tests.calls('cut'), array['succeeded'], 'It was bought once');
select is(tests.used_usd(), tests.all_used(0.2), 'and counts what it has cost');

-- The worker is lost; and so is the next one, while it looks.
select tests.submit('killed');
select tests.claim(), tests.mark_call_sent('killed', p_mark => 'mark of killed');
select tests.lose_worker('killed');
select is(tests.claim(), array['killed'], 'A call whose worker was lost is looked for');
select tests.lose_worker('killed');
select is(tests.claim(), array['killed'], 'also when the one that looks is lost');
select is(pg_temp.marks('killed'), array['mark of killed'], 'by the same mark');
select is(tests.calls('killed'), array['open'], 'and it stays one call');
select tests.snooze('killed', 'job-2');
select is((tests.task('killed')).handle, 'job-2', 'Found, it is adopted');

-- A look that fails counts for nothing, and leaves no mistake of the provider's behind.
select tests.submit('unlisted', p_estimate_usd => 0.3);
select tests.claim(), tests.mark_call_sent('unlisted', p_mark => 'mark of unlisted');
select tests.lose_worker('unlisted'), tests.claim();
select is(
  tests.settle('unlisted', tests.failure('provider_unavailable')),
  'looking', 'A list that cannot be read is read again'
);
select tests.open_lanes();
select is(
  (select looks::integer from private.provider_calls where task_id = (tests.task('unlisted')).id),
  0, 'and nothing was looked for'
);
select tests.pass_look_delay('unlisted'), tests.claim();
select is(
  private.mark_call_sent((tests.task('unlisted')).id, (tests.task('unlisted')).lease), false,
  'A worker that knows of no looks must not call for it'
);
select is(
  tests.settle('unlisted', tests.failure('timeout', true)), 'looking', 'and whatever it makes of that'
);
select is(tests.calls('unlisted'), array['open'], 'the call stays open');
create function pg_temp.look(p_name text)
returns text
language plpgsql
as $$
begin
  perform tests.pass_look_delay(p_name), tests.claim();
  return tests.settle(p_name, '{"kind": "not_found"}');
end;
$$;
select is(
  array(select pg_temp.look('unlisted') from generate_series(1, private.max_looks())),
  array['looking', 'looking', 'looking', 'looking', 'failed'],
  'What is not found is looked for some times more'
);
select is((tests.task('unlisted')).error_code, 'outcome_unknown', 'and its end is unknown');
select is(tests.calls('unlisted'), array['ambiguous'], 'It was called for once');
select is((tests.task('unlisted')).reserved_usd, 0.3, 'and counts as billed');
select is((tests.task('unlisted')).message_id, null, 'Nobody is given it any more');

-- Calling again is a setting.
update private.lanes set max_ambiguous_retries = 1 where provider = 'openai';
select tests.submit('again', p_estimate_usd => 0.3);
select tests.claim(), tests.mark_call_sent('again', p_mark => 'mark of again');
select tests.lose_worker('again'), tests.claim();
select tests.settle('again', '{"kind": "not_found"}');
select is(
  array(select pg_temp.look('again') from generate_series(2, private.max_looks())),
  array['looking', 'looking', 'looking', 'retrying'],
  'Where the lane allows it, it is called for again'
);
select is((tests.task('again')).reserved_usd, 0.6, 'and both count');
select tests.show_message('again'), tests.claim();
select is(tests.calls('again'), array['ambiguous', 'open'], 'with a call of its own');

select * from finish();
rollback;
