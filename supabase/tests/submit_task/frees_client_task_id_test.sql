begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(9);

select tests.clear();
select tests.submit('cat');

select is(
  (select replayed from tests.submit('cat', p_operation => 'sketch-to-image')), false,
  'The same client_task_id serves another operation'
);
select is(
  (select replayed from tests.submit('cat', p_user => 'bob')), false,
  'and another user'
);
select is(
  (select count(*)::integer from public.tasks), 3,
  'These are tasks of their own'
);
select set_eq(
  $$
    select id from tests.submit('cat')
    union all
    select id from tests.submit('cat', p_operation => 'sketch-to-image')
    union all
    select id from tests.submit('cat', p_user => 'bob')
  $$,
  'select id from public.tasks',
  'and each request again finds its own'
);

select tests.submit('failing');
select tests.claim();
select tests.fail('failing');
select is(
  (select replayed from tests.submit('failing')), false,
  'A failed task frees its client_task_id'
);
select tests.claim();
select tests.complete('failing');
select is(
  (select replayed from tests.submit('failing')), true,
  'A complete one keeps it'
);

select tests.submit('canceling');
update public.tasks set status = 'canceled', finished_at = now(), message_id = null
where client_task_id = 'canceling';
select is(
  (select replayed from tests.submit('canceling')), false,
  'A canceled task frees its client_task_id'
);
select is(
  (
    select array_agg(status order by message_id nulls first)
    from public.tasks
    where client_task_id = 'canceling'
  ),
  array['canceled', 'pending'],
  'The task of before stays as it was'
);
select is(
  (select replayed from tests.submit('canceling')), true,
  'and the new one holds the client_task_id again'
);

select * from finish();
rollback;
