begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select * from no_plan();

select tests.clear();
delete from private.files_to_remove;

-- A task in each state for two users, and whatever else names them.
create function pg_temp.furnish(p_user text)
returns void
language plpgsql
as $$
declare
  v_name text;
begin
  foreach v_name in array array['complete', 'failed', 'accepted', 'called', 'claimed'] loop
    perform tests.submit(p_user || ' ' || v_name, p_user => p_user);
  end loop;
  perform tests.claim();
  perform tests.complete(p_user || ' complete', p_call => '{"cost_usd": 0.1}');
  perform tests.fail(p_user || ' failed', 'internal');
  perform tests.snooze(p_user || ' accepted', 'job of ' || p_user);
  perform tests.mark_call_sent(p_user || ' called');
  perform tests.submit(p_user || ' waiting', p_user => p_user);
  insert into public.input_assets (user_id, asset_url)
  values (tests.user_id(p_user), 'https://files/' || p_user || '.png');
  insert into private.failing_users (provider, user_id, failures, failed_at)
  values ('openai', tests.user_id(p_user), 1, now());
  insert into private.blocked_users (user_id, reason) values (tests.user_id(p_user), 'For now');
end;
$$;
select pg_temp.furnish('ann'), pg_temp.furnish('bob');
create temp table before as select id, client_task_id as name from public.tasks;

-- Everything that names one of the texts, in all tables that are there.
create function pg_temp.places_of(p_words text[])
returns text[]
language plpgsql
as $$
declare
  v_table record;
  v_found bigint;
  v_places text[] := '{}';
begin
  for v_table in
    select schemaname, tablename from pg_tables
    where schemaname in ('public', 'private', 'pgmq', 'monitoring', 'storage', 'auth')
    order by schemaname, tablename
  loop
    execute format(
      'select count(*) from %I.%I as r where exists (
        select from unnest($1) as word where position(word in to_jsonb(r)::text) > 0
      )',
      v_table.schemaname, v_table.tablename
    ) into v_found using p_words;
    if v_found > 0 then
      v_places := v_places || format('%s.%s %s', v_table.schemaname, v_table.tablename, v_found);
    end if;
  end loop;
  return v_places;
end;
$$;
create function pg_temp.words_of(p_user text)
returns text[]
language sql
as $$
  select array_agg(id::text) || array[
    tests.user_id(p_user)::text, p_user || ' ', p_user || '@', p_user || '.png', 'job of ' || p_user
  ]
  from before where name like p_user || ' %';
$$;
create temp table of_bob as select pg_temp.places_of(pg_temp.words_of('bob')) as places;
create temp table sums as
select count(*) as calls, sum(cost_usd) as cost from private.provider_calls;

select cmp_ok(
  cardinality(pg_temp.places_of(pg_temp.words_of('ann'))), '>', 10, 'She is in many places'
);
select is(private.purge_user(tests.user_id('ann'), 2), false, 'Some at once, and there is more');
select is(private.purge_user(tests.user_id('ann')), true, 'Then all is gone');
select bag_eq(
  $$ select unnest(pg_temp.places_of(pg_temp.words_of('ann'))) $$,
  $$
    values
      ('auth.users 1'), ('private.blocked_users 1'), ('private.files_to_remove 4'),
      ('pgmq.q_openai 1'), ('pgmq.q_openai_polls 1'), ('private.provider_calls 2'), ('public.tasks 2'),
      ('private.user_spending 1')
  $$,
  'but the user in Auth, files to be removed, and what the provider works on'
);
select results_eq(
  $$ select distinct user_id, client_task_id, parameters::text, status from public.tasks where is_purged $$,
  $$ values (null::uuid, '', '{}', 'canceled') $$,
  'which names nobody'
);
select is(private.purge_user(tests.user_id('ann')), true, 'Again it does no harm');

-- Deleted in Auth, as the dashboard does; and what is under way ends.
delete from auth.users where id = tests.user_id('ann');
select is(
  private.settle_task(id, 1, '{"kind": "complete", "asset_urls": [], "call": {"cost_usd": 0.3}}'),
  'canceled', 'What was called for is booked'
) from before where name = 'ann called';
select is(
  private.settle_task(tasks.id, 2, '{"kind": "complete", "asset_urls": [], "call": {"cost_usd": 0.5}}'),
  'canceled', 'and so is what was accepted'
)
from before
join private.start_leases(array[before.id], 15) as tasks on true
where name = 'ann accepted';
select results_eq(
  $$ select bucket, name from private.next_files_to_remove('generated', 100) $$,
  $$ select ''::text, ''::text where false $$,
  'Storage has no file of hers'
);
insert into auth.audit_log_entries (id, payload)
select gen_random_uuid(), json_build_object('actor_id', tests.user_id(name), 'action', 'login')
from unnest(array['ann', 'bob']) as name;
select is(private.clear_audit_log(), 1, 'Auth''s own log forgets her');
select is(private.clear_audit_log(), 0, 'and is read no more for it');
select is(pg_temp.places_of(pg_temp.words_of('ann')), '{}'::text[], 'so nothing at all names her');
delete from auth.audit_log_entries where payload ->> 'actor_id' = tests.user_id('bob')::text;
select is(
  pg_temp.places_of(pg_temp.words_of('bob')), places, 'and of the other all is as it was'
) from of_bob;
select results_eq(
  'select count(*), sum(cost_usd) from private.provider_calls',
  'select calls, cost + 0.8 from sums',
  'The ledger has every call and what it cost'
);

-- Everything at once, by whoever deletes a user in Auth.
delete from auth.users where id = tests.user_id('bob');
select bag_eq(
  $$ select unnest(pg_temp.places_of(pg_temp.words_of('bob'))) $$,
  $$
    values
      ('private.deleted_users 1'), ('private.files_to_remove 4'), ('pgmq.q_openai 1'),
      ('pgmq.q_openai_polls 1'), ('private.provider_calls 2'), ('public.tasks 2')
  $$,
  'A user who is deleted in Auth takes everything along, but what the provider works on'
);
select is(
  private.settle_task(id, 1, '{"kind": "release"}'), null, 'What was only claimed is nobody''s'
) from before where name = 'bob claimed';

-- Who has nothing but files.
delete from private.files_to_remove;
select tests.create_user('carl');
delete from auth.users where id = tests.user_id('carl');
select bag_eq(
  'select place, prefix from private.files_to_remove',
  $$
    values
      ('inputs', tests.user_id('carl') || '/'), ('inputs', upper(tests.user_id('carl')::text) || '/'),
      ('results', tests.user_id('carl') || '/')
  $$,
  'Files of a user without rows are removed, too'
);

select * from finish();
rollback;
