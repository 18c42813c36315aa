begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(22);

-- What Storage grants on the platform; the policies do the rest.
grant usage on schema storage to authenticated;
grant select on storage.objects to authenticated;

create function pg_temp.id_of(p_task text)
returns uuid
language sql
return (select id from public.tasks where client_task_id = p_task);

select tests.clear();
select tests.submit('hers');
select tests.submit('his', p_user => 'bob');
create temp table ids as
select pg_temp.id_of('hers') as hers, pg_temp.id_of('his') as his;
grant select on ids to authenticated;

prepare read_hers as
select client_task_id
from private.read_tasks($1, array[(select hers from ids)]);

select results_eq(
  format('execute read_hers(%L)', tests.user_id('ann')),
  array['hers'],
  'A user reads her task'
);
select is(current_user, 'authenticated'::name, 'in the role of all users');
select is(
  current_setting('request.jwt.claims')::jsonb ->> 'sub', tests.user_id('ann')::text,
  'and in her own name'
);
reset role;
select is_empty(
  format('execute read_hers(%L)', tests.user_id('bob')),
  'and not for another user, by the same prepared statement'
);
reset role;
select isnt_empty(
  format('execute read_hers(%L)', tests.user_id('ann')),
  'nor is the next read spoiled by that'
);
reset role;
select results_eq(
  format(
    'select client_task_id from private.read_tasks(%L, %L::uuid[])', tests.user_id('ann'),
    array[(select hers from ids), (select his from ids), gen_random_uuid()]
  ),
  array['hers'],
  'Of several she is told of her own'
);
reset role;
select results_eq(
  format(
    'select client_task_id from private.read_task(%L, %L)', tests.user_id('ann'),
    (select hers from ids)
  ),
  array['hers'],
  'Functions of the last release read in their way'
);
select is(current_user, 'authenticated'::name, 'in the role of all users');
reset role;
select is_empty(
  'select from private.read_tasks(null, array[(select hers from ids)])',
  'Nobody sees nothing'
);
reset role;

-- Sessions look types up anew when much has changed; here when this one has.
alter type private.shown_task rename attribute error to words;
alter type private.shown_task rename attribute words to error;
select results_eq(
  format('execute read_hers(%L)', tests.user_id('ann')),
  array['hers'],
  'A read goes on when its type has to be looked up anew'
);
reset role;

alter policy "Users read their own tasks" on public.tasks using (false);
select is_empty(
  format('execute read_hers(%L)', tests.user_id('ann')),
  'It is the policy that decides'
);
reset role;

insert into public.models (
  user_id, task_id, celery_task_id, result_index, status, asset_url, ai_service_task_id
)
values
  (tests.user_id('ann'), 'x', (select hers from ids), 0, 'complete', 'https://files/a.glb', 'made-for-ann'),
  (tests.user_id('ann'), 'x', (select hers from ids), 1, 'pending', null, 'not-yet-made');
create function pg_temp.owns(p_user text, p_name text)
returns boolean
language sql
return private.owns_provider_task(tests.user_id(p_user), p_name);
select ok(pg_temp.owns('ann', 'made-for-ann'), 'Who has a result may build on it');
reset role;
select ok(not pg_temp.owns('bob', 'made-for-ann'), 'nobody else');
reset role;
select ok(not pg_temp.owns('ann', 'not-yet-made'), 'and not before it is there');
reset role;

insert into storage.objects (bucket_id, name, metadata, version)
select bucket, tests.user_id('ann') || '/' || 'file.png', '{"size": 7, "mimetype": "image/png"}',
  'upload to ' || bucket
from unnest(array['inputs', 'generated']) as bucket;
update storage.buckets set public = id = 'generated' where id in ('inputs', 'generated');
create function pg_temp.finds(p_user text, p_bucket text, p_file text default 'file.png')
returns boolean
language sql
return (
  select found.metadata is not null
  from private.find_asset(
    tests.user_id(p_user), p_bucket, tests.user_id('ann') || '/' || p_file
  ) as found
);
select ok(pg_temp.finds('ann', 'inputs'), 'A user''s own file is found');
reset role;
select is(
  (
    select version
    from private.find_asset(
      tests.user_id('ann'), bucket, tests.user_id('ann') || '/file.png'
    )
  ),
  'upload to ' || bucket,
  'with which upload of it this is, in ' || bucket
)
from unnest(array['generated', 'inputs']) as bucket;
reset role;
select ok(not pg_temp.finds('bob', 'inputs'), 'not for others');
reset role;
select ok(pg_temp.finds('bob', 'generated'), 'unless its bucket is public');
reset role;
update storage.buckets set public = false where id = 'generated';
select ok(pg_temp.finds('ann', 'generated'), 'In a private one, a result is its owner''s');
reset role;
select ok(not pg_temp.finds('bob', 'generated'), 'and nobody else''s');
reset role;
select ok(not pg_temp.finds('ann', 'inputs', 'none.png'), 'A file that is not there is not found');
reset role;

select * from finish();
rollback;
