begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(21);

select tests.clear();
create function pg_temp.submit(p_name text, p_output text default 'image')
returns void
language sql
as $$
  select from tests.submit(
    p_name, 4, p_output => p_output,
    p_parameters => jsonb_build_object('prompt', repeat('Long words. ', 2600), 'n', 4)
  );
$$;
-- What is left of what was asked for: characters in the task, and rows that have a prompt.
create function pg_temp.left_of(p_name text)
returns text
language sql
as $$
  select format(
    '%s %s', coalesce(length((tests.task(p_name)).parameters ->> 'prompt'), 0),
    (
      select count(prompt)
      from (
        select celery_task_id, prompt from public.concept_images
        union all select celery_task_id, prompt from public.models
      ) as rows
      where celery_task_id = (tests.task(p_name)).id
    )
  );
$$;

select pg_temp.submit(name)
from unnest(array['preparing', 'called', 'asked', 'accepted', 'complete']) as name;
select pg_temp.submit('waiting');
select pg_temp.submit('model', 'model');
select is(pg_temp.left_of('waiting'), '31200 4', 'A task keeps what was asked for as a whole');
select is(
  (select max(length(prompt)) from public.concept_images), 2000,
  'and each of its rows as much as a gallery shows'
);

select tests.cancel(name) from unnest(array['waiting', 'model']) as name;
select is(pg_temp.left_of('waiting'), '0 0', 'Canceled before it began: nothing is left');
select is(pg_temp.left_of('model'), '0 0', 'nor of a model');
select is((tests.task('waiting')).parameters, '{}', 'at all');
select is(tests.assets('waiting'), array_fill('canceled'::text, array[4]), 'but the rows, for who asks');
select results_eq(
  $$ select * from tests.cancel('waiting') $$, $$ values ('canceled', 'no', true) $$,
  'It may be canceled again'
);
select results_eq(
  $$ select replayed, conflicts from tests.submit('waiting', p_parameters => '{"prompt": "Another"}') $$,
  $$ values (false, '{}'::text[]) $$,
  'and its client_task_id is free, for whatever request'
);

select tests.claim(1);
select tests.cancel('preparing');
select is(pg_temp.left_of('preparing'), '0 0', 'So it is with one that was claimed, and not called for');
select tests.claim(1);
select tests.mark_call_sent('called');
select tests.cancel('called');
select is(pg_temp.left_of('called'), '31200 4', 'While a provider works on it nothing is dropped');
select tests.fail('called');
select is(pg_temp.left_of('called'), '0 0', 'until it has ended unbilled');
select tests.claim(1);
select tests.mark_call_sent('asked');
select tests.cancel('asked');
select tests.settle('asked', '{"kind": "complete", "asset_urls": ["https://files/0.png"], "call": {}}');
select is(pg_temp.left_of('asked'), '31200 4', 'What was paid stays as it was asked for');
select tests.claim(1);
select tests.snooze('accepted');
select tests.cancel('accepted');
select is(pg_temp.left_of('accepted'), '31200 4', 'also while it is polled');
select tests.claim(1);
select tests.complete('complete');
select is(pg_temp.left_of('complete'), '31200 4', 'and what is complete');

-- The rows.
create function pg_temp.names()
returns text[]
language sql
as $$ select array(select client_task_id from public.tasks where finished_at is not null order by 1); $$;
select lives_ok('select private.prune()', 'Rows of today');
select is(
  pg_temp.names(), array['accepted', 'asked', 'called', 'complete', 'model', 'preparing', 'waiting'],
  'stay for who asks how it ended'
);
update public.tasks set finished_at = now() - interval '25 hours' where finished_at is not null;
select is(
  private.delete_old('canceled tasks', now() - interval '1 day', 1), 1::bigint,
  'After a day those go that have cost nothing, so many at once'
);
select is(
  (select deleted from private.prune() where kind = 'canceled tasks'), 3::bigint, 'the rest with the next'
);
select is(pg_temp.names(), array['accepted', 'asked', 'complete'], 'and no others');
select is(
  (select count(*)::integer from public.concept_images), 3 * 4 + 1,
  'with their images: those are left of three tasks, and of the one that is new'
);
select is((select count(*)::integer from public.models), 0, 'and models');

select * from finish();
rollback;
