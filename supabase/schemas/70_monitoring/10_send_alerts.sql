-- Alerts for where people are: posted to a webhook by a schedule.

create table monitoring.sent_alerts (
  code text not null,
  subject text not null,
  sent_at timestamptz not null,
  seen_at timestamptz not null,
  told_at timestamptz,
  request_id bigint,
  tries smallint not null default 0,

  constraint sent_alerts_pkey primary key (code, subject),
  constraint sent_alerts_code_fkey
    foreign key (code) references monitoring.alert_kinds (code) on delete cascade,
  constraint sent_alerts_tries_is_counted check (tries >= 0)
);

comment on table monitoring.sent_alerts is 'What was sent when, so that it is not sent every minute, and whether it has arrived.';
comment on column monitoring.sent_alerts.sent_at is 'When it was last posted, whatever became of that.';
comment on column monitoring.sent_alerts.seen_at is 'When the alert was last there. An alert absent for ten minutes is new again.';
comment on column monitoring.sent_alerts.told_at is 'When that was posted which the webhook has last taken (2xx); null: never yet.';
comment on column monitoring.sent_alerts.request_id is 'The request of pg_net whose answer is waited for.';
comment on column monitoring.sent_alerts.tries is 'How often it was posted since it was told.';

alter table monitoring.sent_alerts enable row level security;

create or replace function monitoring.settle_deliveries()
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_has_answers boolean := to_regclass('net._http_response') is not null;
  v_delivery record;
  v_status integer;
  v_is_answered boolean;
begin
  for v_delivery in
    select distinct request_id, sent_at from monitoring.sent_alerts where request_id is not null
  loop
    v_status := case when not v_has_answers then 200 end; -- nobody knows
    v_is_answered := not v_has_answers;
    if v_has_answers then
      -- As text, because without pg_net the table is not there. No status: no connection, or no
      -- answer in time.
      execute 'select status_code, true from net._http_response where id = $1'
      into v_status, v_is_answered
      using v_delivery.request_id;
    end if;
    -- pg_net forgets what it was to send, and what was answered, when the database crashes.
    continue when v_is_answered is null and v_delivery.sent_at > now() - interval '5 minutes';
    update monitoring.sent_alerts
    set
      request_id = null,
      told_at = case when v_status between 200 and 299 then sent_at else told_at end,
      tries = case when v_status between 200 and 299 then 0 else tries end
    where request_id = v_delivery.request_id;
  end loop;
end;
$$;

comment on function monitoring.settle_deliveries is 'Notes of what was posted whether the webhook has taken it.';

create or replace function monitoring.is_alert_due(p_sent monitoring.sent_alerts)
returns boolean
language sql
stable
set search_path = ''
return p_sent.request_id is null
  and (
    p_sent.told_at is null
    or p_sent.told_at <= now() - (
      select case kinds.severity when 'critical' then interval '1 hour' else interval '1 day' end
      from monitoring.alert_kinds as kinds
      where kinds.code = p_sent.code
    )
  )
  -- A webhook that is away is tried again after 1, 2, 4, 8 and then every 10 minutes; the schedule
  -- is not exact to the second.
  and (
    p_sent.tries = 0
    or p_sent.sent_at <= now()
      - make_interval(secs => 60 * least(2 ^ (least(p_sent.tries, 10) - 1), 10) - 10)
  );

comment on function monitoring.is_alert_due is 'Whether an alert that is there is to be posted now: it was not told yet, or so long ago that it is told again.';

create or replace function monitoring.take_due_alerts()
returns table (code text, severity text, subject text, message text, since timestamptz)
language plpgsql
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform monitoring.settle_deliveries();
  return query
  with current_alerts as materialized (
    select * from monitoring.alerts()
  ),
  noted as (
    insert into monitoring.sent_alerts as sent (code, subject, sent_at, seen_at, tries)
    select current_alerts.code, current_alerts.subject, now(), now(), 1 from current_alerts
    on conflict on constraint sent_alerts_pkey do update
    set
      seen_at = now(),
      told_at = case when sent.seen_at >= now() - interval '10 minutes' then sent.told_at end,
      request_id = case when sent.seen_at >= now() - interval '10 minutes' then sent.request_id end,
      sent_at = case
        when sent.seen_at < now() - interval '10 minutes' or monitoring.is_alert_due(sent)
          then now()
        else sent.sent_at
      end,
      tries = case
        when sent.seen_at < now() - interval '10 minutes' then 1
        when monitoring.is_alert_due(sent) then least(sent.tries + 1, 100)
        else sent.tries
      end
    returning sent.code, sent.subject, sent.sent_at
  )
  select current_alerts.*
  from current_alerts
  join noted on noted.code = current_alerts.code and noted.subject = current_alerts.subject
  where noted.sent_at = now();
end;
$$;

comment on function monitoring.take_due_alerts is 'Alerts due for sending; marks them as sent. New ones at once; critical ones that last again after an hour, others after a day. What the webhook has not taken is due again.';

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
