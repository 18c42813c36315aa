begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(5);

select tests.clear();
select tests.submit(name) from unnest(array['canceled', 'overdue', 'third', 'fourth']) as name;
select tests.cancel('canceled');
select is(tests.queued(), array['overdue'], 'A task that is canceled before it starts passes its turn on');
select tests.pass_deadline('overdue');
select private.expire_tasks();
select is(tests.queued(), array['third'], 'So does one whose deadline passes');
select tests.cancel('fourth');
select is(tests.queued('openai_backlog'), '{}', 'One that waits has no turn to pass on');
select is(tests.queued(), array['third'], 'and the turn stays where it is');
select is(tests.claim(), array['third'], 'Nothing is lost');

select * from finish();
rollback;
