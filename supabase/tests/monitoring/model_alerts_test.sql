begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(7);

select tests.clear();
select is_empty(
  'select * from monitoring.model_shutdowns where source is null',
  'Each date has a source'
);
delete from monitoring.model_shutdowns;
insert into monitoring.model_shutdowns values
  ('openai', 'old', current_date + 31), ('flux', 'old', current_date), ('openai', 'dead', current_date - 1);
select tests.add_call('succeeded', p_model => 'new');
select tests.add_call('succeeded', p_model => 'old');
select is(tests.alerts(), '{}', 'A model whose end is far, or that nobody uses, is no trouble');

update monitoring.model_shutdowns set shut_down_on = current_date + 29 where provider = 'openai';
select is(tests.alerts(), array['model_shutdown openai old'], 'One in use has a month left');
select matches(
  (select message from monitoring.alerts()),
  'will be shut down on ' || (current_date + 29) || '\. Configure another', 'until when'
);
update monitoring.model_shutdowns set shut_down_on = current_date where model = 'old';
select matches((select message from monitoring.alerts()), 'was shut down', 'or was cut off');
delete from private.provider_calls;
select tests.add_call('succeeded', p_model => 'old', p_ago => interval '25 hours');
select is(tests.alerts(), '{}', 'What was used a day ago is not in use any more');

select throws_ok(
  $$ select monitoring.threshold('nonsense') $$, 'P0002', null,
  'A threshold that is not there is an error, not silence'
);

select * from finish();
rollback;
