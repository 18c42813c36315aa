-- Postgres 15 is enough, lost calls are looked for, a worker is woken only for what can be done.

set local lock_timeout = '2s';

alter table monitoring.model_shutdowns add column source text;

update monitoring.model_shutdowns
set source = 'https://developers.openai.com/api/docs/deprecations'
where provider = 'openai';

-- The project's limit counts, whatever its plan allows. An operator's own stays.
update storage.buckets
set file_size_limit = null
where id in ('generated', 'reported') and file_size_limit = 256 * 1024 * 1024;

-- Called by functions in SQL only, and they are replaced below.
drop function private.forget_call(uuid);

-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.

create or replace function private.uuid_or_null(p_text text)
returns uuid
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_text ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    return p_text::uuid;
  end if;
  return null;
end;
$$;

comment on function private.uuid_or_null is 'The id that a text is, in its usual form with hyphens; null if it is none.';

create or replace function private.jsonb_or_null(p_text text)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_text::jsonb;
exception
  when data_exception or program_limit_exceeded then return null;
end;
$$;

comment on function private.jsonb_or_null is 'The JSON that a text is; null if it is none. Each call is a subtransaction.';

comment on column private.provider_calls.mark is 'What the provider''s list of its work shows of this call only; opaque to all but the adapter. null: it cannot be looked for.';

comment on column private.provider_calls.looks is 'How often it was looked for in vain after its answer was lost.';

create or replace function private.archive_orphaned_message(p_queue text, p_message_id bigint)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_message jsonb;
  v_task_id uuid;
begin
  execute format('select message from pgmq.%I where msg_id = $1', 'q_' || p_queue)
  into v_message using p_message_id;
  v_task_id := private.uuid_or_null(v_message ->> 'task_id');
  -- A second message of a task is spent; one that names none is a riddle.
  if v_message is not null and not exists (select from public.tasks where id = v_task_id) then
    perform private.dead_letter(p_queue, v_message, null, 'Names no task that is there');
  end if;
  perform pgmq.archive(p_queue, p_message_id);
end;
$$;

create or replace function private.mark_call_sent(
  p_task_id uuid,
  p_lease bigint,
  p_mark text
)
returns boolean
language plpgsql
set search_path = ''
-- As in private.submit_task.
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  v_task public.tasks;
begin
  v_task := private.lock_leased_task(p_task_id, p_lease);
  if v_task.id is null
    -- What a provider has accepted is never submitted again.
    or v_task.handle is not null
    -- It would be billed, and cut off before there is a result.
    or v_task.deadline_at
      <= clock_timestamp() + make_interval(secs => v_task.least_run_seconds)
    -- Nobody wants it any more.
    or v_task.winds_down
  then
    return false;
  end if;
  update private.provider_calls
  set sent_at = coalesce(sent_at, clock_timestamp()), mark = coalesce(p_mark, mark)
  -- One of an earlier lease is only looked for.
  where task_id = p_task_id and attempt = p_lease and outcome is null;
  return found;
end;
$$;

comment on function private.mark_call_sent(uuid, bigint, text) is 'Records that the billable request of a claimed task is sent next; false if the lease is stale, its deadline too near, the work accepted already or an earlier call looked for, and then it must not be sent. p_mark: what the call can be looked for by if its answer is lost.';

create or replace function private.mark_call_sent(p_task_id uuid, p_lease bigint)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return private.mark_call_sent(p_task_id, p_lease, null);
end;
$$;

comment on function private.mark_call_sent(uuid, bigint) is 'The same for a call that cannot be looked for, and for workers that know no marks.';

create or replace function private.may_look_for_call(p_task_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from private.provider_calls
    where task_id = p_task_id
      and outcome is null
      and handle is null
      and sent_at is not null
      and mark is not null
  );
end;
$$;

comment on function private.may_look_for_call is 'Whether a task''s open call was sent, and the provider can be asked for it although its answer was lost.';

