-- One generation each, and the row the app watches.

create table public.tasks (
  id uuid not null default gen_random_uuid(),
  user_id uuid,
  client_task_id text not null,
  operation text not null,
  provider text not null,
  parameters jsonb not null,
  output text not null,
  result_count smallint not null,
  input_bytes bigint not null default 0,
  status text not null default 'pending',
  asset_urls text[] not null default '{}',
  error_code text,
  error text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  deadline_at timestamptz not null,
  request_id text not null,
  queue text not null,
  message_id bigint,
  lease bigint not null default 0,
  lease_expires_at timestamptz,
  claims_without_outcome smallint not null default 0,
  failed_attempts smallint not null default 0,
  last_error text,
  handle text,
  accepted_at timestamptz,
  progress smallint,
  provider_task_id text,
  max_call_seconds smallint not null default 0,
  least_run_seconds smallint not null default 0,
  pool text not null default 'default',
  turn bigint not null default 0,
  lost_at timestamptz,
  winds_down boolean not null default false,
  claimed_alone boolean not null default false,
  losses_alone smallint not null default 0,
  is_purged boolean not null default false,
  reported_at timestamptz,
  inputs jsonb,
  plan text not null default 'default',
  api_key_id uuid,
  counts_for_key boolean not null default false,
  model text,
  estimate_usd numeric(12, 6) not null default 0,
  list_price_usd numeric(12, 6),
  reserved_usd numeric(12, 6) not null default 0,
  traceparent text,
  results jsonb,
  version integer not null default 1,

  constraint tasks_pkey primary key (id),
  constraint tasks_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade,
  constraint tasks_pool_fkey foreign key (provider, pool) references private.pools (provider, name),
  constraint tasks_error_code_fkey foreign key (error_code) references private.task_errors (code),
  constraint tasks_message_is_unique unique (queue, message_id),
  constraint tasks_result_count_is_positive check (result_count > 0),
  constraint tasks_output_is_known check (output in ('image', 'model')),
  -- pending: accepted, and not started yet. Becomes processing with its first claim.
  -- processing: claimed at least once. While lease_expires_at is in the future a worker has it. If
  --   not, it waits for a claim: without a handle to be submitted again, with one to be polled.
  --   private.next_state decides whether it goes on after a failed step or a lost worker.
  -- complete: at least one result is stored, and asset_urls has the URLs, unless its user has
  --   reported it. Final.
  -- failed: error_code says why. It was the last failure that private.next_state allows, or the
  --   deadline has passed, also for a task that was never started. Final.
  -- canceled: the user no longer wants it. The provider may bill it all the same. Final.
  constraint tasks_status_is_known
    check (status in ('pending', 'processing', 'complete', 'failed', 'canceled')),
  constraint tasks_final_means_finished
    check ((status in ('complete', 'failed', 'canceled')) = (finished_at is not null)),
  constraint tasks_complete_means_assets
    check ((status = 'complete' and reported_at is null) = (cardinality(asset_urls) > 0)),
  constraint tasks_reported_means_complete check (reported_at is null or status = 'complete'),
  constraint tasks_failed_means_error
    check (
      (status = 'failed') = (error_code is not null) and (error_code is null) = (error is null)
    ),
  constraint tasks_leased_means_processing
    check (lease_expires_at is null or status = 'processing' or winds_down),
  constraint tasks_lost_means_leased check (lost_at is null or lease_expires_at is not null),
  constraint tasks_winds_down_means_given_up
    check (not winds_down or status in ('canceled', 'failed')),
  constraint tasks_purged_means_winding_down check (not is_purged or winds_down),
  constraint tasks_without_user_is_purged check (user_id is not null or is_purged),
  constraint tasks_finished_lets_go_of_its_message
    check (finished_at is null or winds_down or message_id is null),
  constraint tasks_handle_means_accepted check ((handle is null) = (accepted_at is null)),
  constraint tasks_progress_is_a_percentage check (progress between 0 and 100),
  constraint tasks_traceparent_has_55_characters check (length(traceparent) = 55)
)
-- Each task is written a few times while it is under way: a fifth of a large table would be too
-- late.
with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

