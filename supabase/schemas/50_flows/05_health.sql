-- What settlements say of a provider.

create or replace function private.record_health(
  p_task public.tasks,
  p_failure jsonb default null
)
returns void
language plpgsql
set search_path = ''
set lock_timeout = '300ms'
as $$
declare
  v_retry_after_seconds integer := (p_failure -> 'call' ->> 'retry_after_seconds')::integer;
begin
  if p_task.handle is not null then
    -- A poll says nothing about what a start would meet.
    if p_failure ->> 'error_code' = 'provider_rate_limited' then
      perform private.slow_down_polls(p_task.provider, v_retry_after_seconds);
    end if;
  elsif p_failure is null then
    perform private.record_success(p_task);
  elsif (p_failure ->> 'is_own_cut')::boolean then
    -- What we ended ourselves says nothing of the provider.
    null;
  elsif p_failure ->> 'error_code' = 'provider_rate_limited' then
    perform private.record_rate_limited(
      p_task, p_failure ->> 'pause_scope', v_retry_after_seconds
    );
  else
    perform private.record_failure(p_task, p_failure ->> 'error_code', v_retry_after_seconds);
  end if;
exception
  when lock_not_available then
    -- An operator has left a transaction open. The next settlement says it again.
    raise warning 'What a task says of % is not recorded: its lane is locked', p_task.provider;
end;
$$;

comment on function private.record_health is 'Records what a settlement says of its provider: that it works (p_failure: null), fails, or is to be asked less often. A settlement does not wait for it.';
