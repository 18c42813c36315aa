begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select plan(8);

select tests.clear();
select is(tests.alerts(), '{}', 'There is room, and there are connections');

update monitoring.thresholds set value = 1 where name = 'database_megabytes';
select is(tests.alerts(), array['disk_full database'], 'The database is larger than it may be');
select matches(
  (select message from monitoring.alerts()),
  '^The database has \d+ MB, of which it may have 1\. Free some space', 'how large it is'
);
select is(problems, '{}', 'Health is not asked for it: nothing is refused') from monitoring.health();
update monitoring.thresholds set value = 1e9 where name = 'database_megabytes';

update monitoring.thresholds set value = 0 where name = 'connections_share';
select is(tests.alerts(), array['connections_used database'], 'Hardly a connection is left');
select matches(
  (select message from monitoring.alerts()),
  '^\d+ of \d+ connections are in use\. Look who holds them', 'how many there are'
);
select is(problems, array['connections_used'], 'and health tells it') from monitoring.health();
update monitoring.thresholds set value = 0.9 where name = 'connections_share';

set local temp_file_limit = 0;
select throws_ok(
  'select monitoring.try_write()', '53400', null,
  'What writes for a try writes to the disk: where it may not, it fails'
);

select * from finish();
rollback;
