begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(8);

create function pg_temp.alerts(p_count integer, p_length integer)
returns jsonb
language sql
return (
  select jsonb_agg(
    jsonb_build_object(
      'severity', 'warning', 'code', 'c', 'subject', n,
      'message', repeat('ä', p_length - length(format('[warning] c %s: ', n)))
    )
    order by n
  )
  from generate_series(101, 100 + p_count) as n
);

select is_empty('select * from monitoring.alert_messages(null)', 'Nothing is no message');
select results_eq(
  'select jsonb_array_length(alerts) from monitoring.alert_messages(pg_temp.alerts(21, 50))',
  array[10, 10, 1], 'Ten fit into one'
);
select results_eq(
  'select length(words) from monitoring.alert_messages(pg_temp.alerts(4, 999))',
  array[1999, 1999], 'as far as their characters do'
);
select results_eq(
  'select jsonb_array_length(alerts) from monitoring.alert_messages(pg_temp.alerts(3, 1000))',
  array[1, 1, 1], 'to the last'
);
select results_eq(
  'select length(words) from monitoring.alert_messages(pg_temp.alerts(2, 2000))',
  array[2000, 2000], 'One may fill a message'
);
select results_eq(
  $$ select length(words), right(words, 1) from monitoring.alert_messages(pg_temp.alerts(1, 2001)) $$,
  $$ values (2000, '…') $$, 'or be cut to one'
);
select results_eq(
  'select alerts from monitoring.alert_messages(pg_temp.alerts(1, 2001))',
  'select pg_temp.alerts(1, 2001)', 'with all of it as data'
);
select is(
  (
    select jsonb_agg(alert order by page, place)
    from monitoring.alert_messages(pg_temp.alerts(25, 300)) with ordinality as message (words, alerts, page),
      jsonb_array_elements(alerts) with ordinality as each (alert, place)
  ),
  pg_temp.alerts(25, 300), 'None is left out, or told twice'
);

select * from finish();
rollback;
