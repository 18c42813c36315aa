begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(5);

select tests.clear();

create function pg_temp.fail(p_task text, p_error_code text, p_reason text)
returns void
language sql
return (
  select null::void
  from tests.settle(
    p_task,
    tests.failure(p_error_code, p_is_final => true) || jsonb_build_object('reason', p_reason)
  )
);

select tests.submit('changed');
select tests.submit('unknown');
select tests.submit('of another code');
select tests.submit('none');
select tests.claim();

select pg_temp.fail('changed', 'invalid_input', 'input_changed');
select results_eq(
  $$ select error_code, error from tests.task('changed') $$,
  $$ select code, message from private.task_error_reasons where reason = 'input_changed' $$,
  'A reason has words of its own, under the code'
);
select results_eq(
  $$ select outcome from private.provider_calls where task_id = (tests.task('changed')).id $$,
  array['failed'],
  'Nothing was billed'
);
create temp view words as
select message from private.task_errors where code = 'invalid_input';
select pg_temp.fail('unknown', 'invalid_input', 'of a newer worker');
select results_eq(
  $$ select error from tests.task('unknown') $$, 'select message from words',
  'A reason that is not known has those of the code'
);
select pg_temp.fail('none', 'invalid_input', null);
select results_eq(
  $$ select error from tests.task('none') $$, 'select message from words', 'and so has none'
);
select pg_temp.fail('of another code', 'provider_rejected', 'input_changed');
select results_eq(
  $$ select error from tests.task('of another code') $$,
  $$ select message from private.task_errors where code = 'provider_rejected' $$,
  'and one of another code'
);

select * from finish();
rollback;
