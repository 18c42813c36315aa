-- The vocabulary of the tests. Tasks and users go by name: a task's name is its client_task_id. Run
-- once, before the tests; each test then works in a transaction that is rolled back.

create extension if not exists pgtap with schema extensions;

create schema if not exists tests;
grant usage on schema tests to anon, authenticated, service_role;

-- Keeps workers and jobs out for the rest of the transaction, which takes their rows in an order of its
-- own. It holds nothing while it waits for what is under way: so nobody waits for each other.
create or replace function tests.keep_others_out()
returns void
language plpgsql
as $$
declare
  v_tables text := (
    select string_agg(oid::regclass::text, ', ')
    from pg_class
    where relkind in ('r', 'p')
      and (relnamespace::regnamespace::text in ('private', 'monitoring', 'public', 'pgmq')
        or oid = 'auth.users'::regclass)
  );
begin
  loop
    begin
      execute format('lock table %s in exclusive mode nowait', v_tables);
      return;
    exception when lock_not_available then
      perform pg_sleep(0.01);
    end;
  end loop;
end;
$$;

-- Leaves no task, message or call of others in the way of a test, and lanes with plenty of room.
create or replace function tests.clear()
returns void
language plpgsql
as $$
declare
  v_queue text;
begin
  perform tests.keep_others_out();
  update private.lanes
  set max_in_flight = 100, results_per_minute = null, polls_per_second = null, paused_until = null,
    rate_limited_until = null, consecutive_failures = 0, failing_since = null,
    max_ambiguous_retries = 1;
  update private.pools
  set max_in_flight = 100, rate_limited_until = null, mean_run_seconds = null,
    longest_run_seconds = null;
  perform tests.look_through_polls();
  update private.poll_pacing set next_poll_at = '-infinity';
  delete from private.rate_limits;
  delete from private.failing_users;
  update private.plans
  set
    images_per_day = null, models_per_day = null, usd_per_day = null, submits_per_minute = null,
    active_tasks = null;
  update private.limits
  set
    project_usd_per_day = null, project_usd_per_month = null, provider_usd_per_day = null,
    key_usd_per_day = null, key_submits_per_minute = null;
  delete from private.user_spending;
  delete from private.spending;
  delete from private.spending_stripes;
  delete from private.spending_changes;
  delete from private.refused_budgets;
  update private.submit_pause set paused_since = null;
  update private.content_limits set slow_after = null, block_after = null;
  delete from private.content_refusals;
  delete from private.blocked_users;
  delete from private.provider_calls;
  delete from private.dead_letters;
  delete from private.workers;
  update private.worker_contact set last_contact_at = now(), grace_until = '-infinity';
  delete from private.key_submits;
  delete from monitoring.sent_alerts;
  delete from monitoring.missing_models;
  delete from public.tasks;
  delete from public.input_assets;
  -- Those of the tasks, too.
  delete from private.files_to_remove;
  for v_queue in select queue_name from pgmq.list_queues() loop
    execute format('delete from pgmq.%I', 'q_' || v_queue);
    execute format('delete from pgmq.%I', 'a_' || v_queue);
  end loop;
end;
$$;

-- Lets the next claim read the queues of polls from their beginning, as it does every few seconds.
create or replace function tests.look_through_polls()
returns void
language sql
as $$
  update private.poll_pacing set due_from = '-infinity', looked_through_at = '-infinity';
$$;

create or replace function tests.user_id(p_name text)
returns uuid
language sql
immutable
return md5(p_name)::uuid;

create or replace function tests.create_user(p_name text)
returns uuid
language sql
as $$
  insert into auth.users (id, aud, role, email)
  values (
    tests.user_id(p_name), 'authenticated', 'authenticated', p_name || '@tests.example.com'
  )
  on conflict do nothing;
  select tests.user_id(p_name);
$$;

-- From here on as the Data API would, with the user's token; `reset role` ends it.
create or replace function tests.act_as(p_name text)
returns void
language plpgsql
as $$
declare
  v_user_id uuid := tests.user_id(p_name);
begin
  perform set_config('request.jwt.claim.sub', v_user_id::text, true);
  perform set_config(
    'request.jwt.claims',
    jsonb_build_object('sub', v_user_id, 'role', 'authenticated')::text,
    true
  );
  perform set_config('role', 'authenticated', true);
end;
$$;

