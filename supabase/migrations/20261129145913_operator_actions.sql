-- What operators do is logged, whether they do it by the route or by a command.

insert into private.retention (kind, keep) values ('operator actions', '400 days');

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

create table private.operator_actions (
  id bigint not null generated always as identity,
  acted_at timestamptz not null default clock_timestamp(),
  actor text not null,
  operator_id uuid,
  operator_email text,
  action text not null,
  request jsonb not null,
  result jsonb not null,
  subject_id uuid,

  constraint operator_actions_pkey primary key (id),
  -- No key to Auth for who acted: that stays known when the operator is gone.
  constraint operator_actions_subject_id_fkey
    foreign key (subject_id) references auth.users (id) on delete set null,
  constraint operator_actions_actor_is_known check (actor in ('operator', 'command')),
  constraint operator_actions_operator_is_named
    check ((actor = 'operator') = (operator_id is not null))
);

comment on table private.operator_actions is 'What operators did, by the route or by a command, written in the transaction that did it. Rows are added and not changed; private.retention says how long they are kept.';

comment on column private.operator_actions.actor is 'operator: somebody who is signed in and has the role. command: who has the database''s password.';

comment on column private.operator_actions.operator_email is 'As Auth had it then.';

comment on column private.operator_actions.request is 'What was asked for, without the user whom it is about.';

comment on column private.operator_actions.result is 'What it came to.';

comment on column private.operator_actions.subject_id is 'The user whom it is about. Null: nobody, or the user is deleted, and the reason with the user.';

create index operator_actions_subject_idx on private.operator_actions (subject_id)
where subject_id is not null;

alter table private.operator_actions enable row level security;

create or replace function private.delete_old(p_kind text, p_before timestamptz, p_batch integer)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_count bigint;
begin
  case p_kind
    when 'archived messages' then
      return private.delete_archived_messages(p_before, p_batch);
    when 'schedule runs' then
      if to_regclass('cron.job_run_details') is null then
        return 0;
      end if;
      -- A run that is under way has no end. One that never came to run has no start.
      delete from cron.job_run_details
      where runid = any (array(
        select runid
        from cron.job_run_details
        where end_time < p_before
        order by runid
        limit p_batch
      ));
    when 'dead letters' then
      -- One that was not replayed still waits for somebody to look at it.
      delete from private.dead_letters
      where id = any (array(
        select id from private.dead_letters
        where replayed_at < p_before
        order by id
        limit p_batch
        -- Locked: a user is being deleted, and waits for none of these.
        for update skip locked
      ));
    when 'operator actions' then
      delete from private.operator_actions
      where id = any (array(
        select id from private.operator_actions
        where acted_at < p_before
        order by id
        limit p_batch
        for update skip locked
      ));
    when 'provider calls' then
      -- Those of an unfinished task decide whether it may be submitted again.
      delete from private.provider_calls
      where id = any (array(
        select id
        from private.provider_calls
        where finished_at < p_before
          -- A range of an index: where nothing is old the ledger is not read.
          and started_at < p_before
          and provider = any (array(select lanes.provider from private.lanes))
          and not exists (
            select from public.tasks
            where tasks.id = provider_calls.task_id and tasks.finished_at is null
          )
        order by id
        limit p_batch
        for update skip locked
      ));
    when 'spending' then
      -- A cap of a month counts all of its days.
      delete from private.refused_budgets
      where period_start
        < (least(p_before, date_trunc('month', now(), 'UTC')) at time zone 'UTC')::date;
      with old as materialized (
        select scope, scope_id, day
        from private.spending
        where day < (least(p_before, date_trunc('month', now(), 'UTC')) at time zone 'UTC')::date
        limit p_batch
        for update skip locked
      )
      delete from private.spending
      where (scope, scope_id, day) in (select * from old);
    when 'spending of users' then
      with old as materialized (
        select user_id, day
        from private.user_spending
        where day < (p_before at time zone 'UTC')::date
        limit p_batch
        for update skip locked
      )
      delete from private.user_spending
      where (user_id, day) in (select * from old);
    when 'canceled tasks' then
      -- Those that have cost nothing: without parameters.
      delete from public.tasks
      where id = any (array(
        select id
        from public.tasks
        where status = 'canceled' and parameters = '{}' and finished_at < p_before
        order by finished_at
        limit p_batch
        for update skip locked
      ));
    when 'failed parameters' then
      update public.tasks
      set parameters = '{}'
      where id = any (array(
        select id
        from public.tasks
        where status = 'failed' and parameters <> '{}' and finished_at < p_before
          and private.is_settled(tasks.id)
        order by finished_at
        limit p_batch
        for update skip locked
      ));
    when 'failed tasks' then
      delete from public.tasks
      where id = any (array(
        select id
        from public.tasks
        where status = 'failed' and finished_at < p_before and private.is_settled(tasks.id)
        order by finished_at
        limit p_batch
        for update skip locked
      ));
    when 'content refusals' then
      delete from private.content_refusals
      where id = any (array(
        select id from private.content_refusals
        where refused_at < p_before
        order by id
        limit p_batch
        for update skip locked
      ));
    when 'open reports' then
      update private.reports set closed_at = now()
      where task_id = any (array(
        select task_id from private.reports
        where closed_at is null and reported_at < p_before
        order by reported_at
        limit p_batch
        for update skip locked
      ));
    when 'finished tasks' then
      -- With their images and models. Their files are orphans then, and workers remove them.
      delete from public.tasks
      where id = any (array(
        select id
        from public.tasks
        where finished_at < p_before
          and not exists (
            select from private.provider_calls
            where provider_calls.task_id = tasks.id and provider_calls.outcome is null
          )
          and not private.has_unsettled(tasks.user_id)
          and not exists (
            select from private.reports
            where reports.task_id = tasks.id and reports.closed_at is null
          )
        order by finished_at
        limit p_batch
        for update skip locked
      ));
    when 'unused inputs' then
      -- Files: workers remove them.
      return 0;
    else
      return null;
  end case;
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

