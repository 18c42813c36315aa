begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(11);

select tests.clear();
update private.plans set submits_per_minute = 3;
select tests.submit('one');
select tests.submit('two', p_provider => 'stability');
select tests.submit('three', p_operation => 'text-to-model', p_output => 'model');
update public.tasks set created_at = now() - interval '50 seconds' where client_task_id = 'one';
create temp table before as select tests.everything() as everything;

select results_eq(
  $$ select id, exceeded_limit, allowed, retry_after_seconds, replayed, wake from tests.submit('four') $$,
  $$ values (null::uuid, 'submits_per_minute', 3::numeric, 10, false, false) $$,
  'One more than allowed is refused, in whichever lane, until the first is a minute old'
);
select is(
  tests.everything(), (select everything from before), 'Nothing is made and nothing is queued'
);
select is(
  (select exceeded_limit from tests.submit('four', p_user => 'bob')), null,
  'Another user has minutes of their own'
);
select results_eq(
  $$ select id, replayed, exceeded_limit from tests.submit('two', p_provider => 'stability') $$,
  $$ values ((tests.task('two')).id, true, null) $$,
  'A replay is never refused'
);
select results_eq(
  $$ select replayed, conflicts, exceeded_limit from tests.submit('two') $$,
  $$ values (true, array['provider'], null) $$,
  'nor is a conflict taken for a submit'
);

update public.tasks set created_at = now() - interval '60 seconds' where client_task_id = 'one';
select is(
  (select exceeded_limit from tests.submit('four')), null,
  'Then there is room for one'
);
select results_eq(
  $$ select exceeded_limit, retry_after_seconds from tests.submit('five') $$,
  $$ values ('submits_per_minute', 60) $$,
  'and no more'
);

select tests.cancel('four');
select is(
  (select exceeded_limit from tests.submit('five')), 'submits_per_minute',
  'What was canceled was submitted all the same'
);
update private.plans set submits_per_minute = 4;
select is(
  (select exceeded_limit from tests.submit('five')), null,
  'A changed limit is obeyed at once'
);
update private.plans set submits_per_minute = null;
select is(
  (select exceeded_limit from tests.submit('six')), null,
  'and null is none'
);
delete from private.limits;
select is(
  (select exceeded_limit from tests.submit('seven')), null,
  'Nothing is refused for want of a row'
);

select * from finish();
rollback;
