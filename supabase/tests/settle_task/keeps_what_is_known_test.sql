begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(11);

select tests.clear();
select tests.submit('cats', p_results => 3, p_parameters => '{"prompt": "Cats", "n": 3}');
select tests.submit('hat', p_provider => 'tripo', p_operation => 'text-to-model', p_output => 'model', p_model => 'asked');
select tests.submit('old', p_provider => 'flux', p_model => 'asked');
select tests.claim();
select tests.mark_call_sent('cats');
select is(
  tests.settle(
    'cats',
    '{
      "kind": "complete", "call": {"model": "painter-2"},
      "asset_urls": ["https://f/0.png", "https://f/1.png"],
      "results": {
        "assets": [
          {"media_type": "image/png", "bytes": 10, "width": 2, "height": 3},
          {"media_type": "image/png", "bytes": 20}
        ],
        "seed": 7, "revised_prompt": "Three cats"
      }
    }'
  ),
  'complete', 'What is known of results comes with them'
);
select is(
  (tests.task('cats')).results,
  '{
    "assets": [
      {"media_type": "image/png", "bytes": 10, "width": 2, "height": 3},
      {"media_type": "image/png", "bytes": 20}
    ],
    "seed": 7, "revised_prompt": "Three cats", "model_id": "painter-2"
  }'::jsonb,
  'It is kept with the task, and with it the model that the ledger names'
);
select results_eq(
  $$
    select metadata - array['provider', 'operation'] from public.concept_images
    where task_id = 'cats' order by result_index
  $$,
  $$
    values
    (
      '{
        "assets": [
          {"url": "https://f/0.png", "media_type": "image/png", "bytes": 10, "width": 2, "height": 3}
        ],
        "seed": 7, "revised_prompt": "Three cats", "model_id": "painter-2",
        "parameters": {"prompt": "Cats", "n": 3}
      }'::jsonb
    ),
    (
      '{
        "assets": [{"url": "https://f/1.png", "media_type": "image/png", "bytes": 20}],
        "seed": 7, "revised_prompt": "Three cats", "model_id": "painter-2",
        "parameters": {"prompt": "Cats", "n": 3}
      }'
    ),
    ('{}')
  $$,
  'Each image has what is known of it, and what makes it again; one that is missing has nothing'
);
select is(
  (select count(*)::integer from public.concept_images where metadata ->> 'provider' = 'openai'), 3,
  'What was told before stays'
);

select tests.mark_call_sent('hat');
select tests.settle(
  'hat',
  '{
    "kind": "complete", "call": {}, "asset_urls": ["https://f/0.glb"],
    "results": {
      "assets": [{"media_type": "model/gltf-binary", "bytes": 10, "compressed": null}],
      "preview_url": "https://f/0.preview.webp"
    }
  }'
);
select results_eq(
  $$
    select
      metadata -> 'assets' -> 0 ->> 'url', metadata ->> 'preview_url', metadata ->> 'model_id',
      metadata -> 'assets' -> 0 ? 'compressed'
    from public.models
  $$,
  $$ values ('https://f/0.glb', 'https://f/0.preview.webp', 'asked', true) $$,
  'So has a model, with its picture, and with the model that was asked for where the ledger names none'
);

select tests.complete('old', array['https://f/0.png']);
select is(
  (tests.task('old')).results, '{"model_id": "asked"}'::jsonb,
  'An earlier version of the worker tells nothing of results'
);
select is(
  (select metadata -> 'assets' from public.concept_images where task_id = 'old'),
  '[{"url": "https://f/0.png"}]'::jsonb, 'which are complete all the same'
);

select tests.submit('failing');
select tests.claim();
select tests.fail('failing', 'invalid_result');
select is((tests.task('failing')).results, null, 'What has failed has none');

select private.report_task(tests.user_id('ann'), (tests.task('hat')).id, 'It is cruel');
select is((tests.task('hat')).results, null, 'Of what was reported nothing is told');
select is(
  (select metadata ?| array['assets', 'preview_url'] from public.models), false, 'nor shown'
);
select is(
  (select metadata ->> 'provider' from public.models), 'tripo', 'but what was asked for'
);

select * from finish();
rollback;
