begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(10);

create function pg_temp.billed(p_name text)
returns text
language plpgsql
as $$
declare
  v_billed text;
begin
  select billed into v_billed
  from private.read_tasks(tests.user_id('ann'), array[(tests.task(p_name)).id]);
  reset role;
  return v_billed;
end;
$$;

select tests.clear();
select tests.submit(name)
from unnest(array['refused', 'lost', 'stored', 'complete', 'canceled', 'never']) as name;
update public.tasks set deadline_at = now() - interval '1 second' where client_task_id = 'never';
select private.recover_tasks();
select is((tests.task('never')).status, 'failed', 'A task may fail before it was called for');
select is(pg_temp.billed('never'), 'no', 'Nobody bills that');

select tests.claim();
select tests.mark_call_sent(name) from unnest(array['refused', 'lost', 'stored']) as name;
select is(pg_temp.billed('refused'), null, 'Nothing is told of what goes on');
select tests.fail('refused', 'content_refused');
select is(pg_temp.billed('refused'), 'no', 'What the provider refused is not billed');
update private.lanes set max_ambiguous_retries = 0;
select tests.fail('lost', 'outcome_unknown', p_is_ambiguous => true);
select is(pg_temp.billed('lost'), 'maybe', 'What nobody knows may be');
select tests.settle(
  'stored', tests.failure('storage_failed', p_is_final => true, p_is_billed => true)
);
select is(pg_temp.billed('stored'), 'yes', 'What could not be stored is');
select tests.complete('complete');
select is(pg_temp.billed('complete'), null, 'A result is its own answer');
select tests.cancel('canceled');
select is(pg_temp.billed('canceled'), null, 'Who cancels was told then');

select tests.submit('model', p_provider => 'tripo', p_output => 'model', p_operation => 'text-to-model');
select tests.claim();
select tests.snooze('model', p_delay_seconds => 0);
select tests.pass_deadline('model');
select private.recover_tasks();
select is(pg_temp.billed('model'), 'maybe', 'Accepted work that is late may yet be done');
select tests.show_message('model');
select tests.claim();
select tests.settle('model', tests.failure('content_refused', p_is_final => true));
select is(pg_temp.billed('model'), 'no', 'until the provider has ended it, unbilled here');

select * from finish();
rollback;
