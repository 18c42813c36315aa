begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(10);

select tests.clear();
select tests.submit(name) from unnest(array['poison', 'innocent', 'accepted']) as name;
select tests.claim();
select tests.snooze('accepted', p_delay_seconds => 0);
select tests.claim();
select tests.lose_worker(name) from unnest(array['poison', 'innocent', 'accepted']) as name;
select tests.submit('new');

select is(
  cardinality(tests.claim_once(p_held => 1)), 1, 'A worker that holds something gets what is new'
);
select is((tests.task('new')).lease, 1::bigint, 'and nothing else');
create temp table alone as select unnest(tests.claim_once()) as name;
select is((select count(*) from alone), 1::bigint, 'One that holds nothing gets one that was lost');
select is(
  (select (tests.task(name)).claimed_alone from alone), true, 'which is known to be alone'
);
insert into alone select unnest(tests.claim_once()) union select unnest(tests.claim_once());
select set_eq(
  'select name from alone', array['poison', 'innocent', 'accepted'], 'Each of them is, one after the other'
);
select is(tests.claim_once(), '{}', 'and then there is no more');

select tests.complete('innocent');
select tests.complete('accepted');
select tests.lose_worker('poison', p_called => false);
select is(tests.claim_once(), array['poison'], 'One that was lost alone is claimed again');
select is((tests.task('poison')).losses_alone::integer, 1, 'and it counts');
select tests.retry('poison');
select is(
  (select (losses_alone, claimed_alone, claims_without_outcome)::text from tests.task('poison')),
  '(0,f,0)', 'until there is an outcome'
);
select tests.show_message('poison');
select tests.submit('other', p_provider => 'flux');
select is(
  cardinality(tests.claim_once()), 2, 'From then on it is claimed with others'
);

select * from finish();
rollback;
