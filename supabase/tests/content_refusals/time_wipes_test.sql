begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(7);

select tests.clear();
select tests.create_user('ann');
delete from private.content_limits;
insert into private.content_limits default values;

-- So many refusals, the last of them so long ago.
create function pg_temp.refused(p_number integer, p_ago interval)
returns void
language sql
as $$
  delete from private.content_refusals;
  insert into private.content_refusals (user_id, refused_by, refused_at)
  select tests.user_id('ann'), 'moderation', now() - p_ago from generate_series(1, p_number);
$$;

select pg_temp.refused(4, '0');
select is((select exceeded_limit from tests.submit('one')), null, 'Four a day cost nothing');
select pg_temp.refused(5, '0');
select is((select retry_after_seconds from tests.submit('two')), 60, 'the fifth a minute');
select pg_temp.refused(1000, '0');
select is(
  (select retry_after_seconds from tests.submit('two')), 3600, 'and however many, an hour at most'
);
select pg_temp.refused(14, '23 hours');
select private.count_refusal(tests.user_id('ann'), 'moderation');
select is(
  private.is_blocked(tests.user_id('ann')), true, 'Fifteen within a day block the user'
);
delete from private.blocked_users;
select pg_temp.refused(14, '25 hours');
select private.count_refusal(tests.user_id('ann'), 'moderation');
select is(
  private.is_blocked(tests.user_id('ann')), false, 'What is older than a day counts no more'
);
select is((select exceeded_limit from tests.submit('three')), null, 'and slows nobody down');


select tests.create_user('bob');
insert into private.content_refusals (user_id, refused_by, refused_at)
values (tests.user_id('bob'), 'moderation', now() - interval '31 days');
select private.prune();
select is(
  (select count(*) from private.content_refusals), 15::bigint, 'A month later it is deleted'
);

select * from finish();
rollback;
