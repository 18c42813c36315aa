begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(8);

select tests.clear();
select private.add_lane('another', p_max_in_flight => 10);
select tests.submit('here');
select tests.submit('there', p_provider => 'another');

update private.lanes set paused_until = now() + interval '1 second' where provider = 'openai';
select is(tests.claim(), array['there'], 'While a lane is paused the other goes on');
select is((tests.task('here')).status, 'pending', 'What is in the paused lane waits');
select is(tests.queued(), array['here'], 'with its message');
select is(tests.hidden_seconds('here') <= 0, true, 'which is not even hidden');

update private.lanes set paused_until = now() where provider = 'openai';
select is(tests.claim(), array['here'], 'The pause ends by itself');

update private.lanes set max_in_flight = 1 where provider = 'openai';
select tests.submit('here too');
select tests.submit('there too', p_provider => 'another');
select is(tests.claim(), array['there too'], 'A full lane does not stop the other');

update private.lanes set max_in_flight = 9, results_per_minute = 1 where provider = 'openai';
select tests.submit('there again', p_provider => 'another');
select is(tests.claim(), array['there again'], 'nor does one whose minute is used up');

update private.lanes set results_per_minute = null where provider = 'openai';
select tests.submit('and there', p_provider => 'another');
select is(tests.claim(1), array['and there'], 'The limit of the worker is one for all lanes');

select * from finish();
rollback;