create or replace function private.lost_call(p_task public.tasks)
returns table (mark text, sent_seconds_ago double precision)
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Only what was lost is claimed alone.
  if not p_task.claimed_alone or p_task.handle is not null then
    return;
  end if;
  return query
  select calls.mark, extract(epoch from clock_timestamp() - calls.sent_at)::double precision
  from private.provider_calls as calls
  where calls.task_id = p_task.id
    and calls.attempt < p_task.lease
    and calls.outcome is null
    and calls.sent_at is not null
    and calls.mark is not null;
end;
$$;

comment on function private.lost_call is 'The earlier call of a claimed task that is to be looked for, and not made again; none if there is none.';

create or replace function private.forget_call(p_task public.tasks)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  delete from private.provider_calls
  where task_id = p_task.id and attempt = p_task.lease and outcome is null;
  return found;
end;
$$;

comment on function private.forget_call is 'Takes a call out of the ledger that its worker says it has not made. Returns whether there was one.';

create or replace function private.erase_tasks(p_task_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_names text[] := p_task_ids::text[];
begin
  perform private.delete_messages(queues.queue, v_names)
  from (select distinct provider from public.tasks where id = any (p_task_ids)) as lanes,
    private.lane_queues(lanes.provider) as queues;
  delete from private.dead_letters
  where task_id = any (p_task_ids) or message ->> 'task_id' = any (v_names);
  -- It leads to the result, as long as the provider keeps it. The purchase stays on the books.
  update private.provider_calls set handle = null, mark = null
  where task_id = any (p_task_ids) and (handle is not null or mark is not null);
  delete from public.tasks where id = any (p_task_ids);
end;
$$;

create or replace function private.start_leases(
  p_task_ids uuid[],
  p_lease_seconds integer,
  p_alone boolean default false
)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
begin
  return query
  with claimed as (
    update public.tasks
    set
      status = case when finished_at is null then 'processing' else status end,
      claims_without_outcome = claims_without_outcome + 1,
      claimed_alone = p_alone,
      lost_at = null,
      started_at = coalesce(started_at, now()),
      lease = lease + 1,
      lease_expires_at = clock_timestamp() + make_interval(secs => p_lease_seconds)
    where id = any (p_task_ids)
    returning *
  ),
  called as (
    insert into private.provider_calls (
      task_id, attempt, provider, operation, result_count, pool, turn,
      estimate_usd, list_price_usd
    )
    select
      id, lease, provider, operation, result_count, pool, turn, estimate_usd, list_price_usd
    from claimed
    where handle is null
      -- It is looked for.
      and not exists (
        select from private.provider_calls as calls
        where calls.task_id = claimed.id and calls.outcome is null
      )
  )
  select * from claimed order by array_position(p_task_ids, id);
end;
$$;

create or replace function private.may_start_again(p_task public.tasks)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  v_lane private.lanes;
begin
  -- To ask for what was sent costs nothing.
  if p_task.handle is not null or private.may_look_for_call(p_task.id) then
    return true;
  end if;
  select * into v_lane from private.lanes where provider = p_task.provider;
  return coalesce(greatest(v_lane.paused_until, v_lane.rate_limited_until) <= now(), true)
    and (v_lane.paused_until is null or private.half_open_slots(v_lane.provider, p_task.id) > 0)
    and not exists (
      select
      from private.failing_users
      where provider = p_task.provider
        and user_id = p_task.user_id
        and paused_until > clock_timestamp()
    )
    -- It is among those under way itself.
    and private.free_slots(v_lane) >= 0
    and exists (
      select
      from private.pools
      left join private.calls_under_way(p_task.provider) as under_way
        on under_way.pool = pools.name
      where pools.provider = p_task.provider
        and pools.name = p_task.pool
        and coalesce(pools.rate_limited_until <= clock_timestamp(), true)
        and pools.max_in_flight >= coalesce(under_way.calls, 0)
    )
    and private.has_free_results(
      private.results_per_minute(v_lane), p_task.result_count, private.free_results(v_lane)
    );
end;
$$;

create or replace function private.resume_lost_task(p_task public.tasks)
returns public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks := p_task;
  v_next record;
  v_is_looked_for boolean := not p_task.winds_down and private.may_look_for_call(p_task.id);
begin
  if v_task.claimed_alone then
    update public.tasks
    set losses_alone = losses_alone + 1, claimed_alone = false
    where id = v_task.id
    returning * into v_task;
  end if;
  if v_task.handle is null and not v_is_looked_for then
    -- First, because an ambiguous call decides whether there may be another.
    perform private.abandon_call(v_task.id);
  end if;
  if v_task.winds_down then
    if v_task.handle is null then
      perform private.end_winding_down(v_task, p_counts_later => true);
      return null;
    end if;
    return v_task;
  end if;
  if private.is_blocked(v_task.user_id) then
    perform private.give_up_task(v_task, 'canceled', p_counts_later => true);
    return null;
  end if;
  v_next := private.next_state(
    v_task, v_task.handle is not null or v_is_looked_for or private.may_resubmit(v_task.id)
  );
  if v_next.state = 'retrying' and not v_is_looked_for and private.is_too_late(
    v_task, (select longest from private.recent_runs(v_task.provider, v_task.pool))
  ) then
    v_next.state := 'failed';
    v_next.error_code := 'timeout';
    v_next.detail := 'Too little time was left to start it again';
  end if;
  if v_next.state = 'failed' then
    perform private.give_up_task(
      v_task, 'failed', v_next.error_code, v_next.detail, p_counts_later => true
    );
    return null;
  end if;
  if v_task.handle is null then
    perform private.raise_reservation(v_task.id, p_counts_later => true);
  end if;
  return v_task;
end;
$$;

create or replace function private.has_due_poll()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  v_queue text;
  v_due boolean;
begin
  for v_queue in select private.polls_queue(provider) from private.lanes loop
    continue when not private.has_queue(v_queue);
    execute format(
      'select exists (select from pgmq.%I where vt <= now())', 'q_' || v_queue
    ) into v_due;
    if v_due then
      return true;
    end if;
  end loop;
  return false;
end;
$$;

comment on function private.has_due_poll is 'Whether a task that its provider has accepted is due to be polled.';

create or replace function private.has_due_start()
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_lane private.lanes;
begin
  for v_lane in select * from private.startable_lanes() loop
    continue when private.free_slots(v_lane) <= 0
      or private.free_results(v_lane) <= 0
      or (v_lane.paused_until is not null and private.half_open_slots(v_lane.provider) <= 0);
    if exists (
      select
      from private.open_pools(v_lane.provider) as pools
      cross join lateral private.waiting_tasks(
        v_lane.provider, pools.pool, private.users_held_back(v_lane), 1
      )
    ) then
      return true;
    end if;
  end loop;
  return false;
end;
$$;

comment on function private.has_due_start is 'Whether a task waits that its lane, its pool and the pauses of its user let start now.';

create or replace function private.has_lost_task()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (select from private.lost_tasks())
    -- One that nobody has noticed yet.
    or exists (
      select
      from private.provider_calls as calls
      join public.tasks on tasks.id = calls.task_id
      where calls.outcome is null
        and calls.handle is null
        and tasks.lost_at is null
        and tasks.lease_expires_at <= clock_timestamp()
    );
end;
$$;

comment on function private.has_lost_task is 'Whether a task was lost with its worker and may go on, or is to be noticed.';

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
  return private.is_worker_out_of_touch() or private.has_files_to_remove();
end;
$$;

comment on function private.has_due_work is 'Whether a task can be started, polled or taken over now, a reported result is to be hidden, files are to be removed, or a worker has to be in touch for one that may be lost.';

create or replace function private.release_task(p_task public.tasks)
returns text
language plpgsql
set search_path = ''
as $$
begin
  -- What the provider has accepted goes on. Without a call it was released before.
  if p_task.handle is null and not private.forget_call(p_task) then
    return 'released';
  end if;
  update public.tasks
  set
    claims_without_outcome = claims_without_outcome - 1,
    claimed_alone = false,
    -- What was lost before is still to be claimed alone.
    lease_expires_at = case when claims_without_outcome > 1 then clock_timestamp() end,
    lost_at = case when claims_without_outcome > 1 then clock_timestamp() end
  where id = p_task.id;
  perform pgmq.set_vt(p_task.queue, p_task.message_id, 0);
  return 'released';
end;
$$;

create or replace function private.settle_given_up_task(p_task public.tasks, p_outcome jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_failure jsonb;
begin
  case p_outcome ->> 'kind'
    when 'complete' then
      perform private.record_call(p_task, p_outcome -> 'call', 'succeeded');
    when 'snooze' then
      return private.snooze_task(p_task, p_outcome);
    when 'failure' then
      v_failure := p_outcome;
      if p_task.handle is not null
        and not coalesce((v_failure ->> 'is_final')::boolean, false)
        and v_failure ->> 'error_code' not in ('content_refused', 'invalid_input')
      then
        perform private.wait_for_next_attempt(
          p_task,
          -- A provider's words may repeat what was asked for.
          case when not p_task.is_purged then v_failure ->> 'detail' end,
          (v_failure ->> 'delay_seconds')::integer
        );
        return 'polling';
      end if;
      perform private.record_call(
        p_task, v_failure -> 'call',
        private.outcome_of_failed_call(p_task.handle is not null, v_failure),
        v_failure ->> 'error_code'
      );
    when 'release' then
      if p_task.handle is not null then
        return private.release_task(p_task);
      end if;
      perform private.forget_call(p_task);
    when 'not_found' then
      null; -- what it has cost nobody will learn
  end case;
  perform private.end_winding_down(p_task);
  return p_task.status;
end;
$$;

create or replace function private.max_looks()
returns integer
language sql
immutable
set search_path = ''
return 5;

comment on function private.max_looks is 'How often a lost call is looked for: about a minute, see private.look_later.';

create or replace function private.is_to_be_looked_for(p_task public.tasks, p_failure jsonb)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return p_task.handle is null
    and coalesce((p_failure ->> 'is_ambiguous')::boolean, false)
    and not coalesce((p_failure ->> 'is_billed')::boolean, false)
    and p_task.deadline_at > clock_timestamp()
    and private.may_look_for_call(p_task.id);
end;
$$;

comment on function private.is_to_be_looked_for is 'Whether a failed step leaves a call that is to be looked for; also a step that could not look for it.';

create or replace function private.look_later(
  p_task public.tasks,
  p_detail text
)
returns text
language plpgsql
set search_path = ''
as $$
declare
  -- 2, 4, 8, 16, 32: a minute, as what the provider has taken may be in its list late.
  v_seconds integer := (
    select 2 ^ (least(looks, private.max_looks() - 1) + 1)
    from private.provider_calls
    where task_id = p_task.id and outcome is null
  );
begin
  -- As if it was lost with its worker then: claimed alone, and never started.
  update public.tasks
  set
    claims_without_outcome = 0,
    claimed_alone = false,
    losses_alone = 0,
    last_error = p_detail,
    lost_at = clock_timestamp(),
    lease_expires_at = clock_timestamp() + make_interval(secs => v_seconds)
  where id = p_task.id;
  perform pgmq.set_vt(p_task.queue, p_task.message_id, v_seconds);
  return 'looking';
end;
$$;

comment on function private.look_later is 'Puts a task back whose call is to be looked for. The call stays open, and the task counts its estimate once.';

create or replace function private.settle_look(p_task public.tasks)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_detail text := 'Sent, and not in the list of the provider';
  v_failure jsonb := jsonb_build_object(
    'error_code', 'outcome_unknown', 'detail', v_detail, 'is_retryable', true
  );
  v_looks smallint;
  v_next record;
begin
  update private.provider_calls
  set looks = looks + 1
  where task_id = p_task.id and outcome is null and attempt < p_task.lease
  returning looks into v_looks;
  if v_looks < private.max_looks() then
    return private.look_later(p_task, v_detail);
  end if;
  perform private.record_call(p_task, '{}', 'ambiguous', 'outcome_unknown');
  v_next := private.next_state(p_task, private.may_resubmit(p_task.id), v_failure);
  if v_next.state = 'failed' then
    perform private.close_task(
      p_task.id, 'failed', p_error_code => v_next.error_code, p_detail => v_next.detail
    );
    return v_next.state;
  end if;
  perform private.raise_reservation(p_task.id);
  perform private.wait_for_next_attempt(p_task, v_detail, 0);
  return v_next.state;
end;
$$;

comment on function private.settle_look is 'Records that a lost call was looked for in vain. After the last time its outcome is unknown, and the lane says whether the task is called for again.';

create or replace function private.settle_failure(p_task public.tasks, p_outcome jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks := p_task;
  v_failure jsonb := p_outcome;
  v_error_code text := p_outcome ->> 'error_code';
  v_call_outcome text;
  v_next record;
begin
  perform private.record_unlisted_host(v_task.provider, v_failure);
  if private.is_to_be_looked_for(v_task, v_failure) then
    perform private.record_health(v_task, v_failure);
    return private.look_later(v_task, v_failure ->> 'detail');
  end if;
  if private.may_resubmit_ended(v_task, v_failure) then
    perform private.record_call(
      v_task, v_failure -> 'call', 'failed', v_failure ->> 'error_code'
    );
    v_task := private.forget_handle(v_task);
    v_failure := v_failure || '{"is_retryable": true}';
    v_next := private.next_state(v_task, private.may_resubmit(v_task.id), v_failure);
  elsif v_task.handle is not null then
    v_next := private.next_state(v_task, true, v_failure);
    -- A poll that fails says nothing about the work: its call stays open while it is polled, also
    -- past the deadline, when the task has ended and the provider has not.
    if v_next.state = 'failed' and not private.is_given_up(v_next.error_code, v_failure) then
      v_call_outcome := private.outcome_of_failed_call(
        true, v_failure || jsonb_build_object('error_code', v_next.error_code)
      );
    end if;
    perform private.record_call(
      v_task, v_failure -> 'call', v_call_outcome, v_failure ->> 'error_code'
    );
  else
    v_call_outcome := private.outcome_of_failed_call(false, v_failure);
    perform private.record_call(
      v_task, v_failure -> 'call', v_call_outcome, v_failure ->> 'error_code'
    );
    v_next := private.next_state(v_task, private.may_resubmit(v_task.id), v_failure);
  end if;

  perform private.record_health(p_task, v_failure);

  if v_next.state = 'failed' then
    perform private.close_task(
      v_task.id, 'failed', p_error_code => v_next.error_code, p_detail => v_next.detail,
      p_winds_down => private.is_under_way(v_task), p_reason => v_failure ->> 'reason'
    );
    select * into v_task from public.tasks where id = v_task.id;
    if not v_task.winds_down then
      return v_next.state;
    end if;
  else
    perform private.raise_reservation(v_task.id);
  end if;
  perform private.wait_for_next_attempt(
    v_task, v_failure ->> 'detail', (v_failure ->> 'delay_seconds')::integer,
    p_is_attempt => v_error_code <> 'provider_rate_limited'
  );
  return v_next.state;
end;
$$;

create or replace function private.settle_task(p_task_id uuid, p_lease bigint, p_outcome jsonb)
returns text
language plpgsql
set search_path = ''
-- As in private.submit_task.
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  v_task public.tasks;
  v_state text;
  v_outcome jsonb := p_outcome;
  v_is_refused boolean := coalesce(p_outcome ->> 'error_code' = 'content_refused', false);
begin
  if v_is_refused then
    perform private.lock_user(user_id) from public.tasks where id = p_task_id;
  end if;
  -- What a failure leaves refers to the user, and so does a row that is written twice, to Postgres.
  -- Who deletes the user locks that row first, and so it is here: neither waits for the other for
  -- ever.
  perform from auth.users
  where id = (select user_id from public.tasks where tasks.id = p_task_id)
  for key share;
  v_task := private.lock_leased_task(p_task_id, p_lease);
  if v_task.id is null then
    return null;
  end if;
  if v_task.claimed_alone and exists (select from private.lost_call(v_task)) then
    -- Whatever a worker makes of a look, and one that knows none: the call was sent before.
    v_outcome := v_outcome || '{"is_ambiguous": true}';
  end if;
  if v_task.winds_down then
    v_state := private.settle_given_up_task(v_task, v_outcome);
  else
    case v_outcome ->> 'kind'
      when 'complete' then v_state := private.complete_task(v_task, v_outcome);
      when 'snooze' then v_state := private.snooze_task(v_task, v_outcome);
      when 'failure' then v_state := private.settle_failure(v_task, v_outcome);
      when 'not_found' then v_state := private.settle_look(v_task);
      when 'release' then v_state := private.release_task(v_task);
    end case;
  end if;
  -- Also of what nobody waits for any more: canceling evades nothing.
  if v_is_refused and v_state not in ('retrying', 'polling', 'looking') then
    perform private.count_refusal(v_task.user_id, v_task.provider, v_task.id);
  end if;
  return v_state;
end;
$$;

comment on function private.settle_task is 'Applies the outcome of a step to a claimed task and returns the state that it reached: complete, failed, retrying, polling, looking, released or canceled; null if the lease is stale, and then nothing has changed. p_outcome: kind (complete, snooze, failure, not_found, release), call (see private.record_call), and what its kind needs.';

create or replace function private.task_of_file(p_name text)
returns uuid
language sql
stable
set search_path = ''
return private.uuid_or_null(split_part(p_name, '/', 3));

create or replace function private.stored_bytes(p_metadata jsonb, p_user_metadata jsonb)
returns numeric
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_metadata jsonb := p_metadata;
  v_size text;
begin
  -- The local Storage keeps an object as text within JSON.
  if jsonb_typeof(v_metadata) = 'string' then
    v_metadata := private.jsonb_or_null(v_metadata #>> '{}');
  end if;
  -- A number, or text.
  v_size := coalesce(v_metadata ->> 'size', v_metadata ->> 'contentLength');
  return case when v_size ~ '^[0-9]{1,18}$' then v_size::numeric else 0 end
    -- What an app tells of its file is kept in the database: up to 1 MB each.
    + coalesce(pg_column_size(p_user_metadata), 0);
end;
$$;

comment on column monitoring.model_shutdowns.source is 'Where the provider says so.';

comment on table monitoring.sent_alerts is 'What was sent when, so that it is not sent every minute, and whether it has arrived.';

comment on column monitoring.sent_alerts.sent_at is 'When it was last posted, whatever became of that.';

comment on column monitoring.sent_alerts.told_at is 'When that was posted which the webhook has last taken (2xx); null: never yet.';

comment on column monitoring.sent_alerts.request_id is 'The request of pg_net whose answer is waited for.';

comment on column monitoring.sent_alerts.tries is 'How often it was posted since it was told.';

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
  v_alerts jsonb;
  v_text text;
  v_request_id bigint;
begin
  select
    jsonb_agg(to_jsonb(alerts)),
    string_agg(format('[%s] %s %s: %s', severity, code, subject, message), E'\n')
  into v_alerts, v_text
  from monitoring.take_due_alerts() as alerts;
  if v_alerts is null then
    return 0;
  end if;
  -- As text, because without pg_net the function is not there. All requests of the database wait
  -- for the slowest of them, those that wake the worker, too.
  execute 'select net.http_post(url => $1, body => $2, timeout_milliseconds => 5000)'
  into v_request_id
  using p_url, jsonb_build_object('text', v_text, 'content', v_text, 'alerts', v_alerts);
  update monitoring.sent_alerts set request_id = v_request_id where sent_at = now();
  return jsonb_array_length(v_alerts);
end;
$$;

comment on function monitoring.send_alerts is 'Posts alerts that are due to a webhook of Slack (text), Discord (content) or of your own (alerts), and again what it has not taken. Needs pg_net. Returns how many.';

create or replace function private.wake_up_obstacle()
returns text
language plpgsql
set search_path = ''
as $$
begin
  if not private.should_wake_worker() then
    return 'enough workers are at work';
  end if;
  if not private.has_due_work() then
    return 'nothing is due';
  end if;
  return null;
end;
$$;
