-- What an alert of a paused lane advises, said also of one that was paused by hand.

set local lock_timeout = '2s';

update monitoring.alert_kinds
set advice = 'Look at the provider''s status page; if it works, open the lane: deno task lanes resume'
where code = 'lane_paused';

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
        'It starts nothing for another %s s, then one task at a time',
        ceil(extract(epoch from paused_until - now()))
      )
      else 'It starts one task at a time, to find out whether the provider works again'
    end
      -- A pause by hand needs no failure.
      || case
        when consecutive_failures > 0 then format('; failures in a row: %s', consecutive_failures)
        else ''
      end,
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
