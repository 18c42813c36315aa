-- Statements that no copy of a source can replace, such as `alter table` (with
-- `set local lock_timeout = '2s';` before it, so that it never blocks the project for long):

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

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