comment on table public.tasks is 'One accepted generation: what was asked, how far it got, how it ended. Written only by the functions in private.';
comment on column public.tasks.id is 'The celery_task_id of the API.';
comment on column public.tasks.user_id is 'Null: the user is deleted, and the task is only here until its provider has ended it.';
comment on column public.tasks.client_task_id is 'The task_id chosen by the client: the idempotency key within user and operation.';
comment on column public.tasks.parameters is 'The validated request without task_id and provider, defaults filled in. Empty: it was canceled and has cost nothing, or failed a day ago.';
comment on column public.tasks.output is 'What is asked for: rows in concept_images, or in models.';
comment on column public.tasks.result_count is 'How many results were asked for: counted by the provider''s rate limit, and rows in the asset table.';
comment on column public.tasks.input_bytes is 'Length of its input files together: a worker has memory for so many.';
comment on column public.tasks.request_id is 'The X-Request-Id of the submit, so that the worker logs under the same id.';
comment on column public.tasks.lease is 'Number of the last claim. A worker may settle only under the number it was given.';
comment on column public.tasks.lease_expires_at is 'Until when the claim holds; null while no worker has the task.';
comment on column public.tasks.claims_without_outcome is 'Claims in a row without an outcome. More than none, and no lease: its worker was lost, and it is claimed alone next.';
comment on column public.tasks.failed_attempts is 'Failures that led to another attempt. A claim lost with its worker is not counted here but in private.provider_calls.';
comment on column public.tasks.last_error is 'What went wrong last, for the operator.';
comment on column public.tasks.queue is 'The pgmq queue its message is in: the lane''s own, or, once the provider has accepted the work, that of the polls.';
comment on column public.tasks.handle is 'What the provider gave to ask for the work by. Once it is here the work is never submitted again.';
comment on column public.tasks.accepted_at is 'When the handle was stored.';
comment on column public.tasks.progress is 'Percentage, as far as the provider reports it.';
comment on column public.tasks.max_call_seconds is 'How long the provider''s answer to its submit may take: a worker with less life left does not start it.';
comment on column public.tasks.least_run_seconds is 'How long the work takes at least: with less time left until its deadline it is not started, but ended unbilled.';
comment on column public.tasks.pool is 'The part of its lane that the provider limits by itself.';
comment on column public.tasks.turn is 'Its place in fair queueing: the lowest of a pool is started first. Given by private.submit_task.';
comment on column public.tasks.lost_at is 'When it was noticed that its worker is lost; it is claimed alone next.';
comment on column public.tasks.winds_down is 'It has ended without a result, and the provider still works on it: it is polled until the provider has ended it, too, and counts against its lane and its user.';
comment on column public.tasks.claimed_alone is 'Whether its worker holds nothing else, because an earlier one was lost with it.';
comment on column public.tasks.losses_alone is 'Workers in a row that were lost while they held this task alone. Before the provider has accepted it, it ends at private.max_losses_alone().';
comment on column public.tasks.is_purged is 'Shown to nobody, and without what was asked for; it is erased when its provider has ended it, whose cost is booked.';
comment on column public.tasks.reported_at is 'When its user reported the results: nobody is shown them since. See private.reports.';
comment on column public.tasks.inputs is 'Its input files as they were checked at the submit: bucket, path, bytes, etag, version, and mended: what is sent in place of a mask with greys. A worker reads no other file, and none that has changed since. Null for a task that was accepted before this was kept.';
comment on column public.tasks.plan is 'The plan that its user had at the submit.';
comment on column public.tasks.api_key_id is 'The API key it was submitted with, which may be gone by now; null if an operator did.';
comment on column public.tasks.counts_for_key is 'Whether it counts in a budget of the API key: the key had a cap at the submit.';
comment on column public.tasks.model is 'The provider''s model that was to do the work, as known at the submit.';
comment on column public.tasks.estimate_usd is 'What one call of it costs at most by the provider''s price list.';
comment on column public.tasks.list_price_usd is 'What one call of it costs by the price list; null where that leaves something out that is billed.';
comment on column public.tasks.reserved_usd is 'What it counts in all budgets: until it has ended for its provider, too, at least what its calls may cost; then what the ledger says.';
comment on column public.tasks.traceparent is 'The W3C trace context that its app sent with the submit, so that the worker goes on with the same trace; null if it sent none.';
comment on column public.tasks.results is 'What is known of its results, as workers have read it from the bytes on their way: assets (in the order of asset_urls: media_type, bytes, and what kind of file tells more), preview_url, and what makes them again: model_id, seed, revised_prompt. Null until it is complete, and once its user has reported it.';
comment on column public.tasks.version is 'Grows by one with each change that its user may see: see private.raise_task_version.';
comment on column public.tasks.provider_task_id is 'The provider''s own id of the work, for its support and for requests that build on the result.';

