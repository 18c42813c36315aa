-- A full disk and the last connections are told of, and a lane's pause in words about what comes.

set local lock_timeout = '2s';

insert into monitoring.thresholds (name, value, meaning) values
  ('database_megabytes', 450, 'How large the database may be: the Free plan has 500 MB for it'),
  ('connections_share', 0.9, 'Share of the connections that may be in use');

insert into monitoring.alert_kinds (code, severity, advice) values
  ('disk_full', 'critical', 'Free some space, or give the database more'),
  ('connections_used', 'critical', 'Look who holds them, and end what is idle; functions take theirs from the pooler if DATABASE_URL names it');