create or replace function private.pause_by_hand(p_provider text, p_until timestamptz)
returns setof text
language plpgsql
set search_path = ''
as $$
declare
  v_lanes text[] := array(select private.lock_lanes(p_provider));
begin
  return query
  update private.lanes set paused_until = p_until where provider = any (v_lanes)
  returning provider;
end;
$$;

comment on function private.pause_by_hand(text, timestamptz) is 'For the operator: starts nothing of a lane until then, and afterwards one task at a time until one succeeds; infinity: until private.end_pause. p_provider null: of all lanes. Returns their names.';

create or replace function private.pause_by_hand(p_provider text default null)
returns setof text
language plpgsql
set search_path = ''
as $$
begin
  return query select private.pause_by_hand(p_provider, 'infinity');
end;
$$;

comment on function private.pause_by_hand(text) is 'For the operator: starts nothing of a lane, or of all, until private.end_pause. Returns their names.';

create or replace function private.keep_operator_actions()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  case tg_op
    when 'UPDATE' then
      -- The user is deleted: what is known of the user goes, and nothing else.
      if old.subject_id is not null and new.subject_id is null
        and not exists (select from auth.users where id = old.subject_id)
      then
        old.subject_id := null;
        old.request := old.request - 'reason';
        return old;
      end if;
    when 'DELETE' then
      if old.acted_at < now() - (
        select keep from private.retention where kind = 'operator actions'
      ) then
        return old;
      end if;
    else
      null;
  end case;
  raise exception 'private.operator_actions is a log: its rows are neither changed nor deleted'
    using hint = 'private.retention says how long they are kept.';
end;
$$;

comment on function private.keep_operator_actions is 'Refuses to change or delete what operators did, but for what is older than private.retention keeps it, and for what is known of a user who is deleted.';

create or replace trigger operator_actions_are_kept
before update or delete on private.operator_actions
for each row execute function private.keep_operator_actions();

create or replace trigger operator_actions_are_not_emptied
before truncate on private.operator_actions
for each statement execute function private.keep_operator_actions();

