begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(22);

select tests.clear();
update private.content_limits
set counted_for = '1 day', slow_after = 2, first_wait = '1 minute', longest_wait = '3 minutes',
  block_after = 5, blocked_for = '2 days';

-- A request of the user that its provider refuses for its content.
create function pg_temp.refuse(p_name text, p_user text default 'ann')
returns boolean
language sql
as $$
  select tests.submit(p_name, p_user => p_user);
  select tests.claim();
  select tests.fail(p_name, 'content_refused');
$$;

-- So much later.
create function pg_temp.pass(p_time interval)
returns void
language sql
as $$
  update private.content_refusals set refused_at = refused_at - p_time;
  update public.tasks set created_at = created_at - p_time where finished_at is not null;
$$;

create function pg_temp.blocked(p_user text default 'ann')
returns boolean
language sql
return private.is_blocked(tests.user_id(p_user));

create function pg_temp.wait()
returns text
language sql
as $$
  select exceeded_limit || ' ' || allowed || ' ' || retry_after_seconds from tests.submit('more');
$$;

select pg_temp.refuse('one');
select results_eq(
  'select user_id, task_id, refused_by, refused_at from private.content_refusals',
  $$ values (tests.user_id('ann'), (tests.task('one')).id, 'openai', now()) $$,
  'A refusal of content counts for its user'
);
select tests.submit('broken');
select tests.claim();
select tests.fail('broken', 'invalid_input');
select tests.submit('unlucky');
select tests.claim();
select tests.fail('unlucky', 'provider_rejected');
select is(
  (select count(*) from private.content_refusals), 1::bigint, 'No other failure does'
);

select pg_temp.refuse('two');
create temp table before as select tests.everything() as everything;
select is(pg_temp.wait(), 'content_refusals 2 60', 'After as many as the table says the user waits');
select is(
  tests.everything(), (select everything from before), 'Nothing is made and nothing is queued'
);
select is(
  (select exceeded_limit from tests.submit('his', p_user => 'bob')), null, 'Nobody else waits'
);
select tests.submit('good', p_user => 'bob');
select tests.claim();
select tests.complete('good');
select pg_temp.pass('59 seconds');
select is(pg_temp.wait(), 'content_refusals 2 1', 'until the wait is over');
select pg_temp.pass('1 second');
select is((select exceeded_limit from tests.submit('third')), null, 'and then goes on');

select tests.claim();
select tests.complete('third');
select is(
  (select count(*) from private.content_refusals), 2::bigint, 'A success wipes no refusal'
);
select pg_temp.refuse('three');
select is(pg_temp.wait(), 'content_refusals 3 120', 'Each wait is twice the last');
select pg_temp.pass('2 minutes');
select pg_temp.refuse('four');
select is(pg_temp.wait(), 'content_refusals 4 180', 'up to the longest');
select is(pg_temp.blocked(), false, 'Until then nobody is blocked');

-- Those that were accepted before the wait count as well, and so do canceled ones.
delete from private.content_refusals where task_id = (tests.task('four')).id;
select pg_temp.pass('1 hour');
select tests.submit('four and a half');
select tests.submit('five');
select tests.claim();
select tests.mark_call_sent('five');
select tests.cancel('five');
select tests.fail('four and a half', 'content_refused');
select is(pg_temp.blocked(), false, 'The fourth does not block');
select tests.fail('five', 'content_refused');
select is(
  (select status from tests.task('five')), 'canceled', 'What was canceled stays so'
);
select results_eq(
  $$
    select user_id, reason, blocked_at, blocked_until - now() from private.blocked_users
  $$,
  $$
    values (
      tests.user_id('ann'), '5 requests were refused for their content', now(), interval '2 days'
    )
  $$,
  'and its refusal counts: the fifth blocks the user for a while'
);
select is(pg_temp.blocked('bob'), false, 'and no one else');
select is(
  tests.alerts(), array['content_refusals ' || tests.user_id('ann')], 'The operator is told whom'
);
select results_eq(
  $$ select user_id, refusals, is_blocked from monitoring.refused_users $$,
  $$ values (tests.user_id('ann'), 5::bigint, true) $$,
  'and sees how often'
);

-- An operator's longer word stays.
update private.blocked_users set reason = 'By hand', blocked_until = null;
select private.count_refusal(tests.user_id('ann'), 'moderation');
select is(
  (select reason from private.blocked_users), 'By hand', 'A longer block is not made shorter'
);
delete from private.blocked_users;
select is(
  (select count(*) from private.content_refusals), 0::bigint, 'Who unblocks a user forgives'
);
select is(tests.alerts(), '{}', 'and the alert ends');

update private.content_limits set slow_after = null, block_after = null;
select private.count_refusal(tests.user_id('ann'), 'moderation') from generate_series(1, 200);
select is((select exceeded_limit from tests.submit('free')), null, 'null is no limit');
delete from private.content_limits;
select is((select exceeded_limit from tests.submit('freer')), null, 'nor is a missing row');

select * from finish();
rollback;
