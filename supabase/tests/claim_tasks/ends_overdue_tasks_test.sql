begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(9);

select tests.clear();
select tests.submit('late', p_results => 2);
select tests.pass_deadline('late');

select is(tests.claim(), '{}', 'A task past its deadline is not started');
select is((tests.task('late')).status, 'failed', 'It fails');
select is((tests.task('late')).error_code, 'timeout', 'as timed out');
select matches(
  (tests.task('late')).error, '^AI service timed out.*timeout',
  'in the words of the contract'
);
select is(tests.assets('late'), array['failed', 'failed'], 'with its asset rows');
select is(tests.archived(), array['late'], 'and its message is archived');
select is(tests.calls('late'), '{}', 'Nothing was bought for it');

select tests.submit('lost');
select tests.claim();
select tests.lose_worker('lost');
select tests.pass_deadline('lost');
select tests.claim();
select is((tests.task('lost')).error_code, 'timeout', 'So it ends when its worker was lost');
select is(tests.calls('lost'), array['ambiguous'], 'and the outcome of its call is unknown');

select * from finish();
rollback;
