begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(3);

select tests.clear();
select tests.submit('cats', p_results => 3);
select tests.submit('dog');
select tests.claim();
select tests.mark_call_sent('cats');
select is(
  tests.settle(
    'cats',
    '{
      "kind": "complete", "call": {},
      "asset_urls": ["https://files/0.png", "https://files/1.svg", "https://files/2.bin"],
      "warnings": {"1": "An SVG", "2": "For download only"}
    }'
  ),
  'complete',
  'What an app should know of a result keeps no task from its end'
);
select results_eq(
  $$
    select metadata ->> 'warning', metadata ->> 'provider'
    from public.concept_images
    where task_id = 'cats'
    order by result_index
  $$,
  $$ values (null, 'openai'), ('An SVG', 'openai'), ('For download only', 'openai') $$,
  'It is told with the result that it is about, beside what was told before'
);
select results_eq(
  $$ select metadata ->> 'warning' from public.concept_images where task_id = 'dog' $$,
  $$ values (null) $$,
  'and with none of another task'
);

select * from finish();
rollback;
