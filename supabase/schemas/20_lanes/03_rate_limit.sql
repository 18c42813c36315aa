-- How many results of a lane may be started. A provider counts requests when they arrive, so a call
-- counts for a minute from when it was sent, and until then as if it were sent now.

create or replace function private.rate_limit_window()
returns interval
language sql
immutable
set search_path = ''
return interval '1 minute';

comment on function private.rate_limit_window is 'The time that results_per_minute speaks of.';

create or replace function private.results_per_minute(p_lane private.lanes)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_lane.results_per_minute is null or not p_lane.follows_rate_limit then
    return p_lane.results_per_minute;
  end if;
  return coalesce(
    (
      select results_per_minute
      from private.rate_limits
      where provider = p_lane.provider
        and told_at > clock_timestamp() - interval '1 day'
    ),
    p_lane.results_per_minute
  );
end;
$$;

comment on function private.results_per_minute is 'The limit that counts now: what the provider has named last, or that of the lane; null where the lane has none.';

create or replace function private.results_in_window(p_provider text)
returns table (leaves_at timestamptz, results integer)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
begin
  return query
  select
    coalesce(sent_at, case when outcome is null then v_now else started_at end)
      + private.rate_limit_window(),
    result_count::integer
  from private.provider_calls
  where provider = p_provider
    -- A call that waits longer to be sent is a range of the index that nobody needs to read.
    and started_at > v_now - interval '10 minutes'
    and (
      sent_at > v_now - private.rate_limit_window()
      or (sent_at is null and outcome is null)
      or (sent_at is null and started_at > v_now - private.rate_limit_window())
    );
end;
$$;

comment on function private.results_in_window is 'Results of a lane that count against its limit now, each with the time from which on it does not.';

create or replace function private.free_results(p_lane private.lanes)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  v_allowed integer := private.results_per_minute(p_lane);
  v_told record;
begin
  if v_allowed is null then
    v_allowed := 2147483647;
  else
    v_allowed := v_allowed - (
      select coalesce(sum(results), 0) from private.results_in_window(p_lane.provider)
    );
  end if;

  -- Others may use the same account.
  select remaining, told_at into v_told
  from private.rate_limits
  where provider = p_lane.provider and resets_at > clock_timestamp() and remaining is not null;
  if found then
    v_allowed := least(v_allowed, v_told.remaining - (
      select coalesce(sum(result_count), 0)
      from private.provider_calls
      where provider = p_lane.provider and started_at > v_told.told_at
    ));
  end if;
  return v_allowed;
end;
$$;

comment on function private.free_results is 'How many more results of the lane may be started now.';

create or replace function private.has_free_results(
  p_results_per_minute integer,
  p_result_count integer,
  p_free_results integer
)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- More than is left of this minute waits for the next. More than a whole minute allows starts
  -- when nothing else did.
  return p_free_results > 0
    and (
      p_result_count <= p_free_results
      or coalesce(p_free_results >= p_results_per_minute, true)
    );
end;
$$;

comment on function private.has_free_results is 'Whether what is left of the results of this minute is enough for a task.';

create or replace function private.spare_results(
  p_lane private.lanes,
  p_result_count integer,
  p_taken integer
)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  v_allowed integer := private.results_per_minute(p_lane);
  v_needed integer := least(p_result_count, v_allowed);
begin
  return (
    with leaving as (
      select
        leaves_at,
        sum(results) over (order by leaves_at) as gone,
        sum(results) over () as counted
      from private.results_in_window(p_lane.provider)
    )
    select greatest(0, coalesce(
      (
        -- When enough has left the window for the larger one, so much is over.
        select v_allowed - v_needed - (counted - gone) - p_taken
        from leaving
        where v_allowed - (counted - gone) - p_taken >= v_needed
        order by leaves_at
        limit 1
      ),
      -- It waits for what was just taken to leave, too, and so does whatever is started now.
      v_allowed - v_needed
    ))
  );
end;
$$;

comment on function private.spare_results is 'How many results smaller tasks may start at once that pass a larger one, so that it starts no later for them. p_result_count: of the larger one; p_taken: results that are started in this very moment.';

create or replace function private.record_rate_limit(p_provider text, p_rate_limit jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if jsonb_typeof(p_rate_limit) is distinct from 'object' then
    return;
  end if;
  insert into private.rate_limits as limits (
    provider, results_per_minute, remaining, resets_at, told_at
  )
  values (
    p_provider,
    nullif(greatest((p_rate_limit ->> 'limit')::integer, 0), 0),
    (p_rate_limit ->> 'remaining')::integer,
    clock_timestamp() + make_interval(secs => (p_rate_limit ->> 'reset_seconds')::double precision),
    clock_timestamp()
  )
  on conflict (provider) do update
  set
    results_per_minute = coalesce(excluded.results_per_minute, limits.results_per_minute),
    remaining = excluded.remaining,
    resets_at = excluded.resets_at,
    told_at = excluded.told_at;
end;
$$;

comment on function private.record_rate_limit is 'Keeps what a provider said of its limit: limit (results a minute), remaining, reset_seconds; what it did not say is null.';
