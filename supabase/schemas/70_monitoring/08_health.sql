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

create or replace function monitoring.try_write()
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pg_catalog.setval('monitoring.write_check', 1);
end;
$$;

comment on function monitoring.try_write is 'Fails where nothing can be written: in the platform''s read-only mode, with a disk that is full.';
