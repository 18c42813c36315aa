begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(2);

select tests.clear();
select tests.submit('broken');
select tests.claim();
select tests.fail('broken', 'internal');
update private.plans set submits_per_minute = 1, active_tasks = 1;

select is(
  (select exceeded_limit from tests.submit('mine')), 'submits_per_minute',
  'The user is at the limit'
);
select isnt(
  (select private.replay_dead_letter(id) from private.dead_letters), null,
  'What an operator has done again is accepted all the same'
);

select * from finish();
rollback;
