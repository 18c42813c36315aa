-- Many alerts are several messages, and workers read providers' own lists of models.

set local lock_timeout = '2s';

insert into private.maintenance_jobs (job, run_every) values ('model lists', '1 day');

insert into monitoring.alert_kinds (code, severity, advice) values
  ('model_missing', 'critical', 'Look at the provider''s page of models; configure another model, or have apps choose another');

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

create or replace function private.has_due_work()
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if private.has_due_poll() or private.has_due_start() or private.has_lost_task() then
    return true;
  end if;
  if exists (
    select from private.maintenance_jobs
    where job = 'reported files' and last_run_at < now() - run_every
  ) and exists (select from private.reports where hidden_at is null) then
    return true;
  end if;
  if exists (
    select from private.maintenance_jobs
    -- The first time it waits for a worker that is woken for something else.
    where job = 'model lists' and last_run_at > '-infinity' and last_run_at < now() - run_every
  ) then
    return true;
  end if;
  return private.is_worker_out_of_touch() or private.has_files_to_remove();
end;
$$;

comment on function private.has_due_work is 'Whether a task can be started, polled or taken over now, a reported result is to be hidden, files are to be removed, lists of models are to be read, or a worker has to be in touch for one that may be lost.';

create table monitoring.missing_models (
  provider text not null,
  model text not null,
  is_default boolean not null,
  first_missed_at timestamptz not null default now(),

  constraint missing_models_pkey primary key (provider, model),
  constraint missing_models_provider_fkey foreign key (provider) references private.lanes (provider)
    on delete cascade
);

comment on table monitoring.missing_models is 'Models of ours that the provider''s own list did not have when it was last read. A list that cannot be read changes nothing here.';

comment on column monitoring.missing_models.is_default is 'Whether it is asked for where no client chooses one: an alert, used or not.';

alter table monitoring.missing_models enable row level security;