create or replace function tests.submit(
  p_name text,
  p_results integer default 1,
  p_user text default 'ann',
  p_provider text default 'openai',
  p_operation text default 'text-to-image',
  p_parameters jsonb default '{"prompt": "A cat"}',
  p_output text default 'image',
  p_api_key_id uuid default null,
  p_max_call_seconds integer default 0,
  p_input_bytes bigint default 0,
  p_pool text default null,
  p_least_run_seconds integer default 0,
  p_estimate_usd numeric default 0,
  p_plan text default 'default',
  p_model text default null,
  p_is_dry_run boolean default false,
  p_traceparent text default null
)
returns table (
  id uuid, status text, replayed boolean, conflicts text[], wake boolean,
  exceeded_limit text, allowed numeric, retry_after_seconds integer, used numeric,
  resets_at timestamptz, plan_violation jsonb, pause_message text,
  expected_start_seconds integer
)
language plpgsql
as $$
begin
  perform tests.create_user(p_user);
  return query
  select *
  from private.submit_task(
    p_user_id => tests.user_id(p_user),
    p_client_task_id => p_name,
    p_operation => p_operation,
    p_provider => p_provider,
    p_parameters => p_parameters,
    p_output => p_output,
    p_result_count => p_results,
    p_time_limit_seconds => 600,
    p_request_id => 'request-of-' || p_name,
    p_input_bytes => p_input_bytes,
    p_api_key_id => p_api_key_id,
    p_max_call_seconds => p_max_call_seconds,
    p_pool => coalesce(p_pool, (
      select min(name) from private.pools where pools.provider = p_provider
    )),
    p_least_run_seconds => p_least_run_seconds,
    p_estimate_usd => p_estimate_usd,
    p_plan => p_plan,
    p_model => p_model,
    p_is_dry_run => p_is_dry_run,
    p_traceparent => p_traceparent
  );
end;
$$;

-- The task of that name; the newest if the name was used again.
create or replace function tests.task(p_name text)
returns public.tasks
language sql
stable
as $$
  select * from public.tasks where client_task_id = p_name order by created_at desc, message_id desc nulls last limit 1;
$$;

-- What workers do once a second, and one claim: the names of the tasks it gives, in order.
create or replace function tests.claim_once(
  p_limit integer default 10,
  p_held integer default 0,
  p_worker_id uuid default null,
  p_life_seconds integer default null,
  p_free_bytes bigint default null
)
returns text[]
language plpgsql
as $$
begin
  perform private.recover_tasks();
  return (
    select coalesce(array_agg(client_task_id order by ordinality), '{}')
    from private.claim_tasks(
      p_limit, p_limit, 15, p_worker_id, p_held, p_life_seconds, p_free_bytes
    ) with ordinality
  );
end;
$$;

-- Claims as a worker does, again and again until it has enough or there is no more.
create or replace function tests.claim(p_limit integer default 10)
returns text[]
language plpgsql
as $$
declare
  v_names text[] := '{}';
  v_more text[];
begin
  loop
    v_more := tests.claim_once(p_limit - cardinality(v_names));
    exit when v_more = '{}';
    v_names := v_names || v_more;
  end loop;
  return v_names;
end;
$$;

create or replace function tests.mark_call_sent(
  p_name text,
  p_lease bigint default null,
  p_mark text default null
)
returns boolean
language plpgsql
as $$
declare
  v_task public.tasks := tests.task(p_name);
begin
  return private.mark_call_sent(v_task.id, coalesce(p_lease, v_task.lease), p_mark);
end;
$$;

-- Loses its worker, while the provider is asked unless told.
create or replace function tests.lose_worker(p_name text, p_called boolean default true)
returns void
language plpgsql
as $$
declare
  v_task public.tasks := tests.task(p_name);
begin
  if p_called and v_task.handle is null then
    perform tests.mark_call_sent(p_name);
  end if;
  update public.tasks set lease_expires_at = now() - interval '1 second' where id = v_task.id;
  perform tests.show_message(p_name);
end;
$$;

-- No worker was in touch for so long: the database was out of their reach.
create or replace function tests.pass_gap(p_gap interval)
returns void
language sql
as $$
  update private.worker_contact set last_contact_at = now() - p_gap;
$$;

-- Loses a table of a queue.
create or replace function tests.drop_table(p_table text)
returns void
language plpgsql
as $$
declare
  v_relation record;
