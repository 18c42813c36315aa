-- A provider that says that it is asked too often. That is no failure of it.

create or replace function private.max_pause_seconds()
returns integer
language sql
immutable
set search_path = ''
return 900;

comment on function private.max_pause_seconds is 'How long a provider may have its lane paused at most, whatever it asks for: afterwards one task tries.';

create or replace function private.record_rate_limited(
  p_task public.tasks,
  p_pause_scope text,
  p_retry_after_seconds integer
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_until timestamptz := clock_timestamp() + make_interval(
    secs => least(greatest(1, coalesce(p_retry_after_seconds, 0)), private.max_pause_seconds())
  );
begin
  if p_pause_scope = 'pool' then
    update private.pools
    set rate_limited_until = greatest(rate_limited_until, v_until)
    where provider = p_task.provider and name = p_task.pool;
  else
    update private.lanes
    set rate_limited_until = greatest(rate_limited_until, v_until)
    where provider = p_task.provider;
  end if;
end;
$$;

comment on function private.record_rate_limited is 'A provider was asked too often: nothing of the lane, or of the task''s pool, is started for as long as it says. No failure, and no half-open lane afterwards.';
