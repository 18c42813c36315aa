-- What the health check asks.

create or replace function monitoring.health()
returns table (postgres text, pgmq text, broken text[], problems text[])
language sql
stable
set search_path = ''
as $$
  with findings as materialized (select * from monitoring.live_findings())
  select
    current_setting('server_version'),
    (select extversion from pg_catalog.pg_extension where extname = 'pgmq'),
    array(
      select distinct code from findings
      where code = 'queue_missing'
        or code = 'worker_silent' and since < monitoring.seconds_ago('unserved_seconds')
      order by code
    ),
    array(
      select code from findings
      union
      -- At once, not only when it has lasted for too long.
      select 'submits_paused' from private.submit_pause where paused_since is not null
      order by code
    );
$$;

comment on function monitoring.health is 'For the health check: codes of what is wrong, and of that what means that nothing works. No names, no numbers: everybody may read it.';

create sequence monitoring.write_check;

comment on sequence monitoring.write_check is 'Written by the health check. A sequence is one row in one place: nothing grows, and nothing waits.';

create or replace function monitoring.try_disk()
returns void
language plpgsql
stable
set search_path = ''
-- So little that what follows does not fit, and is written to a file: as good as a megabyte, which
-- is gone when the statement has ended.
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

comment on function monitoring.try_write is 'Fails where nothing can be written: in the platform''s read-only mode, with a disk that is full.';
