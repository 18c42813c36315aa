-- Results that are paid and lie where the worker does not fetch from.

create or replace function private.max_unlisted_hosts()
returns integer
language sql
immutable
set search_path = ''
return 20;

comment on function private.max_unlisted_hosts is 'How many unlisted hosts of a provider are kept: an operator needs a few, and a provider may name a new one each time.';

create or replace function private.record_unlisted_host(p_provider text, p_failure jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_host text := p_failure ->> 'unlisted_host';
begin
  if v_host is null then
    return;
  end if;
  insert into private.unlisted_hosts as hosts (provider, host)
  values (p_provider, v_host)
  on conflict (provider, host) do update
  set last_seen_at = excluded.last_seen_at;

  delete from private.unlisted_hosts as hosts
  where hosts.provider = p_provider
    and hosts.host in (
      select older.host
      from private.unlisted_hosts as older
      where older.provider = p_provider
      order by older.last_seen_at desc, older.host
      offset private.max_unlisted_hosts()
    );
end;
$$;

comment on function private.record_unlisted_host is 'Remembers the host to which a failed step was sent for a result, if it is not listed (unlisted_host), for monitoring.alerts.';
