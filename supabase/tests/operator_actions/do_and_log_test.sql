begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(34);

select tests.clear();
-- What was done before this test: the log itself would refuse to forget it.
alter table private.operator_actions disable trigger user;
delete from private.operator_actions;
alter table private.operator_actions enable trigger user;
select tests.submit('hers');
select tests.create_user(name) from unnest(array['olga', 'mallory']) as name;
update auth.users set raw_app_meta_data = '{"role": "operator"}', email = 'Olga@example.com'
where id = tests.user_id('olga');
update auth.users set raw_app_meta_data = '{"plan": "operator"}', raw_user_meta_data = '{"role": "operator"}'
where id = tests.user_id('mallory');

-- What Olga does, as action and result.
create function pg_temp.does(p_action text, p_request jsonb default '{}', p_name text default 'olga')
returns jsonb
language sql
as $$ select result from private.operate(tests.user_id(p_name), p_action, p_request) $$;
create function pg_temp.last()
returns private.operator_actions
language sql
as $$ select operator_actions from private.operator_actions order by id desc limit 1 $$;
-- How a request is refused: by which words, of which field.
create function pg_temp.refusal(p_action text, p_request jsonb default '{}')
returns text
language plpgsql
as $$
declare
  v_field text;
begin
  perform pg_temp.does(p_action, p_request);
  return null;
exception when sqlstate 'OP400' then
  get stacked diagnostics v_field = column_name;
  return v_field || ': ' || sqlerrm;
end;
$$;

select is(private.is_operator(tests.user_id('olga')), true, 'Who has the role is an operator');
select is(
  private.is_operator(tests.user_id('mallory')), false, 'who has given it to themselves is none'
);
select results_eq(
  format(
    'select is_operator, id, result from private.operate(%L, %L, %L)',
    tests.user_id('mallory'), 'pause_lane', '{"provider": "openai"}'
  ),
  $$ values (false, null::bigint, null::jsonb) $$,
  'and does nothing'
);
select is(paused_until, null, 'Her lane is not paused') from private.lanes where provider = 'openai';
select is_empty('select from private.operator_actions', 'and nothing is logged as done');

select is(pg_temp.does('pause_lane', '{"provider": "openai", "reason": "Bill"}'), '{}', 'A lane');
select is(paused_until, 'infinity', 'is paused until it is resumed')
from private.lanes where provider = 'openai';
select is(
  array(select provider from private.lanes where paused_until is not null), array['openai'],
  'and no other'
);
select results_eq(
  'select actor, operator_id, operator_email, action, request, result, subject_id from pg_temp.last()',
  $$
    values (
      'operator', tests.user_id('olga'), 'Olga@example.com', 'pause_lane',
      '{"provider": "openai", "reason": "Bill"}'::jsonb, '{}'::jsonb, null::uuid
    )
  $$,
  'Who did it, and what, is logged'
);
select pg_temp.does('pause_lane', jsonb_build_object('provider', 'flux', 'until', now() + interval '1 hour'));
select is(paused_until, now() + interval '1 hour', 'or until a time')
from private.lanes where provider = 'flux';
select pg_temp.does('resume_lane', '{"provider": "openai"}');
select is(paused_until, null, 'It is resumed') from private.lanes where provider = 'openai';
select matches(
  pg_temp.refusal('pause_lane', '{"provider": "midjourney"}'),
  '^provider: No lane midjourney. There are flux, openai, ', 'There must be such a lane'
);
select is(
  pg_temp.refusal('pause_lane', '{"provider": "openai", "until": "2026-01-01T00:00:00Z"}'),
  'until: Must be in the future', 'and a time that is to come'
);
select is((pg_temp.last()).action, 'resume_lane', 'What is refused is not logged');

select pg_temp.does('pause_submits', '{"message": "Back at noon", "retry_after_seconds": 600}');
select row_eq(
  'select paused_since, message, retry_after_seconds from private.submit_pause',
  row(now(), 'Back at noon'::text, 600), 'Submits are paused with own words'
);
select pg_temp.does('pause_submits');
select results_eq(
  'select message, retry_after_seconds from private.submit_pause',
  $$ values ('Maintenance; nothing new is accepted for a while', 60) $$, 'or with the usual ones'
);
select is(pg_temp.does('resume_submits'), '{"was_paused": true}', 'They are resumed');
select is(pg_temp.does('resume_submits'), '{"was_paused": false}', 'once');

select is(
  pg_temp.does('block_user', jsonb_build_object('user', tests.user_id('ann'), 'reason', 'Spam of hers')),
  '{"tasks_canceled": 1}', 'Who is blocked waits for nothing any more'
);
select is((tests.task('hers')).status, 'canceled', 'and the task is canceled');
select is(private.is_blocked(tests.user_id('ann')), true, 'and asks for nothing more');
select results_eq(
  'select subject_id, request from pg_temp.last()',
  $$ values (tests.user_id('ann'), '{"reason": "Spam of hers"}'::jsonb) $$,
  'The log says whom it is about'
);
select is(
  pg_temp.refusal('block_user', '{"user": "OLGA@example.com", "reason": "Slip"}'),
  'user: This is you: nobody blocks themselves', 'Nobody locks themselves out'
);
select is(
  pg_temp.refusal('unblock_user', '{"user": "nobody@example.com"}'),
  'user: No user has the id or e-mail address nobody@example.com', 'A stranger is told apart'
);
select is(
  pg_temp.does('unblock_user', jsonb_build_object('user', tests.user_id('ann'))),
  '{"was_blocked": true, "is_blocked": false}', 'A block ends'
);

select is(
  pg_temp.refusal('set_budgets', '{"project_usd_per_day": 7, "keys": {"m3d_none": 1}}'),
  'keys: No key begins with m3d_none, and nothing was changed', 'Budgets are set together'
);
select isnt(project_usd_per_day, 7.00, 'or not at all') from private.limits;
select pg_temp.does(
  'set_budgets',
  '{"project_usd_per_day": 7.5, "project_usd_per_month": null, "providers": {"openai": 3, "flux": null},
    "allows_anonymous_users": true}'
);
select results_eq(
  'select project_usd_per_day, project_usd_per_month, allows_anonymous_users from private.limits',
  $$ values (7.5, null::numeric, false) $$, 'What is named is set, and is a budget'
);
select is(usd_per_day, 3.00, 'Of a provider, too') from private.lanes where provider = 'openai';
select matches(pg_temp.refusal('set_budgets'), '^: Nothing is to be changed', 'Something must be named');
select is(pg_temp.refusal('drop_everything'), 'action: There is no action drop_everything', 'No more can be done');

select result from private.operate(null, 'resume_lane', '{"provider": "openai"}');
select row_eq(
  'select actor, operator_id, action from pg_temp.last()',
  row('command'::text, null::uuid, 'resume_lane'::text), 'A command is logged as one'
);
select private.block_user(tests.user_id('olga'), 'Gone');
select is(private.is_operator(tests.user_id('olga')), false, 'A blocked operator is none any more');
select private.unblock_user(tests.user_id('olga'));
update auth.users set banned_until = now() + interval '1 day' where id = tests.user_id('olga');
select is(private.is_operator(tests.user_id('olga')), false, 'nor one whom Auth has banned');

select * from finish();
rollback;