-- A failed or canceled task frees its client_task_id.
create unique index tasks_client_task_id_is_unique
  on public.tasks (user_id, operation, client_task_id)
  where status not in ('failed', 'canceled');

-- The list of a user, newest first. What it is filtered by is here, too, so that no row is read
-- that is not shown. Each change of status is written to all indexes anyway: others depend on it.
create index tasks_newest_idx on public.tasks (user_id, created_at desc, id desc)
  include (operation, status, is_purged);
create index tasks_active_idx on public.tasks (user_id) where finished_at is null or winds_down;
create index tasks_error_code_idx on public.tasks (error_code) where error_code is not null;
-- What is to be started, in the order of its turns. Nothing that a poll changes is in an index.
create index tasks_turns_idx on public.tasks (provider, pool, turn, message_id)
  where finished_at is null and handle is null;
create index tasks_lost_idx on public.tasks (lost_at) where lost_at is not null;
create index tasks_winding_down_idx on public.tasks (finished_at) where winds_down;
create index tasks_deadline_idx on public.tasks (deadline_at) where finished_at is null;
create index tasks_finished_idx on public.tasks (finished_at) where finished_at is not null;
-- What is deleted before the rest: see private.retention.
create index tasks_failed_idx on public.tasks (finished_at) where status = 'failed';
create index tasks_failed_parameters_idx on public.tasks (finished_at)
  where status = 'failed' and parameters <> '{}';
create index tasks_forgotten_idx on public.tasks (finished_at)
  where status = 'canceled' and parameters = '{}';

alter table public.tasks enable row level security;

-- By column: the lease and messages for the operator are not the client's to read.
revoke all on public.tasks from anon, authenticated, service_role;
grant select (
  id, user_id, client_task_id, operation, provider, status, progress, result_count, asset_urls,
  error_code, error, created_at, started_at, finished_at, reported_at
) on public.tasks to authenticated;
-- What makes a result again, which the API tells, too.
grant select (version, parameters, results) on public.tasks to authenticated;
grant select on public.tasks to service_role;

create policy "Users read their own tasks" on public.tasks
  for select to authenticated
  using (user_id = (select auth.uid()) and not is_purged);

create or replace function private.refuse_change_of_final_state()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception 'Task % is % for good', old.id, old.status;
end;
$$;

comment on function private.refuse_change_of_final_state is 'Trigger: a finished task never leaves its state, whoever tries.';

create or replace trigger tasks_final_state_is_final
  before update of status on public.tasks
  for each row
  when (old.finished_at is not null and new.status is distinct from old.status)
  execute function private.refuse_change_of_final_state();

create or replace function private.raise_task_version()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.version := old.version + 1;
  return new;
end;
$$;

comment on function private.raise_task_version is 'Trigger: numbers the states of a task as its user sees them, so that an app can ask for the next one.';

-- A heartbeat, a release and a poll that tells nothing new change nothing that is seen. Columns
-- that are never written after the submit are left out.
create or replace trigger tasks_version_grows
  before update of
    status, progress, asset_urls, error_code, error, started_at, finished_at, reported_at,
    winds_down, is_purged
  on public.tasks
  for each row
  when (
    new.status is distinct from old.status
    -- Progress is shown while it is processing.
    or (new.status = 'processing' and new.progress is distinct from old.progress)
    or new.asset_urls is distinct from old.asset_urls
    or new.error_code is distinct from old.error_code
    or new.error is distinct from old.error
    or new.started_at is distinct from old.started_at
    or new.finished_at is distinct from old.finished_at
    or new.reported_at is distinct from old.reported_at
    -- What it has cost is known at the end only.
    or (old.winds_down and not new.winds_down)
    or new.is_purged is distinct from old.is_purged
  )
  execute function private.raise_task_version();