create or replace function private.refuse_operation(p_field text, p_words text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  raise exception using errcode = 'OP400', message = p_words, column = p_field;
end;
$$;

comment on function private.refuse_operation is 'Ends what an operator asked for, in words: which field of the request is wrong, and what is possible.';

create or replace function private.is_operator(p_user_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from auth.users
    where id = p_user_id and raw_app_meta_data ->> 'role' = 'operator'
  ) and not private.is_blocked(p_user_id);
end;
$$;

comment on function private.is_operator is 'Whether a user has the role of an operator now, whatever an older token says: by app_metadata, which users cannot write, and not by user_metadata, which they can.';

create or replace function private.find_user(p_id_or_email text)
returns table (id uuid, email text)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_ids uuid[] := array(
    select users.id
    from auth.users
    where users.id::text = lower(p_id_or_email) or lower(users.email) = lower(p_id_or_email)
    order by users.id
  );
begin
  if cardinality(v_ids) = 0 then
    perform private.refuse_operation(
      'user', format('No user has the id or e-mail address %s', p_id_or_email)
    );
  elsif cardinality(v_ids) > 1 then
    perform private.refuse_operation('user', format(
      'Several users have the e-mail address %s. Name one by id: %s',
      p_id_or_email, array_to_string(v_ids, ', ')
    ));
  end if;
  return query
  select users.id, users.email::text from auth.users where users.id = v_ids[1];
end;
$$;

comment on function private.find_user is 'The user that an operator means, by id or by e-mail address in any case. Raises OP400 if there is none, or more than one: single sign-on may give an address again.';

create or replace function private.read_future_time(p_request jsonb)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  v_until timestamptz := (p_request ->> 'until')::timestamptz;
begin
  if v_until <= now() then
    perform private.refuse_operation('until', 'Must be in the future');
  end if;
  return v_until;
end;
$$;

comment on function private.read_future_time is 'The field until of a request; null if it is not there. Raises OP400 for a time that is over.';

create or replace function private.operate_lane(p_action text, p_request jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_provider text := p_request ->> 'provider';
begin
  if not exists (select from private.lanes where provider = v_provider) then
    perform private.refuse_operation('provider', format(
      'No lane %s. There are %s',
      v_provider, (select string_agg(provider, ', ' order by provider) from private.lanes)
    ));
  end if;
  if p_action = 'pause_lane' then
    perform private.pause_by_hand(
      v_provider, coalesce(private.read_future_time(p_request), 'infinity')
    );
  else
    perform private.end_pause(v_provider);
  end if;
  return '{}';
end;
$$;

comment on function private.operate_lane is 'pause_lane, resume_lane: see private.operate.';

create or replace function private.operate_submits(p_action text, p_request jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_since timestamptz;
begin
  select paused_since into v_since from private.submit_pause for update;
  if p_action = 'resume_submits' then
    update private.submit_pause set paused_since = null where only_row;
    return jsonb_build_object('was_paused', v_since is not null);
  end if;
  update private.submit_pause
  set
    paused_since = coalesce(paused_since, now()), message = default, retry_after_seconds = default
  where only_row;
  update private.submit_pause
  set
    message = coalesce(p_request ->> 'message', message),
    retry_after_seconds = coalesce(
      (p_request ->> 'retry_after_seconds')::integer, retry_after_seconds
    )
  where only_row;
  return '{}';
end;
$$;

comment on function private.operate_submits is 'pause_submits, resume_submits: see private.operate.';

create or replace function private.operate_user(
  p_action text,
  p_user_id uuid,
  p_request jsonb
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_was_blocked boolean;
begin
  if p_action = 'block_user' then
    return jsonb_build_object('tasks_canceled', private.block_user(
      p_user_id, p_request ->> 'reason', private.read_future_time(p_request)
    ));
  end if;
  -- A statement of its own: what is asked below would not see it otherwise.
  v_was_blocked := private.unblock_user(p_user_id);
  return jsonb_build_object(
    'was_blocked', v_was_blocked, 'is_blocked', private.is_blocked(p_user_id)
  );
end;
$$;

comment on function private.operate_user is 'block_user, unblock_user: see private.operate.';

create or replace function private.set_own_caps(p_providers jsonb, p_keys jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_name text;
  v_cap text;
begin
  if p_providers is not null then
    -- In the order of workers, before any is changed.
    perform private.lock_lanes();
  end if;
  for v_name, v_cap in select * from jsonb_each_text(p_providers) loop
    update private.lanes set usd_per_day = v_cap::numeric where provider = v_name;
    if not found then
      perform private.refuse_operation(
        'providers', format('No lane %s, and nothing was changed', v_name)
      );
    end if;
  end loop;
  for v_name, v_cap in select * from jsonb_each_text(p_keys) loop
    update private.api_keys set usd_per_day = v_cap::numeric where prefix = v_name;
    if not found then
      perform private.refuse_operation(
        'keys', format('No key begins with %s, and nothing was changed', v_name)
      );
    end if;
  end loop;
end;
$$;

comment on function private.set_own_caps is 'Sets caps in USD of a day of single providers and API keys, by name and by prefix. null: the one for all of them.';

create or replace function private.set_budgets(p_request jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  if p_request = '{}' then
    perform private.refuse_operation('', 'Nothing is to be changed: name a budget');
  end if;
  update private.limits
  set (
    project_usd_per_day, project_usd_per_month, provider_usd_per_day, key_usd_per_day
  ) = (
    select
      changed.project_usd_per_day, changed.project_usd_per_month, changed.provider_usd_per_day,
      changed.key_usd_per_day
    -- A field that is not there leaves its column as it is; null takes the cap away.
    from jsonb_populate_record(limits, p_request) as changed
  )
  where only_row;
  perform private.set_own_caps(p_request -> 'providers', p_request -> 'keys');
  return '{}';
end;
$$;

comment on function private.set_budgets is 'Sets caps in USD: all that the request names, or none. See private.operate.';

create or replace function private.do_operation(
  p_action text,
  p_subject_id uuid,
  p_request jsonb
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return case
    when p_action in ('pause_lane', 'resume_lane')
      then private.operate_lane(p_action, p_request)
    when p_action in ('pause_submits', 'resume_submits')
      then private.operate_submits(p_action, p_request)
    when p_action in ('block_user', 'unblock_user')
      then private.operate_user(p_action, p_subject_id, p_request)
    when p_action = 'set_budgets' then private.set_budgets(p_request)
  end;
end;
$$;

comment on function private.do_operation is 'The work of private.operate. Null for an unknown action.';

create or replace function private.operate(
  p_operator_id uuid,
  p_action text,
  p_request jsonb,
  out is_operator boolean,
  out id bigint,
  out result jsonb
)
language plpgsql
set search_path = ''
as $$
declare
  v_subject_id uuid;
begin
  is_operator := p_operator_id is null or private.is_operator(p_operator_id);
  if not is_operator then
    return;
  end if;
  if p_request ? 'user' then
    select found.id into v_subject_id from private.find_user(p_request ->> 'user') as found;
  end if;
  if v_subject_id = p_operator_id and p_action = 'block_user' then
    perform private.refuse_operation('user', 'This is you: nobody blocks themselves');
  end if;
  result := private.do_operation(p_action, v_subject_id, p_request);
  if result is null then
    perform private.refuse_operation('action', format('There is no action %s', p_action));
  end if;
  insert into private.operator_actions
    (actor, operator_id, operator_email, action, request, result, subject_id)
  values (
    case when p_operator_id is null then 'command' else 'operator' end,
    p_operator_id, (select users.email from auth.users where users.id = p_operator_id),
    p_action, p_request - 'user', result, v_subject_id
  )
  returning operator_actions.id into operate.id;
end;
$$;

comment on function private.operate is 'Does what an operator asks for, and logs it in private.operator_actions, or raises OP400 (see private.refuse_operation). p_operator_id: the signed-in operator, who must have the role now, or else is_operator is false and nothing is done; null for commands, whose database password says it all. p_action: pause_lane, resume_lane (provider, until), pause_submits, resume_submits (message, retry_after_seconds), block_user, unblock_user (user, reason, until), set_budgets (caps by the columns of private.limits; providers, keys).';
