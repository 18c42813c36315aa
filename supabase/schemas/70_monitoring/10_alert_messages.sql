-- Alerts as messages that a chat takes.

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
