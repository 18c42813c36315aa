begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(4);

select tests.clear();
-- Many in each of two queues, and one that is young.
select pgmq.send(queue, '{}')
from unnest(array['openai', 'flux_polls']) as queue, generate_series(1, 30);
select pgmq.archive(queue, array(select generate_series(1, 30)::bigint)) from unnest(array['openai', 'flux_polls']) as queue;
insert into pgmq.a_openai (msg_id, vt, message, archived_at)
select 1000000 + i, now(), '{}', now() - interval '8 days' from generate_series(1, 30) as i;
insert into pgmq.a_flux_polls (msg_id, vt, message, archived_at)
select 1000000 + i, now(), '{}', now() - interval '8 days' from generate_series(1, 30) as i;

select is(
  (select deleted from private.prune(20) where kind = 'archived messages'), 40::bigint,
  'Each queue has a batch of its own'
);
select is(
  (select deleted from private.prune(20) where kind = 'archived messages'), 20::bigint,
  'and what is left goes next time'
);
select tests.drop_queue('tripo');
select lives_ok('select private.prune()', 'A queue that is missing holds nothing up');
select is(
  (select schedule from private.scheduled_jobs() where name = 'makeit3d-prune'), '* * * * *',
  'It is done each minute: 14 million of each a day'
);

select * from finish();
rollback;
