begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(14);

select tests.clear();
select tests.submit(name)
from unnest(array['lost', 'held', 'waiting', 'overdue', 'no message', 'early']) as name;
select tests.claim(3);
select tests.retry('waiting');
select tests.lose_worker('lost');
select pgmq.delete('openai', (tests.task('no message')).message_id);
select tests.pass_deadline(name)
from unnest(array['lost', 'held', 'waiting', 'overdue', 'no message']) as name;

select is(private.expire_tasks(), 4, 'It tells how many tasks it ended');
select is((tests.task('overdue')).status, 'failed', 'A task past its deadline fails');
select is((tests.task('overdue')).error_code, 'timeout', 'as timed out');
select matches(
  (tests.task('overdue')).error, '^AI service timed out.*timeout',
  'in the words of the contract'
);
select is(tests.assets('overdue'), array['failed'], 'with its asset row');
select is((tests.task('no message')).error_code, 'timeout', 'So does one whose message is lost');
select is((tests.task('waiting')).error_code, 'timeout', 'and one that waits for another attempt');
select is((tests.task('lost')).error_code, 'timeout', 'and one whose worker is lost');
select is(tests.calls('lost'), array['ambiguous'], 'whose call has an unknown outcome');
select is((tests.task('held')).status, 'processing', 'A living worker keeps its task');
select is(tests.calls('held'), array['open'], 'and its call');
select is((tests.task('early')).status, 'pending', 'What has time left is left alone');
select is(tests.queued(), array['held', 'early'], 'Only messages of ended tasks leave the queue');
select is(private.expire_tasks(), 0, 'Once is enough');

select * from finish();
rollback;
