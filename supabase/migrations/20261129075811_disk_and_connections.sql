-- A full disk and the last connections are told of, and a lane's pause in words about what comes.

set local lock_timeout = '2s';

insert into monitoring.thresholds (name, value, meaning) values
  ('database_megabytes', 450, 'How large the database may be: the Free plan has 500 MB for it'),
  ('connections_share', 0.9, 'Share of the connections that may be in use');

insert into monitoring.alert_kinds (code, severity, advice) values
  ('disk_full', 'critical', 'Free some space, or give the database more'),
  ('connections_used', 'critical', 'Look who holds them, and end what is idle; functions take theirs from the pooler if DATABASE_URL names it');

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

create or replace function monitoring.find_lane_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'lane_paused', provider,
    case
      when paused_until = 'infinity' then 'It starts nothing until somebody ends the pause'
      when paused_until > now() then format(
        'It starts nothing for another %s s', ceil(extract(epoch from paused_until - now()))
      )
      else 'It starts one task at a time, to find out whether the provider works again'
    end || format('; failures in a row: %s', consecutive_failures),
    monitoring.failing_since(provider)
  from private.lanes
  where paused_until is not null
    and (
      (
        consecutive_failures >= private.circuit_breaker_failures()
        -- Where nobody has come since yesterday, nobody knows.
        and (paused_until > now() or monitoring.failing_since(provider) is not null)
      )
      or paused_until > now()
        + make_interval(secs => monitoring.threshold('pause_seconds')::double precision)
    );
$$;

create or replace function monitoring.find_connection_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'connections_used', 'database', format('%s of %s connections are in use', used, allowed),
    null::timestamptz
  from (
    select
      -- Everybody may read this, unlike who they are.
      (select coalesce(sum(numbackends), 0) from pg_catalog.pg_stat_database) as used,
      current_setting('max_connections')::integer
        - current_setting('superuser_reserved_connections')::integer as allowed
  ) as connections
  where used >= allowed * monitoring.threshold('connections_share');
$$;

comment on function monitoring.find_connection_problems is 'Whether the database has hardly a connection left.';

create or replace function monitoring.live_findings()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select * from monitoring.find_queue_problems()
  union all
  select * from monitoring.find_lane_problems()
  union all
  select * from monitoring.find_worker_problems()
  union all
  select * from monitoring.find_connection_problems();
$$;

create or replace function monitoring.try_disk()
returns void
language plpgsql
stable
set search_path = ''
-- So little that what follows does not fit, and is written to a file: as good as a megabyte, which is
-- gone when the statement has ended.
set work_mem = '64kB'
as $$
begin
  perform count(*) from pg_catalog.generate_series(1, 30000);
end;
$$;

comment on function monitoring.try_disk is 'Fails with disk_full where the disk has no room left. Nothing stays of what it writes.';

create or replace function monitoring.find_disk_problems()
returns setof monitoring.finding
language plpgsql
stable
set search_path = ''
as $$
declare
  v_megabytes numeric := round(pg_catalog.pg_database_size(current_database()) / 1e6);
  v_allowed numeric := monitoring.threshold('database_megabytes');
begin
  begin
    perform monitoring.try_disk();
  exception
    when disk_full then
      return next (
        'disk_full', 'disk', 'The disk is full: nothing more can be written', null
      )::monitoring.finding;
  end;
  if v_megabytes >= v_allowed then
    return next (
      'disk_full', 'database',
      format('The database has %s MB, of which it may have %s', v_megabytes, v_allowed), null
    )::monitoring.finding;
  end if;
end;
$$;

comment on function monitoring.find_disk_problems is 'Whether the disk is full, or the database has grown to what it may have: how large its disk is, no query tells.';

create or replace function monitoring.try_write()
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- A sequence has its place on the disk already.
  perform monitoring.try_disk();
  perform pg_catalog.setval('monitoring.write_check', 1);
end;
$$;

create or replace function monitoring.alerts()
returns table (code text, severity text, subject text, message text, since timestamptz)
language sql
stable
set search_path = ''
as $$
  with findings as (
    select * from monitoring.live_findings()
    union all
    select * from monitoring.find_disk_problems()
    union all
    select * from monitoring.find_cron_problems()
    union all
    select * from monitoring.find_maintenance_problems()
    union all
    select * from monitoring.find_access_problems()
    union all
    select * from monitoring.find_ambiguous_calls()
    union all
    select * from monitoring.find_missed_deadlines()
    union all
    select * from monitoring.find_stuck_tasks()
    union all
    select * from monitoring.find_dead_letters()
    union all
    select * from monitoring.find_model_shutdowns()
    union all
    select * from monitoring.find_refused_users()
    union all
    select * from monitoring.find_reports()
    union all
    select * from monitoring.find_unlisted_hosts()
    union all
    select * from monitoring.find_budget_problems()
    union all
    select * from monitoring.find_spend_rate()
    union all
    select * from monitoring.find_price_drift()
    union all
    select * from monitoring.find_submit_pause()
  )
  select
    findings.code, kinds.severity, findings.subject,
    findings.what || '. ' || kinds.advice || '.', findings.since
  from findings
  join monitoring.alert_kinds as kinds on kinds.code = findings.code
  order by kinds.severity, findings.code, findings.subject;
$$;
