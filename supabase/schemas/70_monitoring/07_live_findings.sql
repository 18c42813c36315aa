-- What is wrong with queues, lanes and workers at this moment. Cheap however much there is, because
-- the health check asks for it, which everybody may call.

create or replace function monitoring.find_queue_problems()
returns setof monitoring.finding
language plpgsql
stable
set search_path = ''
as $$
declare
  v_queue record;
  v_since timestamptz;
begin
  for v_queue in select * from monitoring.queue_names() loop
    if not v_queue.is_there then
      return next (
        'queue_missing', v_queue.queue, 'The queue is missing', null
      )::monitoring.finding;
      continue;
    end if;
    v_since := monitoring.due_since(v_queue.queue);
    if v_since < monitoring.seconds_ago('queue_old_seconds') then
      return next (
        'queue_old', v_queue.queue,
        format(
          'The first task to be %s has waited for %s s',
          case v_queue.kind when 'polls' then 'polled' else 'started' end,
          monitoring.seconds_since(v_since)
        ),
        v_since
      )::monitoring.finding;
    end if;
  end loop;
end;
$$;

comment on function monitoring.find_queue_problems is 'Queues that are missing or not worked off.';

create or replace function monitoring.failing_since(p_provider text)
returns timestamptz
language sql
stable
set search_path = ''
return (
  select min(calls.finished_at)
  from private.provider_calls as calls
  where calls.provider = p_provider
    and calls.started_at > coalesce(
      (
        select max(started_at)
        from private.provider_calls
        where provider = p_provider
          and started_at > now() - interval '1 day'
          and outcome = 'succeeded'
      ),
      now() - interval '1 day'
    )
    and calls.error_code is not null
    and private.is_provider_failure(calls.error_code)
);

comment on function monitoring.failing_since is 'The first failure of a provider since its last success, within a day.';

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

comment on function monitoring.find_lane_problems is 'Lanes that rest for longer than one that is asked too often.';

create or replace function monitoring.claimable_since(p_lane private.lanes)
returns timestamptz
language sql
stable
set search_path = ''
return least(
  monitoring.due_since(private.polls_queue(p_lane.provider)),
  case
    when greatest(p_lane.paused_until, p_lane.rate_limited_until) > now() then null
    when private.free_slots(p_lane) <= 0 or private.free_results(p_lane) <= 0 then null
    when p_lane.paused_until is not null and private.half_open_slots(p_lane.provider) <= 0 then null
    else (
      select greatest(due.since, p_lane.paused_until)
      from monitoring.due_since(p_lane.provider) as due (since)
      where due.since is not null
    )
  end
);

comment on function monitoring.claimable_since is 'Since when a claim would find a task in a lane; null if it would find none.';

create or replace function monitoring.has_sign_of_worker()
returns boolean
language sql
stable
set search_path = ''
return exists (
    select from private.workers where seen_at > monitoring.seconds_ago('silent_seconds')
  )
  or exists (
    select from public.tasks
    where finished_at is null and (lease_expires_at is not null or handle is not null)
      and lease_expires_at > now()
  )
  or exists (
    select from private.provider_calls
    where provider = any (array(select lanes.provider from private.lanes))
      and started_at > monitoring.seconds_ago('silent_seconds')
  )
  or exists (
    select from public.tasks
    where finished_at > monitoring.seconds_ago('silent_seconds') and status = 'complete'
  );

comment on function monitoring.has_sign_of_worker is 'Whether a worker has done anything in the last minutes.';

create or replace function monitoring.find_worker_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    -- Always the same subject, so that one problem is not reported once for each lane.
    'worker_silent', 'worker',
    format(
      'Work is due for %s s (%s), and no worker does it',
      monitoring.seconds_since(min(due.since)), string_agg(due.provider, ', ' order by due.provider)
    ),
    min(due.since)
  from (
    select lanes.provider, monitoring.claimable_since(lanes) as since
    from private.lanes
    -- A missing queue is an alert of its own.
    where not exists (
      select from monitoring.queue_names() as names
      where names.lane = lanes.provider and not names.is_there
    )
  ) as due
  where due.since < monitoring.seconds_ago('silent_seconds')
  having count(*) > 0 and not monitoring.has_sign_of_worker();
$$;

comment on function monitoring.find_worker_problems is 'Whether there is something to do and nobody who does it.';

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

comment on function monitoring.live_findings is 'What is wrong at this moment.';
