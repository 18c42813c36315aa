begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(11);

select tests.clear();
select tests.submit('cat');
select tests.claim();
select tests.lose_worker('cat');
select is(tests.claim(), array['cat'], 'With an allowance of 1, a lost call is repeated');

select tests.lose_worker('cat');
select is(tests.claim(), '{}', 'but not twice');
select is((tests.task('cat')).status, 'failed', 'The task ends');
select is((tests.task('cat')).error_code, 'outcome_unknown', 'with an unknown outcome');
select is(tests.calls('cat'), array['ambiguous', 'ambiguous'], 'after two calls');
select is(tests.archived(), array['cat'], 'and its message is archived');

update private.lanes set max_ambiguous_retries = 0 where provider = 'openai';
select tests.submit('dog');
select tests.claim();
select tests.lose_worker('dog');
select is(tests.claim(), '{}', 'With an allowance of 0, a lost call is never repeated');
select is((tests.task('dog')).error_code, 'outcome_unknown', 'The task ends at once');
select is(tests.calls('dog'), array['ambiguous'], 'after one call');

select tests.submit('cow');
select tests.claim();
select tests.retry('cow');
select tests.show_message('cow');
select is(tests.claim(), array['cow'], 'A call that is known to have failed may be repeated');
select is(tests.calls('cow'), array['failed', 'open'], 'whatever the allowance');

select * from finish();
rollback;
