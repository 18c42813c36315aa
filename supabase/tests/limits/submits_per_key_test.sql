begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(14);

select tests.clear();

create function tests.add_key(p_name text, p_submits_per_minute integer default null)
returns void
language sql
as $$
  insert into private.api_keys (id, prefix, key_hash, client_name, submits_per_minute)
  values (
    md5(p_name)::uuid, rpad('m3d_test_' || p_name, 16, '0'), sha256(p_name::bytea), p_name,
    p_submits_per_minute
  );
$$;

create function tests.submit_by(p_key text, p_name text, p_user text default 'ann')
returns table (exceeded_limit text, allowed integer, retry_after_seconds integer, replayed boolean)
language sql
as $$
  select exceeded_limit, allowed, retry_after_seconds, replayed
  from tests.submit(p_name, p_user => p_user, p_api_key_id => md5(p_key)::uuid);
$$;

select tests.add_key('small', 2);
select tests.add_key('plain');

select is((select exceeded_limit from tests.submit_by('small', 'one')), null, 'The first is accepted');
select is(
  (select exceeded_limit from tests.submit_by('small', 'two', 'bob')), null,
  'The second as well, of another user'
);
select is(
  (select replayed from tests.submit_by('small', 'one')), true,
  'A replay is not counted'
);
create temp table before as select tests.everything() as everything;
select results_eq(
  $$
    select exceeded_limit, allowed, retry_after_seconds between 60 and 61
    from tests.submit_by('small', 'three', 'carl')
  $$,
  $$ values ('key_submits_per_minute', 2, true) $$,
  'The third is refused, whoever''s it is, until the first has been a minute ago'
);
select is(
  tests.everything(), (select everything from before), 'Nothing is made and nothing is queued'
);
select is(
  (select replayed from tests.submit_by('small', 'one')), true,
  'A replay is never refused'
);
select is(
  (select exceeded_limit from tests.submit_by('plain', 'three')), null,
  'Other keys are their own'
);
select is(
  (select exceeded_limit from tests.submit('four')), null,
  'and what came without one has no such limit'
);

update private.key_submits set second = second - interval '61 seconds';
select is(
  (select exceeded_limit from tests.submit_by('small', 'five')), null,
  'A minute later there is room again'
);
select is(
  (select sum(submits)::integer from private.key_submits), 1,
  'and what is over is forgotten'
);

select is(
  (select count(*)::integer from private.key_submits where api_key_id = md5('plain')::uuid), 0,
  'Keys without a limit are not counted'
);
update private.limits set key_submits_per_minute = 1;
select tests.submit_by('plain', 'six');
select is(
  (select allowed from tests.submit_by('plain', 'seven')), 1,
  'A limit for all keys is one for those that have none of their own'
);
select is(
  (select exceeded_limit from tests.submit_by('small', 'eight')), null,
  'and for no other'
);

update private.plans set submits_per_minute = 1;
select is(
  (select exceeded_limit from tests.submit_by('small', 'nine', 'ann')), 'submits_per_minute',
  'A user over their own limit does not use up that of the app'
);

select * from finish();
rollback;
