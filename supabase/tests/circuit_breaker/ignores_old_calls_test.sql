begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(3);

select tests.clear();
select tests.submit(name) from unnest(array['hanging', 'refused', 'next', 'last']) as name;
select tests.claim(2);
update private.provider_calls set started_at = now() - interval '1 minute';
select tests.retry('refused');
select private.pause_lane('openai', 15);
select is(tests.claim(), '{}', 'Nothing is started while the lane rests');

select tests.end_pauses();
select is(
  tests.claim(), array['next'],
  'A call that was made before finds out nothing: however long it hangs, one task is started'
);
select is(tests.claim(), '{}', 'and no other before it is known');

select * from finish();
rollback;
