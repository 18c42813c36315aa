begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(20);

select tests.clear();
select tests.submit('cat');
select tests.claim();

-- What becomes of the task if its row, and what the step reports, are as told: state and error code.
create function pg_temp.next(p_changes jsonb, p_failure jsonb, p_may_resubmit boolean default true)
returns text
language sql
as $$
  select concat_ws(' ', state, error_code)
  from private.next_state(
    jsonb_populate_record(tests.task('cat'), p_changes), p_may_resubmit, p_failure
  );
$$;

select is(
  pg_temp.next('{}', tests.failure('timeout', true)), 'retrying timeout',
  'What may pass is submitted again'
);
select is(
  pg_temp.next('{"failed_attempts": 2}', tests.failure('timeout', true)), 'retrying timeout',
  'up to the third failure'
);
select is(
  pg_temp.next('{"failed_attempts": 3}', tests.failure('timeout', true)), 'failed timeout',
  'and the fourth is the last'
);
select is(
  pg_temp.next('{}', tests.failure('provider_rejected')), 'failed provider_rejected',
  'What will not pass is never submitted again'
);
select is(
  pg_temp.next('{}', tests.failure('timeout', true), false), 'failed timeout',
  'nor what may be billed once more than the lane allows'
);
select is(
  pg_temp.next('{"deadline_at": "2020-01-01"}', tests.failure('provider_unavailable', true)),
  'failed timeout', 'nor what is past its deadline'
);
select is(
  pg_temp.next('{"deadline_at": "2020-01-01"}', tests.failure('content_refused')),
  'failed content_refused', 'but what fails anyway fails for its own reason'
);

select is(
  pg_temp.next('{"handle": "job", "failed_attempts": 99}', tests.failure('provider_auth'), false),
  'polling provider_auth', 'Accepted work is polled after any number of failures'
);
select is(
  pg_temp.next('{"handle": "job"}', tests.failure('provider_unavailable', p_is_final => true)),
  'failed provider_unavailable', 'until the provider says that it has ended'
);
select is(
  pg_temp.next('{"handle": "job"}', tests.failure('content_refused')),
  'failed content_refused', 'or refuses the content'
);
select is(
  pg_temp.next('{"handle": "job"}', tests.failure('invalid_input')),
  'failed invalid_input', 'or the input'
);
select is(
  pg_temp.next('{"handle": "job", "failed_attempts": 2}', tests.failure('invalid_result', true)),
  'polling invalid_result', 'A result that is not usable is asked for again'
);
select is(
  pg_temp.next('{"handle": "job", "failed_attempts": 3}', tests.failure('invalid_result', true)),
  'failed invalid_result', 'four times'
);
select is(
  pg_temp.next('{"handle": "job", "deadline_at": "2020-01-01"}', tests.failure('timeout', true)),
  'failed timeout', 'and all of it until the deadline'
);

select is(
  pg_temp.next('{"losses_alone": 2}', null), 'retrying',
  'A task whose worker was lost is given to another'
);
select is(
  pg_temp.next('{"losses_alone": 3}', null), 'failed internal',
  'but not after three of them that held nothing else'
);
select is(
  pg_temp.next('{}', null, false), 'failed outcome_unknown',
  'nor if its call may have been billed and the lane allows no other'
);
select is(
  pg_temp.next('{"claims_without_outcome": 9}', null), 'retrying',
  'those that held other tasks, too, are not its doing'
);
select is(
  pg_temp.next('{"handle": "job", "losses_alone": 9}', null), 'polling',
  'Accepted work is polled by another, however many were lost'
);
select is(
  pg_temp.next('{"losses_alone": 3, "deadline_at": "2020-01-01"}', null),
  'failed timeout', 'and past its deadline it ends as that'
);

select * from finish();
rollback;
