-- Whether a request would start in time.

create or replace function private.expected_start_seconds(
  p_provider text,
  p_pool text,
  p_turn bigint,
  p_result_count integer,
  p_least_run_seconds integer
)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
declare
  v_wait record := private.expected_wait(p_provider, p_pool, p_turn, p_result_count);
begin
  return greatest(
    v_wait.seconds, v_wait.runs * coalesce(v_wait.mean_run_seconds, p_least_run_seconds)
  );
end;
$$;

comment on function private.expected_start_seconds is 'In how many seconds a request would start, as things are now.';

create or replace function private.check_expected_start(
  p_provider text,
  p_pool text,
  p_turn bigint,
  p_result_count integer,
  p_least_run_seconds integer,
  p_time_limit_seconds integer
)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  v_time_limit interval := make_interval(secs => p_time_limit_seconds);
  v_wait record := private.expected_wait(p_provider, p_pool, p_turn, p_result_count);
  v_start numeric;
  v_latest numeric;
begin
  if v_wait.seconds = 0 and v_wait.runs = 0 then
    return null;
  end if;
  v_start := greatest(
    v_wait.seconds, v_wait.runs * coalesce(v_wait.mean_run_seconds, p_least_run_seconds)
  );
  v_latest := p_time_limit_seconds - private.seconds_needed(
    p_least_run_seconds, v_wait.longest_run_seconds, v_time_limit
  );
  if v_start > v_latest then
    return least(greatest(ceil(v_start - v_latest), 1), private.max_pause_seconds());
  end if;
  return null;
end;
$$;

comment on function private.check_expected_start is 'When to try again a request that would start too late to be done within its time limit, in seconds; null if it would not.';
