-- Alerts for where people are: posted to a webhook by a schedule.

create table monitoring.sent_alerts (
  code text not null,
  subject text not null,
  sent_at timestamptz not null,
  seen_at timestamptz not null,

  constraint sent_alerts_pkey primary key (code, subject),
  constraint sent_alerts_code_fkey
    foreign key (code) references monitoring.alert_kinds (code) on delete cascade
);

comment on table monitoring.sent_alerts is 'What was sent when, so that it is not sent every minute.';
comment on column monitoring.sent_alerts.seen_at is 'When the alert was last there. An alert absent for ten minutes is new again.';

alter table monitoring.sent_alerts enable row level security;

create or replace function monitoring.take_due_alerts()
returns table (code text, severity text, subject text, message text, since timestamptz)
language sql
set search_path = ''
as $$
  with noted as (
    insert into monitoring.sent_alerts as sent (code, subject, sent_at, seen_at)
    select alerts.code, alerts.subject, now(), now() from monitoring.alerts() as alerts
    on conflict on constraint sent_alerts_pkey do update
    set
      seen_at = now(),
      sent_at = case
        when sent.seen_at < now() - interval '10 minutes' then now()
        when sent.sent_at <= now() - (
          select
            case kinds.severity when 'critical' then interval '1 hour' else interval '1 day' end
          from monitoring.alert_kinds as kinds
          where kinds.code = sent.code
        ) then now()
        else sent.sent_at
      end
    returning sent.code, sent.subject, sent.sent_at
  )
  select alerts.*
  from monitoring.alerts() as alerts
  join noted on noted.code = alerts.code and noted.subject = alerts.subject
  where noted.sent_at = now();
$$;

comment on function monitoring.take_due_alerts is 'Alerts due for sending; marks them as sent. New ones at once; critical ones that last again after an hour, others after a day.';

create or replace function monitoring.send_alerts(p_url text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_alerts jsonb;
  v_text text;
begin
  select
    jsonb_agg(to_jsonb(alerts)),
    string_agg(format('[%s] %s %s: %s', severity, code, subject, message), E'\n')
  into v_alerts, v_text
  from monitoring.take_due_alerts() as alerts;
  if v_alerts is null then
    return 0;
  end if;
  -- As text, because without pg_net the function is not there.
  execute 'select net.http_post(url => $1, body => $2)'
  using p_url, jsonb_build_object('text', v_text, 'content', v_text, 'alerts', v_alerts);
  return jsonb_array_length(v_alerts);
end;
$$;

comment on function monitoring.send_alerts is 'Posts alerts that are due to a webhook of Slack (text), Discord (content) or of your own (alerts). Needs pg_net. Returns how many.';
