begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(6);

select set_eq(
  'select code from private.task_errors',
  array[
    'content_refused', 'invalid_input', 'provider_rejected', 'provider_unavailable',
    'provider_rate_limited', 'provider_credits', 'provider_auth', 'timeout', 'invalid_result',
    'storage_failed', 'outcome_unknown', 'internal', 'unsupported_language'
  ],
  'Every way a task can fail has words for the user'
);
select is_empty(
  $$ select code from private.task_errors where message !~* 'trying (again|the same again)' $$,
  'which say whether trying again may help'
);
select set_eq(
  $$ select code from private.task_errors where message ~* 'will not help' $$,
  array['content_refused', 'invalid_input', 'provider_rejected', 'unsupported_language'],
  'It does not for what the user has to change'
);
select is(
  (
    select count(distinct split_part(message, '.', 1))::integer
    from private.task_errors
    where code in ('provider_unavailable', 'provider_credits', 'provider_auth')
  ),
  1,
  'The operator''s troubles with keys and credits look like any outage'
);

select set_eq(
  'select reason, code from private.task_error_reasons',
  $$ values ('input_changed', 'invalid_input'), ('input_deleted', 'invalid_input') $$,
  'Some failures have words of their own'
);
select is_empty(
  $$ select reason from private.task_error_reasons where message !~ '[Ss]end the request again' $$,
  'which say what to do'
);

select * from finish();
rollback;