create or replace function monitoring.note_models(p_provider text, p_models jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from monitoring.missing_models as missing
  where missing.provider = p_provider
    and missing.model not in (
      select models.model
      from jsonb_to_recordset(p_models) as models (model text, is_listed boolean)
      where not models.is_listed
    );

  insert into monitoring.missing_models as missing (provider, model, is_default)
  select lanes.provider, models.model, models.is_default
  from jsonb_to_recordset(p_models) as models (model text, is_default boolean, is_listed boolean)
  join private.lanes on lanes.provider = p_provider
  where not models.is_listed
  on conflict on constraint missing_models_pkey do update set is_default = excluded.is_default;

  insert into monitoring.model_shutdowns as known (provider, model, shut_down_on, source)
  select p_provider, models.model, models.shut_down_on, 'The provider''s list of models'
  from jsonb_to_recordset(p_models) as models (model text, shut_down_on date)
  where models.shut_down_on is not null
  on conflict on constraint model_shutdowns_pkey do update
  set shut_down_on = excluded.shut_down_on, source = excluded.source
  where known.shut_down_on <> excluded.shut_down_on;
end;
$$;

comment on function monitoring.note_models is 'Keeps what a provider''s list, read just now, says of all models of ours (model, is_default, is_listed, shut_down_on): those it does not have, and when others will be shut down.';

create or replace function monitoring.models_in_use()
returns table (provider text, model text)
language sql
stable
set search_path = ''
as $$
  select distinct lanes.provider, latest.model
  from private.lanes
  cross join lateral (
    select calls.model
    from private.provider_calls as calls
    where calls.provider = lanes.provider and calls.started_at > now() - interval '1 day'
    order by calls.started_at desc
    limit 1000
  ) as latest;
$$;

comment on function monitoring.models_in_use is 'What the latest 1000 calls of a provider, within a day, were made with.';

create or replace function monitoring.find_model_shutdowns()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'model_shutdown', ends.provider || ' ' || ends.model,
    format(
      'The model is in use and %s shut down on %s',
      case when ends.shut_down_on > current_date then 'will be' else 'was' end, ends.shut_down_on
    ),
    null::timestamptz
  from monitoring.model_shutdowns as ends
  where ends.shut_down_on < current_date + monitoring.threshold('shutdown_days')::integer
    and (ends.provider, ends.model) in (
      select used.provider, used.model from monitoring.models_in_use() as used
    );
$$;

comment on function monitoring.find_model_shutdowns is 'Models that come to their end and are in use.';

create or replace function monitoring.find_missing_models()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'model_missing', missing.provider || ' ' || missing.model,
    'The provider''s own list of models does not have it', missing.first_missed_at
  from monitoring.missing_models as missing
  where missing.is_default
    or (missing.provider, missing.model) in (
      select used.provider, used.model from monitoring.models_in_use() as used
    );
$$;

comment on function monitoring.find_missing_models is 'Models that their provider does not list, and that are in use or would be.';

create or replace function monitoring.alerts()
returns table (code text, severity text, subject text, message text, since timestamptz)
language sql
stable
set search_path = ''
as $$
  with findings as (
    select * from monitoring.live_findings()
    union all
    select * from monitoring.find_disk_problems()
    union all
    select * from monitoring.find_cron_problems()
    union all
    select * from monitoring.find_maintenance_problems()
    union all
    select * from monitoring.find_access_problems()
    union all
    select * from monitoring.find_ambiguous_calls()
    union all
    select * from monitoring.find_missed_deadlines()
    union all
    select * from monitoring.find_stuck_tasks()
    union all
    select * from monitoring.find_dead_letters()
    union all
    select * from monitoring.find_model_shutdowns()
    union all
    select * from monitoring.find_missing_models()
    union all
    select * from monitoring.find_refused_users()
    union all
    select * from monitoring.find_reports()
    union all
    select * from monitoring.find_unlisted_hosts()
    union all
    select * from monitoring.find_budget_problems()
    union all
    select * from monitoring.find_spend_rate()
    union all
    select * from monitoring.find_price_drift()
    union all
    select * from monitoring.find_submit_pause()
  )
  select
    findings.code, kinds.severity, findings.subject,
    findings.what || '. ' || kinds.advice || '.', findings.since
  from findings
  join monitoring.alert_kinds as kinds on kinds.code = findings.code
  order by kinds.severity, findings.code, findings.subject;
$$;

create or replace function monitoring.alert_messages(p_alerts jsonb)
returns table (words text, alerts jsonb)
language plpgsql
immutable
set search_path = ''
as $$
declare
  -- Discord's, which takes the least: https://discord.com/developers/docs/resources/webhook
  c_most_characters constant integer := 2000;
  c_most_alerts constant integer := 10;
  v_alert jsonb;
  v_line text;
begin
  alerts := '[]';
  for v_alert in select * from jsonb_array_elements(p_alerts) loop
    v_line := format(
      '[%s] %s %s: %s',
      v_alert ->> 'severity', v_alert ->> 'code', v_alert ->> 'subject', v_alert ->> 'message'
    );
    if length(v_line) > c_most_characters then
      v_line := left(v_line, c_most_characters - 1) || '…';
    end if;
    if jsonb_array_length(alerts) = c_most_alerts
      or length(words) + 1 + length(v_line) > c_most_characters
    then
      return next;
      words := null;
      alerts := '[]';
    end if;
    words := concat_ws(E'\n', words, v_line);
    alerts := alerts || v_alert;
  end loop;
  if words is not null then
    return next;
  end if;
end;
$$;

comment on function monitoring.alert_messages is 'The alerts, in their order, as messages of at most ten and at most 2,000 characters. Only the words of an alert that is longer by itself are cut.';

create or replace function monitoring.send_alerts(p_url text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_message record;
  v_request_id bigint;
  v_count integer := 0;
begin
  for v_message in
    select messages.words, messages.alerts
    from (
      select jsonb_agg(to_jsonb(alerts) order by severity, code, subject) as alerts
      from monitoring.take_due_alerts() as alerts
    ) as due
    cross join lateral monitoring.alert_messages(due.alerts) as messages
  loop
    -- As text, because without pg_net the function is not there. All requests of the database wait
    -- for the slowest of them, those that wake the worker, too.
    execute 'select net.http_post(url => $1, body => $2, timeout_milliseconds => 5000)'
    into v_request_id
    using p_url, jsonb_build_object(
      'text', v_message.words, 'content', v_message.words, 'alerts', v_message.alerts
    );
    update monitoring.sent_alerts as sent
    set request_id = v_request_id
    from jsonb_to_recordset(v_message.alerts) as posted (code text, subject text)
    where sent.code = posted.code and sent.subject = posted.subject;
    v_count := v_count + jsonb_array_length(v_message.alerts);
  end loop;
  return v_count;
end;
$$;

comment on function monitoring.send_alerts is 'Posts alerts that are due to a webhook of Slack (text), Discord (content) or of your own (alerts), in as many messages as they need, and again what it has not taken. Needs pg_net. Returns how many alerts.';