begin
  -- With older versions it belongs to the extension, and so does its sequence.
  for v_relation in
    select oid::regclass as name, case relkind when 'S' then 'sequence' else 'table' end as kind
    from pg_class
    join pg_depend on classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e'
    where relnamespace = 'pgmq'::regnamespace
      and relname in (p_table, p_table || '_msg_id_seq')
  loop
    execute format('alter extension pgmq drop %s %s', v_relation.kind, v_relation.name);
  end loop;
  execute format('drop table pgmq.%I', p_table);
end;
$$;

-- Loses a queue. The functions of pgmq for it differ between versions.
create or replace function tests.drop_queue(p_queue text)
returns void
language plpgsql
as $$
begin
  perform tests.drop_table('q_' || p_queue), tests.drop_table('a_' || p_queue);
  delete from pgmq.meta where queue_name = p_queue;
end;
$$;

-- Ends the time for which a message is hidden.
create or replace function tests.show_message(p_name text)
returns void
language plpgsql
as $$
declare
  v_task public.tasks := tests.task(p_name);
begin
  perform pgmq.set_vt(v_task.queue, v_task.message_id, -1);
  perform tests.look_through_polls();
end;
$$;

-- Lets the time until its lost call is looked for be over.
create or replace function tests.pass_look_delay(p_name text)
returns void
language sql
as $$
  update public.tasks set lease_expires_at = now() - interval '1 second'
  where client_task_id = p_name and lost_at is not null;
  select tests.show_message(p_name);
$$;

-- Closes all circuit breakers.
create or replace function tests.open_lanes()
returns void
language sql
as $$
  update private.lanes
  set paused_until = null, rate_limited_until = null, consecutive_failures = 0,
    failing_since = null;
  update private.pools set rate_limited_until = null;
  delete from private.failing_users;
$$;

-- Lets the pauses of lanes be over.
create or replace function tests.end_pauses()
returns void
language sql
as $$
  update private.lanes set paused_until = now() - interval '1 second'
  where paused_until is not null;
$$;

create or replace function tests.paused_seconds(p_provider text default 'openai')
returns integer
language sql
as $$
  select ceil(extract(epoch from greatest(paused_until, rate_limited_until) - clock_timestamp()))::integer
  from private.lanes where provider = p_provider;
$$;

create or replace function tests.cancel(p_name text, p_user text default 'ann')
returns table (status text, billed text, canceled boolean)
language sql
as $$
  select * from private.cancel_task(tests.user_id(p_user), (tests.task(p_name)).id);
$$;

create or replace function tests.pass_deadline(p_name text)
returns void
language sql
as $$
  update public.tasks set deadline_at = now() - interval '1 second' where client_task_id = p_name;
$$;

-- The state that an outcome reaches under the task's lease; null if that is stale.
create or replace function tests.settle(p_name text, p_outcome jsonb, p_lease bigint default null)
returns text
language plpgsql
as $$
declare
  v_task public.tasks := tests.task(p_name);
begin
  return private.settle_task(v_task.id, coalesce(p_lease, v_task.lease), p_outcome);
end;
$$;

create or replace function tests.complete(
  p_name text,
  p_asset_urls text[] default array['https://files.example.com/0.png'],
  p_lease bigint default null,
  p_call jsonb default '{}'
)
returns boolean
language plpgsql
as $$
begin
  perform tests.mark_call_sent(p_name, p_lease);
  return tests.settle(
    p_name,
    jsonb_build_object('kind', 'complete', 'asset_urls', p_asset_urls, 'call', p_call),
    p_lease
  ) is not null;
end;
$$;

create or replace function tests.failure(
  p_error_code text,
  p_is_retryable boolean default false,
  p_is_final boolean default false,
  p_is_ambiguous boolean default false,
  p_is_billed boolean default false,
  p_delay_seconds integer default 30,
  p_call jsonb default '{}'
)
returns jsonb
language sql
as $$
  select jsonb_build_object(
    'kind', 'failure', 'error_code', p_error_code, 'detail', 'Words for the operator',
    'is_retryable', p_is_retryable, 'is_final', p_is_final, 'is_ambiguous', p_is_ambiguous,
    'is_billed', p_is_billed, 'delay_seconds', p_delay_seconds, 'call', p_call
  );
$$;

-- Fails for good.
create or replace function tests.fail(
  p_name text,
  p_error_code text default 'content_refused',
  p_lease bigint default null,
  p_is_ambiguous boolean default false,
  p_call jsonb default '{}'
)
returns boolean
language sql
as $$
  select tests.settle(
    p_name,
    tests.failure(
      p_error_code, p_is_final => true, p_is_ambiguous => p_is_ambiguous, p_call => p_call
    ),
    p_lease
  ) is not null;
