begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(17);

create function pg_temp.note(p_provider text, p_model text, p_is_listed boolean, p_is_default boolean default false)
returns void
language sql
as $$
  select monitoring.note_models(
    p_provider,
    jsonb_build_array(
      jsonb_build_object(
        'model', p_model, 'is_default', p_is_default, 'is_listed', p_is_listed, 'shut_down_on', null
      )
    )
  );
$$;

select tests.clear();
delete from monitoring.missing_models;
delete from monitoring.model_shutdowns;
select pg_temp.note('openai', 'new', true, true);
select is(tests.alerts(), '{}', 'A model that is listed is no trouble');
select pg_temp.note('openai', 'new', false, true);
select is(tests.alerts(), array['model_missing openai new'], 'One that is not is an alert before anybody asks for it');
select results_eq(
  'select severity, message from monitoring.alerts()',
  $$ values (
    'critical',
    'The provider''s own list of models does not have it. Look at the provider''s page of models; configure another model, or have apps choose another.'
  ) $$, 'with what to do'
);
update monitoring.missing_models set first_missed_at = now() - interval '3 days';
select pg_temp.note('openai', 'new', false, true);
select is((select since from monitoring.alerts()), now() - interval '3 days', 'and since when it is');
select pg_temp.note('recraft', 'other', true);
select is(tests.alerts(), array['model_missing openai new'], 'The list of another provider does not end it');
select pg_temp.note('openai', 'newer', true, true);
select is(tests.alerts(), '{}', 'Another model in its place does');
select pg_temp.note('openai', 'new', false, true);
select pg_temp.note('openai', 'new', true, true);
select is(tests.alerts(), '{}', 'and so does a list that has it again');

select pg_temp.note('recraft', 'rare', false);
select is(tests.alerts(), '{}', 'One that clients may choose, and do not, can wait');
select tests.add_call('failed', 'provider_rejected', p_provider => 'recraft', p_model => 'rare');
select is(tests.alerts(), array['model_missing recraft rare'], 'until one does');
select pg_temp.note('nobody', 'model', false, true);
select is(tests.alerts(), array['model_missing recraft rare'], 'A provider without a lane has none');
select lives_ok(
  $$ select monitoring.note_models('recraft', '[]') $$, 'None of ours is missing'
);
select is_empty('select * from monitoring.missing_models', 'where none is asked for');

select monitoring.note_models(
  'openai', '[{"model": "old", "is_default": true, "is_listed": true, "shut_down_on": "2030-01-02"}]'
);
select results_eq(
  'select model, shut_down_on, source from monitoring.model_shutdowns',
  $$ values ('old', '2030-01-02'::date, 'The provider''s list of models') $$,
  'An end that the list announces is kept'
);
update monitoring.model_shutdowns set source = 'https://a.example';
select monitoring.note_models(
  'openai', '[{"model": "old", "is_default": true, "is_listed": true, "shut_down_on": "2030-01-02"}]'
);
select is(
  (select source from monitoring.model_shutdowns), 'https://a.example', 'A better source of the same day stays'
);
select pg_temp.note('openai', 'old', true, true);
select is(
  (select shut_down_on from monitoring.model_shutdowns), '2030-01-02', 'and a day that it does not name'
);
select monitoring.note_models(
  'openai', jsonb_build_array(
    jsonb_build_object(
      'model', 'old', 'is_default', true, 'is_listed', true, 'shut_down_on', current_date + 9
    )
  )
);
select is(
  (select shut_down_on from monitoring.model_shutdowns), current_date + 9, 'One that is moved is moved'
);
select tests.add_call('succeeded', p_model => 'old');
select is(tests.alerts(), array['model_shutdown openai old'], 'and is an alert in the month before');

select * from finish();
rollback;
