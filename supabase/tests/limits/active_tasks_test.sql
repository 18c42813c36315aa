begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(9);

select tests.clear();
update private.plans set active_tasks = 2;
select tests.submit('waiting');
select tests.submit('running', p_provider => 'stability');
update private.lanes set paused_until = 'infinity' where provider = 'openai';
select tests.claim();
create temp table before as select tests.everything() as everything;

select results_eq(
  $$ select id, exceeded_limit, allowed, retry_after_seconds from tests.submit('third') $$,
  $$ values (null::uuid, 'active_tasks', 2::numeric, 10) $$,
  'Whoever has as many tasks as allowed is refused, waiting or under way'
);
select is(
  tests.everything(), (select everything from before), 'Nothing is made and nothing is queued'
);
select is(
  (select exceeded_limit from tests.submit('third', p_user => 'bob')), null,
  'Another user''s do not count'
);
select is(
  (select replayed from tests.submit('waiting')), true,
  'A replay is never refused'
);

select tests.complete('running');
select is(
  (select exceeded_limit from tests.submit('third')), null,
  'When one has ended there is room for one'
);
select is(
  (select exceeded_limit from tests.submit('fourth')), 'active_tasks',
  'and no more'
);
select tests.cancel('waiting');
select is(
  (select exceeded_limit from tests.submit('fourth')), null,
  'A canceled one makes room, too'
);

update private.plans set submits_per_minute = 1;
select is(
  (select exceeded_limit from tests.submit('fifth')), 'submits_per_minute',
  'Of two limits the one that takes longer is named'
);
update private.plans set submits_per_minute = null, active_tasks = null;
select is(
  (select exceeded_limit from tests.submit('fifth')), null,
  'Null is no limit'
);

select * from finish();
rollback;
