-- What can be asked for now. One answer serves all who ask an isolate within some seconds.

create or replace function private.usd_left(p_provider text, p_api_key_id uuid)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
declare
  v_day date := private.spending_day(now());
  v_month date := date_trunc('month', v_day);
begin
  return (
    -- What has no cap is null, which is not the least.
    select least(
      limits.project_usd_per_day - private.used_usd('project', '', v_day, v_day),
      limits.project_usd_per_month - private.used_usd('project', '', v_month, v_day),
      caps.provider - private.used_usd('provider', p_provider, v_day, v_day),
      caps.key - private.used_usd('key', p_api_key_id::text, v_day, v_day)
    )
    from private.limits
    left join private.lanes on lanes.provider = p_provider
    left join private.api_keys on api_keys.id = p_api_key_id
    cross join lateral (
      select
        coalesce(lanes.usd_per_day, limits.provider_usd_per_day) as provider,
        case when api_keys.id is not null then
          coalesce(api_keys.usd_per_day, limits.key_usd_per_day)
        end as key
    ) as caps
  );
end;
$$;

comment on function private.usd_left is 'What a request of a provider may cost at most so that it fits into the budgets of project, provider and API key; null: there is none. For the backend alone.';

create or replace function private.availability(
  p_api_key_id uuid,
  p_providers text[],
  p_pools text[],
  p_least_run_seconds integer[],
  p_estimates_usd numeric[]
)
returns table (availability text, start_seconds integer)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_is_paused boolean := exists (
    select from private.submit_pause where paused_since is not null
  );
begin
  return query
  with budgets as materialized (
    select lanes.provider, private.usd_left(lanes.provider, p_api_key_id) as usd_left
    from private.lanes
    where lanes.provider = any (p_providers)
  )
  select
    case
      when lanes.provider is null
        or v_is_paused
        or lanes.paused_until > clock_timestamp()
        or asked.estimate_usd > budgets.usd_left
        then 'closed'
      -- After a pause it is tried with one task at a time.
      when lanes.paused_until is not null or starts.seconds > 0 then 'busy'
      else 'open'
    end,
    -- Nobody knows when these end.
    case
      when not v_is_paused
        and lanes.paused_until is distinct from 'infinity'
        and (asked.estimate_usd > budgets.usd_left) is not true
        then ceil(starts.seconds)::integer
    end
  from unnest(p_providers, p_pools, p_least_run_seconds, p_estimates_usd) with ordinality
    as asked (provider, pool, least_run_seconds, estimate_usd, place)
  left join private.lanes on lanes.provider = asked.provider
  left join budgets on budgets.provider = asked.provider
  left join lateral (
    select private.expected_start_seconds(
      asked.provider,
      asked.pool,
      -- As private.submit_task gives it to who has nothing waiting.
      coalesce(
        (
          select max(calls.turn)
          from private.provider_calls as calls
          where calls.provider = asked.provider and calls.pool = asked.pool
        ),
        0
      ),
      1,
      asked.least_run_seconds
    ) as seconds
    where lanes.provider is not null
  ) as starts on true
  order by asked.place;
end;
$$;

comment on function private.availability is 'Whether requests can be made now, one row for each in the order asked: open, busy (it would wait, or the lane is tried after a pause) or closed (its lane is paused, by its circuit breaker or by hand, all submits are, or it fits into no budget); and in how many seconds one would start of a user who has nothing waiting, null if nobody knows.';