$$;

-- Fails, and may be tried again.
create or replace function tests.retry(
  p_name text,
  p_error_code text default 'provider_unavailable',
  p_delay_seconds integer default 30,
  p_lease bigint default null,
  p_is_ambiguous boolean default false,
  p_call jsonb default '{}'
)
returns boolean
language sql
as $$
  select tests.settle(
    p_name,
    tests.failure(
      p_error_code, p_is_retryable => true, p_is_ambiguous => p_is_ambiguous,
      p_delay_seconds => p_delay_seconds, p_call => p_call
    ),
    p_lease
  ) is not null;
$$;

create or replace function tests.snooze(
  p_name text,
  p_handle text default 'job-1',
  p_delay_seconds integer default 30,
  p_progress integer default null,
  p_lease bigint default null,
  p_call jsonb default '{}'
)
returns boolean
language plpgsql
as $$
begin
  perform tests.mark_call_sent(p_name, p_lease);
  return tests.settle(
    p_name,
    jsonb_build_object(
      'kind', 'snooze', 'handle', p_handle, 'delay_seconds', p_delay_seconds,
      'progress', p_progress, 'call', p_call
    ),
    p_lease
  ) is not null;
end;
$$;

-- Heartbeat for the given tasks under the given leases; returns the names of those still held.
create or replace function tests.extend(p_names text[], p_leases bigint[])
returns text[]
language plpgsql
as $$
declare
  v_ids uuid[] := array(select (tests.task(name)).id from unnest(p_names) as name);
  v_held uuid[] := array(select private.extend_leases(v_ids, p_leases, 60));
begin
  return array(select client_task_id from public.tasks where id = any (v_held) order by 1);
end;
$$;

-- Names of the tasks with a message in the queue, in order; 'nobody' where there is no such task.
create or replace function tests.queued(p_queue text default 'openai', p_prefix text default 'q')
returns text[]
language plpgsql
as $$
declare
  v_names text[];
begin
  execute format(
    $query$
      select coalesce(array_agg(coalesce(client_task_id, 'nobody') order by msg_id), '{}')
      from pgmq.%I
      left join public.tasks on tasks.id = (message ->> 'task_id')::uuid
    $query$,
    p_prefix || '_' || p_queue
  ) into v_names;
  return v_names;
end;
$$;

create or replace function tests.archived(p_queue text default 'openai')
returns text[]
language sql
return tests.queued(p_queue, 'a');

-- For how many seconds from now a worker holds the task.
create or replace function tests.lease_seconds(p_name text)
returns integer
language sql
as $$
  select round(extract(epoch from (tests.task(p_name)).lease_expires_at - clock_timestamp()))::integer;
$$;

-- Until when the message is hidden.
create or replace function tests.hidden_until(p_name text)
returns timestamptz
language plpgsql
as $$
declare
  v_task public.tasks := tests.task(p_name);
  v_until timestamptz;
begin
  execute format('select vt from pgmq.%I where msg_id = $1', 'q_' || v_task.queue)
  into v_until using v_task.message_id;
  return v_until;
end;
$$;

-- For how many seconds from now the message is hidden.
create or replace function tests.hidden_seconds(p_name text)
returns integer
language sql
as $$
  select round(extract(epoch from tests.hidden_until(p_name) - clock_timestamp()))::integer;
$$;

-- Statuses of a task's asset rows, in the order of the results.
create or replace function tests.assets(p_name text)
returns text[]
language sql
stable
as $$
  with assets as (
    select celery_task_id, result_index, status from public.concept_images
    union all
    select celery_task_id, result_index, status from public.models
  )
  select coalesce(array_agg(status order by result_index), '{}')
  from assets
  where celery_task_id = (tests.task(p_name)).id;
$$;

-- Outcomes of a task's calls, in order; 'open' while a call is under way.
create or replace function tests.calls(p_name text)
returns text[]
language sql
stable
as $$
  select coalesce(array_agg(coalesce(outcome, 'open') order by attempt), '{}')
  from private.provider_calls
  where task_id = (tests.task(p_name)).id;
$$;

