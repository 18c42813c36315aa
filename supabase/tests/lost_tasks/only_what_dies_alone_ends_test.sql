begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(12);

-- Lost with its worker so often, together with others or alone.
create function pg_temp.lose(p_name text, p_times integer, p_called boolean)
returns void
language plpgsql
as $$
begin
  for i in 1..p_times loop
    perform tests.lose_worker(p_name, p_called);
    perform tests.claim_once();
  end loop;
end;
$$;

select tests.clear();
select tests.submit(name) from unnest(array['poison', 'innocent']) as name;
select tests.claim();
select tests.lose_worker('innocent', p_called => false);
select tests.claim_once();
select tests.complete('innocent');
select pg_temp.lose('poison', 3, false);
select is((tests.task('poison')).status, 'processing', 'Lost once in company and twice alone');
select pg_temp.lose('poison', 1, false);
select is((tests.task('poison')).error_code, 'internal', 'Lost three times alone it ends');
select is(
  tests.calls('poison'), array['failed', 'failed', 'failed', 'failed'], 'and was never paid for'
);
select is(
  (select reason from private.dead_letters), 'internal: 3 workers were lost with it alone',
  'An operator finds it, and why'
);
select is((tests.task('innocent')).status, 'complete', 'Who was lost with it once goes on');
create temp table again as
select private.replay_dead_letter(id) as id from private.dead_letters;
select is(
  (select status from public.tasks where id = (select id from again)), 'pending',
  'An operator can have it done again'
);
select throws_like(
  'select private.replay_dead_letter(id) from private.dead_letters', '%could be replayed%', 'once'
);

select tests.clear();
select tests.submit('sent');
select tests.claim();
select pg_temp.lose('sent', 2, true);
select is(
  (tests.task('sent')).error_code, 'outcome_unknown',
  'What may have been paid for twice ends as that'
);

select tests.clear();
select tests.submit('accepted');
select tests.claim();
select tests.snooze('accepted', p_delay_seconds => 0);
select tests.claim();
select pg_temp.lose('accepted', 4, false);
select is((tests.task('accepted')).losses_alone::integer, 2, 'Accepted work may be the end of workers, too');
select is((tests.task('accepted')).status, 'processing', 'but what is paid is never ended for it');
update public.tasks
set lease_expires_at = clock_timestamp() - private.rest_after_losses(3) - interval '1 second';
select is(tests.claim_once(), array['accepted'], 'It is polled again');
select is(
  array[private.rest_after_losses(2), private.rest_after_losses(3), private.rest_after_losses(5), private.rest_after_losses(99)],
  array['0 s', '15 s', '60 s', '300 s']::interval[], 'more and more rarely'
);

select * from finish();
rollback;
