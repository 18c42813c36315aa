begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(8);

select tests.clear();
select tests.submit(name) from unnest(array['poison', 'healthy']) as name;
select tests.claim(1);
select tests.snooze('poison', p_delay_seconds => 0);

select tests.claim(1);
select tests.lose_worker('poison');
select tests.claim(1);
select tests.lose_worker('poison');
select is((tests.task('poison')).claims_without_outcome, 2::smallint, 'Claims without an outcome are counted');
select tests.claim(1);
select tests.snooze('poison', p_delay_seconds => 0);
select is((tests.task('poison')).claims_without_outcome, 0::smallint, 'until there is one');

select tests.claim(1);
select tests.lose_worker('poison');
select tests.claim(1);
select tests.lose_worker('poison');
select tests.claim(1);
select tests.lose_worker('poison');
select is(tests.claim(), array['healthy'], 'The end of three workers is not given to a fourth');
select is((tests.task('poison')).error_code, 'internal', 'It has failed');
select is(tests.calls('poison'), array['ambiguous'], 'and may have been billed');
select is(
  (select reason from private.dead_letters), 'internal: 3 workers were lost with it',
  'An operator finds it, and why'
);
select tests.complete('healthy');
create temp table again as
select private.replay_dead_letter(id) as id from private.dead_letters;
select is(
  (select status from public.tasks where id = (select id from again)), 'pending',
  'and can have it done again'
);
select throws_like(
  'select private.replay_dead_letter(id) from private.dead_letters', '%could be replayed%',
  'once'
);

select * from finish();
rollback;