-- What is wrong, as 'code subject'.
create or replace function tests.alerts()
returns text[]
language sql
return (
  select coalesce(array_agg(code || ' ' || subject order by code, subject), '{}')
  from monitoring.alerts()
);

-- Lets a call of a provider have ended some time ago.
create or replace function tests.add_call(
  p_outcome text,
  p_error_code text default null,
  p_ago interval default '1 minute',
  p_provider text default 'openai',
  p_model text default null,
  p_cost_usd numeric default null,
  p_estimate_usd numeric default null,
  p_list_price_usd numeric default null
)
returns void
language sql
as $$
  insert into private.provider_calls (
    attempt, provider, operation, result_count, started_at, sent_at, finished_at, outcome, error_code,
    model, cost_usd, estimate_usd, list_price_usd
  )
  values (
    1, p_provider, 'text-to-image', 1, now() - p_ago, now() - p_ago,
    case when p_outcome is not null then now() - p_ago end, p_outcome, p_error_code, p_model,
    p_cost_usd, p_estimate_usd, p_list_price_usd
  );
$$;

-- Lets so much be spent, or reserved, on a day.
create or replace function tests.spend(
  p_usd numeric,
  p_scope text default 'project',
  p_scope_id text default '',
  p_day date default (now() at time zone 'UTC')::date
)
returns void
language sql
as $$
  insert into private.spending as spending (scope, scope_id, day, used_usd)
  values (p_scope, p_scope_id, p_day, p_usd)
  on conflict on constraint spending_pkey do update set used_usd = spending.used_usd + p_usd;
$$;

-- Lets the message of a task have been due for a time.
create or replace function tests.age_message(p_name text, p_age interval)
returns void
language plpgsql
as $$
declare
  v_task public.tasks := tests.task(p_name);
begin
  perform pgmq.set_vt(v_task.queue, v_task.message_id, now() - p_age);
end;
$$;

-- Everything a submit or a settlement could change, to show that it did not.
create or replace function tests.everything()
returns jsonb
language sql
stable
as $$
  select jsonb_build_object(
    'tasks', (select jsonb_agg(t order by id) from public.tasks as t),
    'concept_images', (select jsonb_agg(i order by id) from public.concept_images as i),
    'models', (select jsonb_agg(m order by id) from public.models as m),
    'calls', (select jsonb_agg(c order by id) from private.provider_calls as c),
    'queue', (select jsonb_agg(q order by msg_id) from pgmq.q_openai as q),
    'polls', (select jsonb_agg(q order by msg_id) from pgmq.q_openai_polls as q),
    'archive', (select jsonb_agg(a order by msg_id) from pgmq.a_openai as a),
    'users', (select jsonb_agg(u order by user_id, day) from private.user_spending as u),
    -- A row with nothing in it is as none.
    'budgets', (
      select jsonb_agg(b order by scope, scope_id, day) from private.spending as b
      where used_usd <> 0
    ),
    'stripes', (
      select jsonb_agg(s order by provider, api_key_id, stripe)
      from private.spending_stripes as s
      where used_usd <> 0
    )
  );
$$;

-- What is counted of a day's budgets, in USD: of the user, the project and the provider.
create or replace function tests.used_usd(
  p_user text default 'ann',
  p_provider text default 'openai',
  p_day date default private.spending_day(now())
)
returns numeric[]
language plpgsql
as $$
begin
  perform private.count_changes();
  return array[
    coalesce((
      select used_usd from private.user_spending
      where user_id = tests.user_id(p_user) and day = p_day
    ), 0),
    private.used_usd('project', '', p_day, p_day),
    private.used_usd('provider', p_provider, p_day, p_day)
  ];
end;
$$;

-- As many of all three.
create or replace function tests.all_used(p_usd numeric)
returns numeric[]
language sql
return array[p_usd, p_usd, p_usd];

-- Images and models that are counted of a user today.
create or replace function tests.used_results(p_user text default 'ann')
returns integer[]
language plpgsql
as $$
begin
  perform private.count_changes();
  return coalesce((
    select array[images, models] from private.user_spending
    where user_id = tests.user_id(p_user) and day = private.spending_day(now())
  ), '{0,0}');
end;
$$;

-- Midnight passes: what was counted today was yesterday.
create or replace function tests.pass_midnight()
returns void
language sql
as $$
  update public.tasks set created_at = created_at - interval '1 day';
  update private.user_spending set day = day - 1;
  update private.spending set day = day - 1;
  update private.spending_stripes set day = day - 1;
$$;
