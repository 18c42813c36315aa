-- What users ask for that they should not, and what they were given that they should not have been.

create or replace function monitoring.find_refused_users()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'content_refusals', refused.user_id::text,
    format(
      '%s requests were refused for their content, the last by %s; the user is blocked%s',
      refused.refusals, refused.last_refused_by, ' until ' || blocked.blocked_until
    ),
    blocked.blocked_at
  from monitoring.refused_users as refused
  join private.blocked_users as blocked on blocked.user_id = refused.user_id
  where refused.is_blocked
    and refused.refusals >= (select block_after from private.content_limits);
$$;

comment on function monitoring.find_refused_users is 'Users who were blocked for what they ask for, as long as their refusals count.';

create or replace function monitoring.find_reports()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'result_reported', task_id::text,
    format(
      'User %s has reported the result of %s by %s: %s',
      user_id, operation, provider,
      -- A user's words, in the operator's chat: they call nobody there, and are one line.
      quote_literal(regexp_replace(left(reason, 200), '[<>@[:cntrl:]]', ' ', 'g'))
    ),
    reported_at
  from monitoring.reports
  order by reported_at
  limit 100;
$$;

comment on function monitoring.find_reports is 'The oldest results that users have reported and nobody has looked at.';
