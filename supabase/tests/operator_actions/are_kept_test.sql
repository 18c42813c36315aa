begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(10);

select tests.clear();
-- What was done before this test: the log itself would refuse to forget it.
alter table private.operator_actions disable trigger user;
delete from private.operator_actions;
alter table private.operator_actions enable trigger user;
select tests.create_user(name) from unnest(array['ann', 'olga']) as name;
update auth.users set raw_app_meta_data = '{"role": "operator"}' where id = tests.user_id('olga');
select result from private.operate(
  tests.user_id('olga'), 'block_user',
  jsonb_build_object('user', tests.user_id('ann'), 'reason', 'Her name is Ann')
);

select throws_like(
  $$ update private.operator_actions set action = 'resume_lane' $$, '%neither changed nor deleted',
  'What was done is not changed'
);
select throws_like(
  $$ update private.operator_actions set subject_id = null $$, '%neither changed nor deleted',
  'nor whom it was about, who is there'
);
select throws_like(
  $$ delete from private.operator_actions $$, '%neither changed nor deleted', 'nor deleted'
);
select throws_like(
  $$ truncate private.operator_actions $$, '%neither changed nor deleted', 'nor all of it'
);

delete from auth.users where id = tests.user_id('ann');
select results_eq(
  'select operator_id, action, request, result, subject_id from private.operator_actions',
  $$
    values (
      tests.user_id('olga'), 'block_user', '{}'::jsonb, '{"tasks_canceled": 0}'::jsonb, null::uuid
    )
  $$,
  'Who is deleted is deleted here, too, and what was done stays'
);
delete from auth.users where id = tests.user_id('olga');
select is(operator_id, tests.user_id('olga'), 'Who did it stays known') from private.operator_actions;

select is(
  (select deleted from private.prune() where kind = 'operator actions'), 0::bigint,
  'Young ones stay'
);
insert into private.operator_actions (acted_at, actor, action, request, result)
values (now() - interval '401 days', 'command', 'resume_submits', '{}', '{}');
select is(
  (select deleted from private.prune() where kind = 'operator actions'), 1::bigint, 'Old ones go'
);
select is(
  array(select action from private.operator_actions), array['block_user'], 'and no others'
);
select throws_ok(
  $$ insert into private.operator_actions (actor, action, request, result)
    values ('operator', 'resume_submits', '{}', '{}') $$,
  '23514', null, 'An operator has a name'
);

select * from finish();
rollback;
