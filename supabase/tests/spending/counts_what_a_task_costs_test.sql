begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(25);

select tests.clear();
select tests.submit('told nothing', 2, p_estimate_usd => 0.04);
select is(tests.used_usd(), tests.all_used(0.04), 'A submit counts with its estimate');
select is(tests.used_results(), '{2,0}'::integer[], 'and with the images it asks for');
select is((tests.task('told nothing')).reserved_usd, 0.04, 'which the task remembers');
select tests.submit('told nothing', 2, p_estimate_usd => 0.04);
select is(tests.used_usd(), tests.all_used(0.04), 'A replay counts nothing');

select tests.claim();
select tests.complete('told nothing');
select is(tests.used_usd(), tests.all_used(0.04), 'Where the provider tells no cost it is the estimate');
select is(tests.used_results(), '{2,0}'::integer[], 'What has fewer results than were asked for counts all');

select tests.submit('told less', p_estimate_usd => 0.04);
select tests.claim();
select tests.complete('told less', p_call => '{"cost_usd": 0.03}');
select is(tests.used_usd(), tests.all_used(0.07), 'What was cheaper counts less');
select tests.submit('told more', p_estimate_usd => 0.04);
select tests.claim();
select tests.complete('told more', p_call => '{"cost_usd": 0.05}');
select is(tests.used_usd(), tests.all_used(0.12), 'What was dearer counts more');
select is(
  (select array_agg(reserved_usd order by client_task_id) from public.tasks),
  array[0.03, 0.05, 0.04]::numeric[], 'and the tasks remember that'
);

select tests.submit('failed', p_estimate_usd => 0.04);
select tests.claim();
select is(tests.used_results(), '{5,0}'::integer[], 'Another image is asked for');
select tests.mark_call_sent('failed'), tests.fail('failed');
select is(tests.used_usd(), tests.all_used(0.12), 'What failed without a bill counts nothing');
select is(tests.used_results(), '{4,0}'::integer[], 'and gives its images back');
select is((tests.task('failed')).reserved_usd, 0::numeric, 'to the last cent');

select tests.submit('lost answer', p_estimate_usd => 0.04);
select tests.claim();
select tests.mark_call_sent('lost answer'), tests.fail('lost answer', 'provider_unavailable', p_is_ambiguous => true);
select is(tests.used_usd(), tests.all_used(0.16), 'What the provider may have billed counts');
select is(tests.used_results(), '{5,0}'::integer[], 'as its images do');

select tests.submit('waits', p_estimate_usd => 0.04);
select tests.cancel('waits');
select tests.submit('claimed', p_estimate_usd => 0.04);
select tests.claim();
select tests.cancel('claimed');
select is(tests.used_usd(), tests.all_used(0.16), 'What is canceled before it was called for counts nothing');
select is(tests.used_results(), '{5,0}'::integer[], 'and gives its images back');
select tests.cancel('waits');
select tests.cancel('claimed');
select is(tests.used_usd(), tests.all_used(0.16), 'once');

select tests.submit('a model', p_output => 'model', p_user => 'bob', p_estimate_usd => 0.3);
select is(tests.used_results('bob'), '{0,1}'::integer[], 'Models are counted by themselves');
select is(tests.used_usd('bob'), array[0.3, 0.46, 0.46], 'and each user');
select tests.cancel('a model', 'bob');
select is(tests.used_results('bob'), '{0,0}'::integer[], 'They are given back, too');
select is(tests.used_usd('bob'), array[0, 0.16, 0.16], 'with what they might have cost');

select tests.submit('stored by nobody', p_estimate_usd => 0.04);
select tests.claim();
select tests.mark_call_sent('stored by nobody');
select tests.settle('stored by nobody', tests.failure('storage_failed', p_is_billed => true, p_is_final => true));
select is(tests.used_usd(), tests.all_used(0.2), 'What was bought and could not be stored counts');

insert into private.api_keys (prefix, key_hash, client_name, usd_per_day)
values ('m3d_test_counte0', extensions.digest('counted', 'sha256'), 'Counted', 5);
create function pg_temp.used_of_key()
returns numeric
language sql
as $$
  select private.used_usd('key', id::text, private.spending_day(now()), private.spending_day(now()))
  from private.api_keys where client_name = 'Counted';
$$;
select tests.submit(
  'of a key', p_estimate_usd => 0.04,
  p_api_key_id => (select id from private.api_keys where client_name = 'Counted')
);
select is(pg_temp.used_of_key(), 0.04, 'A key with a cap counts, too');
update private.api_keys set usd_per_day = null where client_name = 'Counted';
select tests.claim();
select tests.complete('of a key', p_call => '{"cost_usd": 0.01}');
select is(pg_temp.used_of_key(), 0.01, 'what it has cost, also when its cap is gone');

select * from finish();
rollback;
