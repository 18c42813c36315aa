begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(22);

create function pg_temp.ban(p_name text, p_until timestamptz)
returns void
language sql
as $$ update auth.users set banned_until = p_until where id = tests.user_id(p_name) $$;

create function pg_temp.refusal(p_task text, p_user text default 'ann')
returns text
language sql
as $$ select exceeded_limit from tests.submit(p_task, p_user => p_user) $$;

select tests.clear();
select tests.submit('before');
select tests.create_user('bob');

select private.block_user(tests.user_id('ann'), 'Spam');
create temp table untouched as select tests.everything() as everything;
select results_eq(
  $$ select id, exceeded_limit, retry_after_seconds from tests.submit('after') $$,
  $$ values (null::uuid, 'user_is_blocked', null::integer) $$,
  'A blocked user submits nothing'
);
select is(pg_temp.refusal('before'), 'user_is_blocked', 'nor the same request again');
select is(tests.everything(), (select everything from untouched), 'and nothing is made of it');
select is(pg_temp.refusal('his', 'bob'), null, 'Nobody else is refused for it');

select results_eq(
  format(
    'select blocked, id from private.read_tasks(%L, array[%L::uuid])',
    tests.user_id('ann'), (tests.task('before')).id
  ),
  $$ values (true, null::uuid) $$,
  'Nor is a task shown'
);
select results_eq(
  format(
    'select blocked, status, canceled from private.cancel_own_task(%L, %L)',
    tests.user_id('ann'), (tests.task('before')).id
  ),
  $$ values (true, null::text, null::boolean) $$,
  'or canceled by its user'
);
select is(
  (select blocked from private.read_tasks(tests.user_id('ann'), array[gen_random_uuid()])), true,
  'whether it is there or not'
);

select is(private.unblock_user(tests.user_id('ann')), true, 'Until an operator unblocks the user');
select is(pg_temp.refusal('after'), null, 'A task is accepted again');
select results_eq(
  format(
    'select blocked, status from private.read_tasks(%L, array[%L::uuid])',
    tests.user_id('ann'), (tests.task('after')).id
  ),
  $$ values (false, 'pending') $$,
  'and shown'
);
reset role;
select results_eq(
  format(
    'select blocked, status, canceled from private.cancel_own_task(%L, %L)',
    tests.user_id('ann'), (tests.task('after')).id
  ),
  $$ values (false, 'canceled', true) $$,
  'and canceled'
);
select is(private.unblock_user(tests.user_id('ann')), false, 'Once more changes nothing');

select private.block_user(tests.user_id('ann'), 'A rest', now() + interval '1 day');
select is(pg_temp.refusal('a'), 'user_is_blocked', 'A user may be blocked for a time');
select private.block_user(tests.user_id('ann'), 'A shorter rest', now() + interval '1 hour');
select results_eq(
  format('select reason, blocked_until from private.blocked_users where user_id = %L', tests.user_id('ann')),
  $$ values ('A shorter rest', now() + interval '1 hour') $$,
  'The last word counts'
);
update private.blocked_users set blocked_until = now() - interval '1 second'
where user_id = tests.user_id('ann');
select is(pg_temp.refusal('b'), null, 'When the time is over the user may go on');

select pg_temp.ban('ann', now() + interval '1 day');
select is(pg_temp.refusal('c'), 'user_is_blocked', 'Who is banned in Auth is refused, too');
select is(
  (select blocked from private.read_tasks(tests.user_id('ann'), array[(tests.task('b')).id])), true,
  'and sees nothing'
);
select pg_temp.ban('ann', now() - interval '1 second');
select is(pg_temp.refusal('c'), null, 'Until the ban is over');
select pg_temp.ban('ann', 'infinity');
select is(pg_temp.refusal('d'), 'user_is_blocked', 'A ban may be for ever');

-- An operator's replay has no limits, and would start what a block has ended.
select pg_temp.ban('ann', null);
select tests.claim();
select tests.fail('b', 'internal');
select private.block_user(tests.user_id('ann'), 'Spam');
select throws_ok(
  $$ select private.replay_dead_letter(max(id)) from private.dead_letters $$,
  'P0001', null, 'No dead letter of a blocked user is replayed'
);
select private.unblock_user(tests.user_id('ann'));
select lives_ok(
  $$ select private.replay_dead_letter(max(id)) from private.dead_letters $$,
  'as it is when the user is unblocked'
);
select throws_ok(
  $$ select private.block_user(gen_random_uuid(), 'Spam') $$, '23503', null,
  'Nobody is blocked who is not there'
);

select * from finish();
rollback;
