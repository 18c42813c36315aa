begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select * from no_plan();

select tests.clear();
delete from private.files_to_remove;

-- What names a task, wherever it is.
create function pg_temp.traces(p_id uuid)
returns text[]
language sql
as $$
  select coalesce(array_agg(place order by place), '{}')
  from (
    select 'task' as place from public.tasks where id = p_id
    union all select 'image' from public.concept_images where celery_task_id = p_id
    union all select 'call' from private.provider_calls where task_id = p_id
    union all select 'dead letter' from private.dead_letters
      where task_id = p_id or message ->> 'task_id' = p_id::text
    union all select 'queue' from pgmq.q_openai where message ->> 'task_id' = p_id::text
    union all select 'polls' from pgmq.q_openai_polls where message ->> 'task_id' = p_id::text
    union all select 'archive' from pgmq.a_openai where message ->> 'task_id' = p_id::text
    union all select 'polls archive' from pgmq.a_openai_polls
      where message ->> 'task_id' = p_id::text
  ) as traces;
$$;
create function pg_temp.purge(p_id uuid, p_user text default 'ann')
returns text
language sql
as $$
  select billed from private.purge_task(tests.user_id(p_user), p_id);
$$;
create function pg_temp.folder(p_id uuid, p_user text default 'ann')
returns text
language sql
as $$
  select format('%s/concepts/%s/', tests.user_id(p_user), p_id);
$$;

-- Whose it is.
select tests.create_user('bob');
select tests.submit('complete', 2);
select tests.claim();
select tests.complete('complete', array['https://files/0.png', 'https://files/1.png']);
create temp table ids as select (tests.task('complete')).id as complete;
select is(pg_temp.purge(complete, 'bob'), null, 'Another user''s task is none') from ids;
select is(pg_temp.purge(gen_random_uuid()), null, 'as one that is not there');
select is(
  pg_temp.traces(complete), array['archive', 'call', 'image', 'image', 'task'],
  'and nothing has happened to it'
) from ids;

-- A finished one.
select is(pg_temp.purge(complete), 'yes', 'The owner deletes a complete task, which was billed') from ids;
select is(pg_temp.traces(complete), '{}'::text[], 'Nothing names it any more') from ids;
select results_eq(
  'select place, prefix from private.files_to_remove',
  $$ select 'results', pg_temp.folder(complete) from ids $$,
  'and its files are to be removed'
);
select is((select outcome from private.provider_calls), 'succeeded', 'The purchase is on the books');
select is(pg_temp.purge(complete), null, 'Again it is as one that was never there') from ids;

-- One that waits, and one that a worker has and has not called for.
select tests.clear();
delete from private.files_to_remove;
select tests.submit('waiting');
select tests.submit('claimed');
update ids set complete = (tests.task('waiting')).id;
select is(pg_temp.purge(complete), 'no', 'A task that waits is canceled at no cost') from ids;
select is(pg_temp.traces(complete), '{}'::text[], 'and gone at once') from ids;
select is(tests.claim(), array['claimed'], 'Nobody is given it');
update ids set complete = (tests.task('claimed')).id;
select is(pg_temp.purge(complete), 'no', 'A claimed task has cost nothing') from ids;
select is(private.mark_call_sent(complete, 1), false, 'and must not be called for') from ids;
select is(
  private.settle_task(complete, 1, '{"kind": "release"}'), null, 'Its lease is stale'
) from ids;
select is(pg_temp.traces(complete), '{}'::text[], 'Nothing is left of it') from ids;

-- One that the provider is asked for.
select tests.clear();
delete from private.files_to_remove;
select tests.submit('called', 2);
select tests.claim();
select tests.mark_call_sent('called');
insert into private.dead_letters (queue, message, task_id, reason)
select 'openai', jsonb_build_object('task_id', id), id, 'An earlier one' from public.tasks;
update ids set complete = (tests.task('called')).id;
select is(pg_temp.purge(complete), 'maybe', 'A task that is under way may be billed') from ids;
select is(
  pg_temp.traces(complete), array['call', 'queue', 'task'], 'It winds down, without its images'
) from ids;
select results_eq(
  'select client_task_id, parameters, request_id, status from public.tasks',
  $$ values ('', '{}'::jsonb, '', 'canceled') $$,
  'and without what was asked for'
);
select is(pg_temp.purge(complete), null, 'Again it is as one that was never there') from ids;
select is_empty(
  $$ select private.cancel_task(tests.user_id('ann'), complete) from ids $$, 'for a cancellation, too'
);
select tests.act_as('ann');
select is_empty('select id from public.tasks', 'Its user is shown nothing');
reset role;
update private.plans set active_tasks = 1;
select is(
  (select exceeded_limit from tests.submit('next')), 'active_tasks',
  'but it counts against the user'
);
update private.plans set active_tasks = null;
select is_empty(
  $$ select name from private.next_files_to_remove('generated', 10) $$, 'No file is looked for yet'
);
select is((select count(*) from private.files_to_remove), 1::bigint, 'so that is not forgotten');
select is(
  private.settle_task(
    complete, 1,
    '{"kind": "complete", "asset_urls": ["https://files/0.png"], "call": {"cost_usd": 0.2}}'
  ),
  'canceled', 'Its worker learns what it cost'
) from ids;
select is(pg_temp.traces(complete), '{}'::text[], 'Then nothing is left of it') from ids;
select results_eq(
  'select outcome, cost_usd::float8 from private.provider_calls', $$ values ('succeeded', 0.2::float8) $$,
  'but what it cost'
);

-- One that the provider has accepted, and that nobody hears of any more.
select tests.clear();
delete from private.files_to_remove;
select tests.submit('accepted');
select tests.claim();
select tests.snooze('accepted', 'job-7');
update ids set complete = (tests.task('accepted')).id;
select is(pg_temp.purge(complete), 'yes', 'Accepted work is billed') from ids;
select is(pg_temp.traces(complete), array['call', 'polls', 'task'], 'It is polled on') from ids;
update public.tasks set finished_at = now() - private.max_winding_down();
select private.end_winding_tasks();
select is(pg_temp.traces(complete), '{}'::text[], 'for half an hour at most') from ids;
select results_eq(
  'select outcome, handle, task_id from private.provider_calls',
  $$ values ('ambiguous', null::text, null::uuid) $$,
  'The ledger has the call, and nothing that leads to the work'
);

-- One whose worker was lost while it wound down.
select tests.clear();
select tests.submit('lost');
select tests.claim();
select tests.mark_call_sent('lost');
update ids set complete = (tests.task('lost')).id;
select is(pg_temp.purge(complete), 'maybe', 'One with a worker') from ids;
update public.tasks set lease_expires_at = now() - interval '1 second';
select pgmq.set_vt('openai', message_id, -1) from public.tasks;
select is(tests.claim(), '{}'::text[], 'is given to no other when that is lost');
select is(pg_temp.traces(complete), '{}'::text[], 'and gone') from ids;

-- Other tasks of the user.
select tests.clear();
select tests.submit('kept');
select tests.submit('deleted');
select tests.claim();
select tests.complete('kept');
select tests.complete('deleted');
update ids set complete = (tests.task('kept')).id;
select lives_ok(
  $$ select pg_temp.purge((tests.task('deleted')).id) $$, 'One of several tasks is deleted'
);
select is(
  pg_temp.traces(complete), array['archive', 'call', 'image', 'task'], 'and the other is as it was'
) from ids;

select * from finish();
rollback;
