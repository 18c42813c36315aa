begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(19);

-- Of OpenAI and of Tripo's textures: availability and the start, about.
create function pg_temp.told(p_estimate_usd numeric default 0.05, p_key uuid default null)
returns text[]
language sql
as $$
  select array_agg(availability || coalesce(' ' || start_seconds, '') order by place)
  from private.availability(
    p_key, array['openai', 'tripo'], array['default', 'texture'], array[10, 20],
    array[p_estimate_usd, p_estimate_usd]
  ) with ordinality as rows (availability, start_seconds, place);
$$;
create function pg_temp.openai(p_estimate_usd numeric default 0.05, p_key uuid default null)
returns text
language sql
as $$ select (pg_temp.told(p_estimate_usd, p_key))[1] $$;

select tests.clear();
select is(pg_temp.told(), array['open 0', 'open 0'], 'Where nothing is at work all is open');
select is(
  (select array_agg(availability) from private.availability(null, array['nobody'], array['default'], array[1], array[0])),
  array['closed'], 'and a provider without a lane is closed'
);

update private.lanes set max_in_flight = 2 where provider = 'openai';
select tests.submit('ann ' || i) from generate_series(1, 4) as i;
select tests.claim();
select is(pg_temp.told(), array['busy 5', 'open 0'], 'A full lane is busy, and no other');
select tests.submit('ann 5');
select is(pg_temp.openai(), 'busy 5', 'Who has nothing waiting need not wait for all that others have');
update private.lanes set rate_limited_until = now() + interval '100 seconds' where provider = 'openai';
select is(pg_temp.openai(), 'busy 100', 'A provider that was asked too often is busy');
update private.lanes set rate_limited_until = null, paused_until = now() + interval '50 seconds' where provider = 'openai';
select is(pg_temp.told(), array['closed 50', 'open 0'], 'A lane that is paused is closed until then');
update private.lanes set paused_until = 'infinity' where provider = 'openai';
select is(pg_temp.openai(), 'closed', 'or for good');
update private.lanes set paused_until = now() - interval '1 second', max_in_flight = 100 where provider = 'openai';
select is(pg_temp.openai(), 'busy 0', 'After a pause it is tried with one task at a time');
select tests.open_lanes();
select is(pg_temp.openai(), 'open 0', 'and when that has succeeded it is open');

-- Budgets.
create function pg_temp.spend(p_scope text, p_scope_id text, p_usd numeric)
returns void
language sql
as $$
  insert into private.spending (scope, scope_id, day, used_usd)
  values (p_scope, p_scope_id, private.spending_day(now()), p_usd)
  on conflict (scope, scope_id, day) do update set used_usd = excluded.used_usd;
$$;
update private.limits set project_usd_per_day = 10;
select pg_temp.spend('project', '', 9.96);
select is(pg_temp.openai(0.04), 'open 0', 'What fits into the budget of the project is open');
select is(pg_temp.told(0.05), array['closed', 'closed'], 'what does not is closed, whoever does it');
update private.limits set project_usd_per_day = null, project_usd_per_month = 9;
select is(pg_temp.openai(0.01), 'closed', 'The month counts, too');
update private.limits set project_usd_per_month = null;
update private.lanes set usd_per_day = 1 where provider = 'openai';
select pg_temp.spend('provider', 'openai', 0.99);
select is(pg_temp.told(0.05), array['closed', 'open 0'], 'and what a provider may cost');
update private.lanes set usd_per_day = null where provider = 'openai';
insert into private.api_keys (id, prefix, key_hash, client_name, usd_per_day)
values ('00000000-0000-4000-8000-0000000000aa', 'm3d_test_availab', sha256('x'), 'App', 1);
select pg_temp.spend('key', '00000000-0000-4000-8000-0000000000aa', 1);
select is(pg_temp.openai(0.05, '00000000-0000-4000-8000-0000000000aa'), 'closed', 'and an API key');
select is(pg_temp.openai(0.05), 'open 0', 'for its own app');
select is(private.usd_left('openai', null), null, 'Without a cap there is no bound');
select is(private.usd_left('openai', '00000000-0000-4000-8000-0000000000aa'), 0.0, 'else the least of them counts');

update private.submit_pause set paused_since = now();
select is(pg_temp.told(), array['closed', 'closed'], 'While submits are paused all is closed');
update private.submit_pause set paused_since = null;
select is(pg_temp.told(), array['open 0', 'open 0'], 'as long as they are');

select * from finish();
rollback;
