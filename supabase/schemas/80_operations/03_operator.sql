-- What an operator does to many rows at once while workers are at work: locked in the order that
-- workers lock them in, so that neither waits for the other for ever.

create or replace function private.lock_lanes(p_provider text default null)
returns setof text
language plpgsql
set search_path = ''
as $$
begin
  return query
  select provider from private.lanes
  where provider = p_provider or p_provider is null
  order by provider
  for no key update;
  if not found then
    raise exception 'There is no lane %', coalesce(p_provider, 'at all');
  end if;
end;
$$;

comment on function private.lock_lanes is 'Locks a lane, or all of them, as a claim does.';

create or replace function private.pause_by_hand(p_provider text, p_until timestamptz)
returns setof text
language plpgsql
set search_path = ''
as $$
declare
  v_lanes text[] := array(select private.lock_lanes(p_provider));
begin
  return query
  update private.lanes set paused_until = p_until where provider = any (v_lanes)
  returning provider;
end;
$$;

comment on function private.pause_by_hand(text, timestamptz) is 'For the operator: starts nothing of a lane until then, and afterwards one task at a time until one succeeds; infinity: until private.end_pause. p_provider null: of all lanes. Returns their names.';

create or replace function private.pause_by_hand(p_provider text default null)
returns setof text
language plpgsql
set search_path = ''
as $$
begin
  return query select private.pause_by_hand(p_provider, 'infinity');
end;
$$;

comment on function private.pause_by_hand(text) is 'For the operator: starts nothing of a lane, or of all, until private.end_pause. Returns their names.';

create or replace function private.end_pause(p_provider text default null)
returns setof text
language plpgsql
set search_path = ''
as $$
declare
  v_lanes text[] := array(select private.lock_lanes(p_provider));
begin
  delete from private.failing_users where provider = any (v_lanes);
  update private.pools set rate_limited_until = null where provider = any (v_lanes);
  return query
  update private.lanes
  set
    paused_until = null, rate_limited_until = null, consecutive_failures = 0, failing_since = null
  where provider = any (v_lanes)
  returning provider;
end;
$$;

comment on function private.end_pause is 'For the operator: opens a lane, or all, with its pools and users, whatever paused them. Returns their names.';
