begin;
create extension if not exists pgtap with schema extensions;
set search_path = public, extensions;
select * from no_plan();

select tests.clear();

-- Whatever a provider answers for work that was purged meanwhile, alone or with its user.
create temp table outcomes (name text, outcome jsonb);
insert into outcomes values
  ('results', '{"kind": "complete", "asset_urls": ["https://files/0.png"], "call": {"cost_usd": 0.1}}'),
  ('content', '{"kind": "failure", "error_code": "content_refused", "detail": "A red cube", "call": {}}'),
  ('input', '{"kind": "failure", "error_code": "invalid_input", "detail": "A red cube", "call": {}}'),
  ('trouble', '{"kind": "failure", "error_code": "provider_unavailable", "is_retryable": true, "detail": "A red cube", "delay_seconds": 5, "call": {}}'),
  ('its last word', '{"kind": "failure", "error_code": "provider_unavailable", "is_final": true, "detail": "A red cube", "call": {}}'),
  ('no key', '{"kind": "failure", "error_code": "provider_auth", "is_final": true, "detail": "A red cube", "call": {}}'),
  ('not yet', '{"kind": "snooze", "handle": "job", "delay_seconds": 5, "call": {}}'),
  ('given back', '{"kind": "release"}');

create function pg_temp.settled(p_outcome jsonb, p_is_accepted boolean, p_with_user boolean)
returns text
language plpgsql
as $$
declare
  v_name text := gen_random_uuid();
  v_task public.tasks;
  v_state text;
begin
  perform tests.submit(v_name, p_user => v_name);
  perform tests.claim();
  perform tests.mark_call_sent(v_name);
  if p_is_accepted then
    perform tests.snooze(v_name, 'job', 0);
    perform tests.look_through_polls();
    perform tests.claim();
  end if;
  v_task := tests.task(v_name);
  if p_with_user then
    delete from auth.users where id = v_task.user_id;
  else
    perform private.purge_task(v_task.user_id, v_task.id);
  end if;
  v_state := private.settle_task(v_task.id, v_task.lease, p_outcome);
  -- Where the provider is still at it, nothing says what was asked for.
  return (
    select coalesce(max(case when to_jsonb(tasks)::text ~ 'red cube' then 'told' else 'hidden' end), 'erased')
    from public.tasks
    where id = v_task.id
  );
end;
$$;

select is(
  pg_temp.settled(outcome, is_accepted, with_user),
  case
    when name = 'not yet' or is_accepted and name in ('trouble', 'given back') then 'hidden'
    else 'erased'
  end,
  format(
    '%s for %s work that was purged%s', name, case when is_accepted then 'accepted' else 'called' end,
    case when with_user then ' with its user' else '' end
  )
)
from outcomes, (values (false), (true)) as a (is_accepted), (values (false), (true)) as b (with_user);

select * from finish();
rollback;
