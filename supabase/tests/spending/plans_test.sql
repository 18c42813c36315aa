begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(16);

select tests.clear();
insert into private.plans (
  name, operations, providers, models, qualities, most_results, most_safety_tolerance, usd_per_day
)
values (
  'narrow', '{text-to-image}', '{openai}', '{small,medium}', '{low}', 2, 3, 0.5
);
create function pg_temp.violation(
  p_operation text default 'text-to-image',
  p_provider text default 'openai',
  p_model text default 'small',
  p_results integer default 1,
  p_parameters jsonb default '{}'
)
returns jsonb
language plpgsql
as $$
declare
  v_answer record;
begin
  select * into v_answer
  from tests.submit(
    gen_random_uuid()::text, p_results, p_operation => p_operation, p_provider => p_provider,
    p_model => p_model, p_parameters => p_parameters, p_plan => 'narrow'
  );
  return case
    when (v_answer.exceeded_limit = 'plan') is not distinct from (v_answer.id is null)
      then v_answer.plan_violation
    else to_jsonb(v_answer.exceeded_limit)
  end;
end;
$$;

select is(pg_temp.violation(), null, 'What a plan allows is accepted');
select is(
  pg_temp.violation('image-to-image'),
  '{"plan": "narrow", "field": "operation", "allowed": ["text-to-image"]}', 'Another operation is not'
);
select is(
  pg_temp.violation(p_provider => 'stability'),
  '{"plan": "narrow", "field": "provider", "allowed": ["openai"]}', 'nor another provider'
);
select is(
  pg_temp.violation(p_model => 'large'),
  '{"plan": "narrow", "field": "model", "allowed": ["small", "medium"]}', 'nor another model'
);
select is(
  pg_temp.violation(p_parameters => '{"quality": "high"}'),
  '{"plan": "narrow", "field": "quality", "allowed": ["low"]}', 'nor another quality'
);
select is(pg_temp.violation(p_results => 3), '{"plan": "narrow", "field": "n", "allowed": 2}', 'nor more results');
select is(
  pg_temp.violation(p_parameters => '{"safety_tolerance": 4}'),
  '{"plan": "narrow", "field": "safety_tolerance", "allowed": 3}', 'nor a looser tolerance'
);
select is(
  pg_temp.violation(p_parameters => '{"quality": "low", "safety_tolerance": 3}', p_results => 2, p_model => 'medium'),
  null, 'All that is allowed may come together'
);
select is(
  (select array_agg(distinct plan) from public.tasks), array['narrow'], 'Tasks keep the plan of their submit'
);
select is(
  (select exceeded_limit from tests.submit('dear', p_estimate_usd => 0.51, p_plan => 'narrow')), 'usd_per_day',
  'A plan has its own caps'
);
select is(
  (select exceeded_limit from tests.submit('dear', p_estimate_usd => 0.51)), null, 'which are no other plan''s'
);
update private.plans set usd_per_day = 0.7 where name = 'default';
select is(
  (select exceeded_limit from tests.submit('dearer', p_estimate_usd => 0.2, p_plan => 'unknown')), 'usd_per_day',
  'A plan that is not there is the default one'
);
select tests.submit('cheap', p_estimate_usd => 0.1, p_plan => 'unknown');
select is((tests.task('cheap')).plan, 'default', 'and is written down as that');
select is(
  (select exceeded_limit from tests.submit('for review', p_estimate_usd => 2, p_plan => 'reviewer')), null,
  'Reviewers have no cap of a day'
);
select is(
  (select exceeded_limit from tests.submit('again', p_estimate_usd => 0.1)), 'usd_per_day',
  'and what was spent in one plan counts in the next'
);
update private.limits set project_usd_per_day = 3;
select is(
  (select exceeded_limit from tests.submit('beyond', p_estimate_usd => 2, p_plan => 'reviewer')),
  'project_usd_per_day', 'The project''s cap holds for them'
);

select * from finish();
rollback;
