begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(14);

select tests.clear();
update private.lanes set max_ambiguous_retries = 0;
select tests.submit(name) from unnest(array['lost', 'failing', 'overdue', 'late', 'stale']) as name;
select tests.claim();
select tests.snooze(name, 'job of ' || name)
from unnest(array['lost', 'failing', 'overdue', 'late']) as name;

select tests.show_message('lost');
select tests.claim();
select tests.lose_worker('lost');
select is(tests.claim(), array['lost'], 'A worker lost during a poll is no lost call');
select is((tests.task('lost')).handle, 'job of lost', 'The work is asked for by its handle');
select is(tests.calls('lost'), array['open'], 'and its one call is still under way');

select tests.show_message('failing');
select tests.claim();
select tests.retry('failing');
select is((tests.task('failing')).status, 'processing', 'A poll that fails is tried again');
select is(tests.queued('openai_polls'), array['lost', 'failing', 'overdue', 'late'], 'as a poll');
select is(tests.calls('failing'), array['open'], 'and leaves the call as it is');
select is((tests.task('failing')).failed_attempts, 1::smallint, 'It is counted');
select tests.show_message('failing');
select tests.claim();
select tests.snooze('failing', 'job of failing');
select is((tests.task('failing')).failed_attempts, 0::smallint, 'until one works');

select tests.pass_deadline('overdue');
select private.expire_tasks();
select is((tests.task('overdue')).error_code, 'timeout', 'Accepted work has its deadline, too');
select is(tests.calls('overdue'), array['open'], 'though the provider may still be at it');

select tests.show_message('late');
select tests.claim();
select tests.pass_deadline('late');
select is(
  tests.settle('late', tests.failure('provider_unavailable', true)), 'failed',
  'A poll that fails past the deadline is the last'
);
select is((tests.task('late')).winds_down, true, 'but what the provider does goes on');

create temp table before as select tests.everything() as everything;
select is(
  tests.snooze('stale', 'another job', p_lease => 7), false,
  'A stale lease stores no handle'
);
select is(tests.everything(), (select everything from before), 'and changes nothing');

select * from finish();
rollback;
