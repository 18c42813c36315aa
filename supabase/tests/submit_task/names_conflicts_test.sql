begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(7);

select tests.clear();
create temp table first as
select * from tests.submit('cat', p_parameters => '{"prompt": "A cat", "n": 1, "style": "comic"}');
create temp table before as select tests.everything() as everything;

select results_eq(
  $$
    select id, replayed, conflicts
    from tests.submit('cat', p_parameters => '{"prompt": "A dog", "n": 1, "style": "comic"}')
  $$,
  $$ select id, true, array['prompt'] from first $$,
  'A different value is named'
);
select is(
  (
    select conflicts
    from tests.submit('cat', p_parameters => '{"prompt": "A cat", "n": 2, "size": "1024x1024"}')
  ),
  array['n', 'size', 'style'],
  'So are an added and a missing field, and nothing that is the same'
);
select is(
  (
    select conflicts
    from tests.submit('cat', p_parameters => '{"style": "comic", "n": 1.0, "prompt": "A cat"}')
  ),
  '{}',
  'The order of fields and the way a number is written are no difference'
);
select is(
  (
    select conflicts
    from tests.submit(
      'cat',
      p_provider => 'recraft',
      p_parameters => '{"prompt": "A cat", "n": 1, "style": "comic"}'
    )
  ),
  array['provider'],
  'Another provider is a difference'
);
select is(
  private.differing_keys('{"a": null}', '{}'), array['a'],
  'A field that is null differs from one that is missing'
);
select is(
  private.differing_keys('{"a": {"b": [1, 2]}}', '{"a": {"b": [2, 1]}}'), array['a'],
  'A difference deep inside is named by its field'
);
select is(
  tests.everything(), (select everything from before),
  'A conflict changes nothing'
);

select * from finish();
rollback;
