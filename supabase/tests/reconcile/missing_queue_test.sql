begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(16);

-- A lane with all there can be in its queues: waiting, behind it, held, polled, and finished.
select tests.clear();
create function pg_temp.fill()
returns void
language plpgsql
as $$
begin
  perform tests.submit('finished ' || i) from generate_series(1, 12) as i;
  while tests.claim(100) <> '{}' loop
    perform tests.complete(client_task_id)
    from public.tasks where status = 'processing' and client_task_id like 'finished%';
  end loop;
  perform tests.submit('polled');
  perform tests.claim();
  perform tests.snooze('polled');
  perform tests.submit('held');
  perform tests.claim_once(1);
  perform tests.submit(name) from unnest(array['waiting', 'behind', 'last']) as name;
  perform tests.submit('other', p_user => 'bob', p_provider => 'flux');
end;
$$;
create function pg_temp.move_deadlines()
returns void
language sql
as $$ update public.tasks set deadline_at = now() + interval '10 minutes' where finished_at is null $$;
select pg_temp.fill();
select is(
  (select count(message_id) from public.tasks where finished_at is not null), 0::bigint,
  'Who is finished has no message'
);
select is(cardinality(tests.archived()), 12, 'which the archive keeps');

-- One is lost, and made again by hand as pgmq makes it: numbered from 1 on.
select tests.drop_queue('openai');
select results_eq(
  'select * from private.reconcile()', 'values (0, 0)',
  'While a queue is missing the others are reconciled'
);
select tests.pass_deadline('other');
select private.reconcile();
select is((tests.task('other')).status, 'failed', 'and what is overdue elsewhere has ended');
select pgmq.create('openai');
select lives_ok(
  $$ select private.reconcile() $$, 'A queue that begins at 1 again is no hindrance'
);
select is(
  (select array_agg(client_task_id order by message_id) from public.tasks
   where queue = 'openai' and message_id is not null),
  array['held', 'waiting', 'behind', 'last'], 'its tasks have messages again, in their order'
);
select results_eq(
  $$ select kind from private.inconsistencies where count > 0 $$, array[]::text[],
  'and nothing is out of place'
);
select is(
  tests.hidden_until('held'), (tests.task('held')).lease_expires_at,
  'What a worker holds is shown to nobody else'
);
select lives_ok(
  $$ select tests.submit('new ' || i, p_user => 'user ' || i) from generate_series(1, 40) as i $$,
  'More is submitted than was ever before'
);
select is(
  (select count(distinct message_id)::integer from public.tasks where client_task_id like 'new %'), 40,
  'each with a message of its own'
);
select is(tests.complete('held'), true, 'What was held is completed');

-- And with the function for it, whatever is left of the queue.
select tests.drop_table('q_openai');
select tests.drop_queue('openai_polls');
select results_eq(
  'select queue from private.restore_queues() as queue order by queue', array['openai', 'openai_polls'],
  'The function says which were missing'
);
select results_eq(
  $$ select kind from private.inconsistencies where count > 0 $$, array[]::text[],
  'and has put right everything in one transaction'
);
select is(
  (select count(*)::integer from pgmq.q_openai join pgmq.a_openai using (msg_id)), 0,
  'No number is used twice'
);
select matches(
  (select array_to_string(reloptions, ' ') from pg_class where oid = 'pgmq.q_openai'::regclass),
  'autovacuum_vacuum_threshold=200', 'It is vacuumed as early as any'
);
select pg_temp.move_deadlines();
select results_eq(
  $$
    select unnest(tests.claim(100)) as name
    union all
    select unnest(tests.claim(100))
    order by name
  $$,
  $$
    select client_task_id from public.tasks where finished_at is null order by client_task_id
  $$,
  'Everything is claimed'
);

select * from finish();
rollback;
