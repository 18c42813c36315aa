begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(27);

create function pg_temp.statuses()
returns text[]
language sql
as $$
  select array_agg(client_task_id || ' ' || status order by client_task_id) from public.tasks
$$;

create function pg_temp.ban(p_name text)
returns void
language sql
as $$
  update auth.users set banned_until = now() + interval '1 day' where id = tests.user_id(p_name)
$$;

-- One in each state, and a neighbor.
create function pg_temp.fill()
returns void
language plpgsql
as $$
begin
  perform tests.clear();
  delete from private.blocked_users;
  update auth.users set banned_until = null where id = tests.user_id('ann');
  perform tests.submit('accepted');
  perform tests.claim(1);
  perform tests.snooze('accepted', p_delay_seconds => 0);
  perform tests.submit('called');
  perform tests.claim_once(1, 1);
  perform tests.submit('claimed');
  perform tests.claim_once(1, 1);
  perform tests.submit('complete');
  perform tests.claim_once(1, 1);
  perform tests.complete('complete');
  perform tests.submit('his', p_user => 'bob');
  perform tests.submit('waiting');
end;
$$;

select pg_temp.fill();
select tests.mark_call_sent('called');
select is(
  private.block_user(tests.user_id('ann'), 'Spam'), 4, 'A block ends all that is unfinished'
);
select is(
  pg_temp.statuses(),
  array[
    'accepted canceled', 'called canceled', 'claimed canceled', 'complete complete', 'his pending',
    'waiting canceled'
  ],
  'of this user, and of nobody else; a result that is there stays'
);
select is(tests.calls('waiting'), '{}', 'What has not started is not billed');
select is(tests.calls('claimed'), array['failed'], 'nor what a worker has and has not called for');
select is(tests.mark_call_sent('claimed'), false, 'for it may not call any more');
select is(tests.calls('called'), array['open'], 'What the provider is being asked winds down');
select is((tests.task('called')).winds_down, true, 'as after a cancellation');
select is((tests.task('accepted')).winds_down, true, 'and so does what it has accepted');
select is(tests.queued('openai_polls'), array['accepted'], 'which is polled on');
select is(tests.archived(), array['claimed', 'complete', 'waiting'], 'All else leaves its queue');
select is(tests.claim_once(), array['his'], 'The neighbor goes on');
select is(
  tests.settle(
    'called', '{"kind": "complete", "asset_urls": ["https://files/0.png"], "call": {"cost_usd": 0.04}}'
  ),
  'canceled', 'A result that comes later is booked and not shown'
);
select is(private.block_user(tests.user_id('ann'), 'Spam'), 0, 'Once more ends nothing');

-- Banned in Auth, where nobody tells us.
select pg_temp.fill();
select tests.mark_call_sent('called');
select pg_temp.ban('ann');
select private.reconcile();
select is(
  pg_temp.statuses(),
  array[
    'accepted canceled', 'called canceled', 'claimed canceled', 'complete complete', 'his pending',
    'waiting canceled'
  ],
  'Within a minute the work of a banned user ends as that of a blocked one'
);
select is((tests.task('accepted')).winds_down, true, 'what is accepted is polled on');
select is(tests.calls('waiting'), '{}', 'and what waits costs nothing');

-- Before that minute is over.
select pg_temp.fill();
select pg_temp.ban('ann');
select is(tests.claim_once(), array['his'], 'A claim starts nothing of a blocked user');
select is((tests.task('waiting')).status, 'canceled', 'but ends it');
select is(tests.calls('waiting'), '{}', 'unbilled');
select is(tests.assets('waiting'), array['canceled'], 'with its asset rows');

-- Lost with its worker.
select tests.clear();
update auth.users set banned_until = null where id = tests.user_id('ann');
select tests.submit('lost');
select tests.submit('lost after acceptance', p_provider => 'tripo', p_operation => 'text-to-model', p_output => 'model');
select tests.claim();
select tests.snooze('lost after acceptance', p_delay_seconds => 0);
select tests.show_message('lost after acceptance');
select tests.claim_once(1, 1);
select tests.lose_worker('lost', p_called => false);
select tests.lose_worker('lost after acceptance');
select pg_temp.ban('ann');
select tests.claim_once();
select tests.claim_once();
select is((tests.task('lost')).status, 'canceled', 'What was lost with its worker is not started again');
select is(tests.calls('lost'), array['failed'], 'and costs nothing');
select is((tests.task('lost after acceptance')).status, 'canceled', 'Accepted work ends, too');
select is((tests.task('lost after acceptance')).winds_down, true, 'and winds down');
select is(tests.calls('lost after acceptance'), array['open'], 'so that its cost is booked');

-- Many at once: each call does a bounded amount.
select tests.clear();
update auth.users set banned_until = null where id = tests.user_id('ann');
select count(*) from generate_series(1, 30) as number, tests.submit('many ' || number);
select private.block_user(tests.user_id('ann'), 'Spam');
select is(
  (select count(*)::integer from public.tasks where finished_at is null), 0,
  'A block ends any number'
);
select is(tests.claim(), '{}', 'and nothing of it is left to be claimed');

select * from finish();
rollback;
