-- The first migration: a copy of supabase/schemas, which is the source. Never edited once it is deployed.

-- supabase/schemas/00_foundation/01_schemas.sql

-- Where things live: tables that apps read are in public; everything that only the backend touches
-- is in private, which the Data API does not expose; queues are pgmq's own.

create extension if not exists pgmq;

-- Postgres lets everyone run a new function. Here nobody may, unless a migration says so.
alter default privileges revoke execute on functions from public;

create schema private;
revoke all on schema private from public;
comment on schema private is 'What only the backend may touch: lanes, provider calls, API keys and all functions. Never exposed through the Data API.';

-- supabase/schemas/10_tables/01_task_errors.sql

-- Why a task can fail: the messages a user reads, in one place, because tasks are failed by the
-- worker and by the database itself. An app shows `message` as it is, so each says whether trying
-- again may help.

create table private.task_errors (
  code text not null,
  message text not null,

  constraint task_errors_pkey primary key (code)
);

comment on table private.task_errors is 'Every error code a task can end with, and its message for the user.';

alter table private.task_errors enable row level security;

insert into private.task_errors (code, message) values
  ('content_refused', 'The AI service refused this content. Change the prompt or the input; trying the same again will not help.'),
  ('invalid_input', 'The AI service could not use the input. Change it; trying the same again will not help.'),
  ('provider_rejected', 'The AI service rejected the request. Change its parameters; trying the same again will not help.'),
  ('provider_unavailable', 'AI service unavailable. Trying again later may help.'),
  ('provider_rate_limited', 'AI service is busy. Trying again later may help.'),
  ('provider_credits', 'AI service unavailable. Trying again later may help.'),
  ('provider_auth', 'AI service unavailable. Trying again later may help.'),
  ('timeout', 'AI service timed out (timeout). Trying again may help.'),
  ('invalid_result', 'AI service returned no usable result. Trying again may help.'),
  ('storage_failed', 'A file could not be read or stored. Trying again may help.'),
  ('outcome_unknown', 'The outcome of the generation is unknown and it was not repeated. Trying again may help.'),
  ('internal', 'Internal error. Trying again may help.');

-- Where a code says too little: what the user can do depends on what has happened.
create table private.task_error_reasons (
  reason text not null,
  code text not null,
  message text not null,

  constraint task_error_reasons_pkey primary key (reason),
  constraint task_error_reasons_code_fkey foreign key (code) references private.task_errors (code)
);

comment on table private.task_error_reasons is 'Messages that take the place of an error code''s own, where a failure has a reason that the user should know.';

alter table private.task_error_reasons enable row level security;

insert into private.task_error_reasons (reason, code, message) values
  ('input_changed', 'invalid_input', 'An input file was changed after the request. Send the request again to use the file as it is now, and upload other files under other names.'),
  ('input_deleted', 'invalid_input', 'An input file was deleted after the request. Upload it again, send the request again, and keep the file until the task has ended.');

-- supabase/schemas/10_tables/02_lanes.sql

-- A lane for each provider: its limits and its queues. A saturated or paused lane delays no other.

create table private.lanes (
  provider text not null,
  max_in_flight integer not null,
  results_per_minute integer,
  follows_rate_limit boolean not null default true,
  polls_per_second integer,
  rate_limited_until timestamptz,
  paused_until timestamptz,
  consecutive_failures smallint not null default 0,
  failing_since timestamptz,
  max_ambiguous_retries smallint not null default 1,
  usd_per_day numeric(12, 2),

  constraint lanes_pkey primary key (provider),
  constraint lanes_max_in_flight_is_positive check (max_in_flight > 0),
  constraint lanes_results_per_minute_is_positive check (results_per_minute > 0),
  constraint lanes_polls_per_second_is_positive check (polls_per_second > 0),
  constraint lanes_consecutive_failures_is_counted check (consecutive_failures >= 0),
  constraint lanes_max_ambiguous_retries_is_sane check (max_ambiguous_retries between 0 and 1),
  constraint lanes_usd_per_day_is_counted check (usd_per_day >= 0)
);

comment on table private.lanes is 'Limits of each provider, for all workers together. Change a row and the next claim obeys.';
comment on column private.lanes.provider is 'Also the name of the pgmq queue of what is to be started; see polls_queue.';
comment on column private.lanes.max_in_flight is 'Calls that may be under way at the same time, in all pools: sent by a worker, or accepted by the provider and not ended there.';
comment on column private.lanes.results_per_minute is 'Results that may be started in any 60 seconds, as the provider counts them; null means no limit.';
comment on column private.lanes.follows_rate_limit is 'Whether the limit that the provider names in its answers takes the place of results_per_minute.';
comment on column private.lanes.polls_per_second is 'Polls of accepted work in a second, a few at once at most; null means no limit. With more accepted tasks each is polled more rarely.';
comment on column private.lanes.rate_limited_until is 'Nothing of the lane is started before, because the provider was asked too often. Afterwards all goes on.';
comment on column private.lanes.paused_until is 'Nothing of the lane is started before; what the provider has accepted is polled all the same. Afterwards one task at a time is started, until one succeeds and clears this.';
comment on column private.lanes.consecutive_failures is 'Failures of the provider itself since its last success.';
comment on column private.lanes.failing_since is 'The first of these failures; null after a success.';
comment on column private.lanes.max_ambiguous_retries is 'How often a task is called for again after an ambiguous call. 0: never risk paying twice. 1: repeat once.';
comment on column private.lanes.usd_per_day is 'USD that its requests may cost in a day (UTC); null means private.limits.provider_usd_per_day.';

alter table private.lanes enable row level security;

-- supabase/schemas/10_tables/02_pools.sql

-- Parts of a lane that the provider limits by themselves: by operation, or by model.

create table private.pools (
  provider text not null,
  name text not null,
  max_in_flight integer not null,
  rate_limited_until timestamptz,

  constraint pools_pkey primary key (provider, name),
  constraint pools_provider_fkey
    foreign key (provider) references private.lanes (provider) on delete cascade,
  constraint pools_max_in_flight_is_positive check (max_in_flight > 0)
);

comment on table private.pools is 'What may be under way in each pool of a lane. Every task belongs to one; a lane without pools of its own has the pool ''default''. A lane that is limited by results should have one pool, since a request waits for its results behind others of its pool only. Change a row and the next claim obeys.';
comment on column private.pools.max_in_flight is 'Calls that may be under way at the same time; those of all pools together are limited by the lane.';
comment on column private.pools.rate_limited_until is 'Nothing of the pool is started before, because the provider said that it is full. Other pools go on.';

alter table private.pools enable row level security;

-- supabase/schemas/10_tables/03_failing_users.sql

-- Users whose tasks make a provider fail. One user's failures hold back that user alone.

create table private.failing_users (
  provider text not null,
  user_id uuid not null,
  failures smallint not null,
  failed_at timestamptz not null,
  paused_until timestamptz,

  constraint failing_users_pkey primary key (provider, user_id),
  constraint failing_users_provider_fkey
    foreign key (provider) references private.lanes (provider) on delete cascade,
  constraint failing_users_user_id_fkey
    foreign key (user_id) references auth.users (id) on delete cascade,
  constraint failing_users_failures_is_counted check (failures > 0)
);

comment on table private.failing_users is 'Users of a lane with failures of the provider since their own last success.';
comment on column private.failing_users.failed_at is 'When the last of these failures was settled.';
comment on column private.failing_users.paused_until is 'Nothing of the user is started in this lane before. Afterwards one task at a time, until one succeeds.';

create index failing_users_user_idx on private.failing_users (user_id);

alter table private.failing_users enable row level security;

-- supabase/schemas/10_tables/03_poll_pacing.sql

-- When accepted work of each lane may be polled next.

create table private.poll_pacing (
  provider text not null,
  next_poll_at timestamptz not null default '-infinity',
  due_from timestamptz not null default '-infinity',
  looked_through_at timestamptz not null default '-infinity',

  constraint poll_pacing_pkey primary key (provider),
  constraint poll_pacing_provider_fkey
    foreign key (provider) references private.lanes (provider) on delete cascade
);

comment on table private.poll_pacing is 'Lets the polls of a lane keep to lanes.polls_per_second. A row of its own, so that polls wait for no start and no operator.';
comment on column private.poll_pacing.next_poll_at is 'When the next poll would come if all came evenly.';
comment on column private.poll_pacing.due_from is 'No message of the lane''s queue of polls was due earlier when polls were last claimed: what lies before are versions of rows that are gone, and need not be read.';
comment on column private.poll_pacing.looked_through_at is 'When the queue was last read from its beginning, for messages that were locked or put back meanwhile.';

alter table private.poll_pacing enable row level security;

-- supabase/schemas/10_tables/03_rate_limits.sql

-- What providers say of their own rate limits.

create table private.rate_limits (
  provider text not null,
  results_per_minute integer,
  remaining integer,
  resets_at timestamptz,
  told_at timestamptz not null,

  constraint rate_limits_pkey primary key (provider),
  constraint rate_limits_provider_fkey
    foreign key (provider) references private.lanes (provider) on delete cascade
);

comment on table private.rate_limits is 'The last that a provider said of its limit of results, in the headers of an answer.';
comment on column private.rate_limits.remaining is 'Results that it would still take until resets_at, when it said so.';
comment on column private.rate_limits.told_at is 'When it said so.';

alter table private.rate_limits enable row level security;

-- supabase/schemas/10_tables/03_tasks.sql

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
  constraint tasks_progress_is_a_percentage check (progress between 0 and 100)
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
comment on column public.tasks.turn is 'Its place in fair queueing: see private.next_turn.';
comment on column public.tasks.lost_at is 'When it was noticed that its worker is lost; it is claimed alone next.';
comment on column public.tasks.winds_down is 'It has ended without a result, and the provider still works on it: it is polled until the provider has ended it, too, and counts against its lane and its user.';
comment on column public.tasks.claimed_alone is 'Whether its worker holds nothing else, because an earlier one was lost with it.';
comment on column public.tasks.losses_alone is 'Workers in a row that were lost while they held this task alone. Before the provider has accepted it, it ends at private.max_losses_alone().';
comment on column public.tasks.is_purged is 'Shown to nobody, and without what was asked for; it is erased when its provider has ended it, whose cost is booked.';
comment on column public.tasks.reported_at is 'When its user reported the results: nobody is shown them since. See private.reports.';
comment on column public.tasks.inputs is 'Its input files as they were checked at the submit: bucket, path, bytes, etag, version. A worker reads no other file, and none that has changed since. Null for a task that was accepted before this was kept.';
comment on column public.tasks.plan is 'The plan that its user had at the submit.';
comment on column public.tasks.api_key_id is 'The API key it was submitted with, which may be gone by now; null if an operator did.';
comment on column public.tasks.counts_for_key is 'Whether it counts in a budget of the API key: the key had a cap at the submit.';
comment on column public.tasks.model is 'The provider''s model that was to do the work, as known at the submit.';
comment on column public.tasks.estimate_usd is 'What one call of it costs at most by the provider''s price list.';
comment on column public.tasks.list_price_usd is 'What one call of it costs by the price list; null where that leaves something out that is billed.';
comment on column public.tasks.reserved_usd is 'What it counts in all budgets: until it has ended for its provider, too, at least what its calls may cost; then what the ledger says.';
comment on column public.tasks.provider_task_id is 'The provider''s own id of the work, for its support and for requests that build on the result.';

-- A failed or canceled task frees its client_task_id.
create unique index tasks_client_task_id_is_unique
  on public.tasks (user_id, operation, client_task_id)
  where status not in ('failed', 'canceled');

create index tasks_user_idx on public.tasks (user_id, created_at desc);
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

-- By column: the stored request, the lease and messages for the operator are not the client's to
-- read.
revoke all on public.tasks from anon, authenticated, service_role;
grant select (
  id, user_id, client_task_id, operation, provider, status, progress, result_count, asset_urls,
  error_code, error, created_at, started_at, finished_at, reported_at
) on public.tasks to authenticated;
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

-- supabase/schemas/10_tables/04_asset_tables.sql

-- What the app shows: its own inputs and the results. Column names are those apps in the field
-- know; task_id is the client's, celery_task_id links to public.tasks.

create table public.input_assets (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null default auth.uid(),
  task_id text,
  asset_url text not null,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),

  constraint input_assets_pkey primary key (id),
  constraint input_assets_user_id_fkey
    foreign key (user_id) references auth.users (id) on delete cascade,
  -- As long as those of the API.
  constraint input_assets_task_id_has_at_most_200_characters check (char_length(task_id) <= 200),
  constraint input_assets_asset_url_has_at_most_2000_characters
    check (char_length(asset_url) <= 2000),
  -- An app may show it as a link or an image: nothing that runs as a script.
  constraint input_assets_asset_url_is_http check (asset_url ~* '^https?://[^[:space:]/]+/'),
  constraint input_assets_metadata_has_at_most_8_kb check (octet_length(metadata::text) <= 8192)
);

create table public.concept_images (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  task_id text not null,
  celery_task_id uuid not null,
  result_index smallint not null,
  prompt text,
  style text,
  status text not null default 'pending',
  asset_url text,
  ai_service_task_id text,
  metadata jsonb not null default '{}',
  source_input_asset_id uuid,
  created_at timestamptz not null default now(),

  constraint concept_images_pkey primary key (id),
  constraint concept_images_user_id_fkey
    foreign key (user_id) references auth.users (id) on delete cascade,
  constraint concept_images_celery_task_id_fkey
    foreign key (celery_task_id) references public.tasks (id) on delete cascade,
  constraint concept_images_source_input_asset_id_fkey
    foreign key (source_input_asset_id) references public.input_assets (id) on delete set null,
  constraint concept_images_result_is_unique unique (celery_task_id, result_index),
  constraint concept_images_status_is_known
    check (status in ('pending', 'processing', 'complete', 'failed', 'canceled')),
  constraint concept_images_complete_means_asset
    check ((status = 'complete') = (asset_url is not null))
)
-- As of tasks: each row is written again with its task, and gone with a canceled one.
with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

create table public.models (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  task_id text not null,
  celery_task_id uuid not null,
  result_index smallint not null,
  prompt text,
  style text,
  status text not null default 'pending',
  asset_url text,
  ai_service_task_id text,
  metadata jsonb not null default '{}',
  source_input_asset_id uuid,
  source_concept_image_id uuid,
  created_at timestamptz not null default now(),

  constraint models_pkey primary key (id),
  constraint models_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade,
  constraint models_celery_task_id_fkey
    foreign key (celery_task_id) references public.tasks (id) on delete cascade,
  constraint models_source_input_asset_id_fkey
    foreign key (source_input_asset_id) references public.input_assets (id) on delete set null,
  constraint models_source_concept_image_id_fkey
    foreign key (source_concept_image_id) references public.concept_images (id) on delete set null,
  constraint models_result_is_unique unique (celery_task_id, result_index),
  constraint models_status_is_known
    check (status in ('pending', 'processing', 'complete', 'failed', 'canceled')),
  constraint models_complete_means_asset
    check ((status = 'complete') = (asset_url is not null))
)
-- As of tasks: each row is written again with its task, and gone with a canceled one.
with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

comment on table public.input_assets is 'Files the app uploaded, as the app wants to remember them. The backend never writes here.';
comment on table public.concept_images is 'One row for each image asked for. Status and URL follow the task.';
comment on table public.models is 'One row for each 3D model asked for. Status and URL follow the task.';
comment on column public.input_assets.asset_url is 'By http or https.';
comment on column public.concept_images.prompt is 'Its first 2,000 characters; null once the task was canceled and has cost nothing.';
comment on column public.models.prompt is 'Its first 2,000 characters; null once the task was canceled and has cost nothing.';

create index input_assets_user_id_idx on public.input_assets (user_id);
create index concept_images_user_id_idx on public.concept_images (user_id);
create index concept_images_source_input_asset_id_idx
  on public.concept_images (source_input_asset_id);
create index models_user_id_idx on public.models (user_id);
create index models_source_input_asset_id_idx on public.models (source_input_asset_id);
create index models_source_concept_image_id_idx on public.models (source_concept_image_id);

alter table public.input_assets enable row level security;
alter table public.concept_images enable row level security;
alter table public.models enable row level security;

revoke all on public.input_assets, public.concept_images, public.models
  from anon, authenticated, service_role;
grant select, insert, update, delete on public.input_assets to authenticated;
grant select, delete on public.concept_images, public.models to authenticated;
grant select on public.input_assets, public.concept_images, public.models to service_role;

create policy "Users manage their own input assets" on public.input_assets
  for all to authenticated
  using (user_id = (select auth.uid()))
  with check (user_id = (select auth.uid()));

create policy "Users read their own concept images" on public.concept_images
  for select to authenticated
  using (user_id = (select auth.uid()));
create policy "Users delete their own concept images" on public.concept_images
  for delete to authenticated
  using (user_id = (select auth.uid()));

create policy "Users read their own models" on public.models
  for select to authenticated
  using (user_id = (select auth.uid()));
create policy "Users delete their own models" on public.models
  for delete to authenticated
  using (user_id = (select auth.uid()));

-- supabase/schemas/10_tables/04_input_uses.sql

-- Who names an input: only what nobody names is removed.

create table private.input_uses (
  id bigint not null generated always as identity,
  name text not null,
  task_id uuid,
  input_asset_id uuid,

  constraint input_uses_pkey primary key (id),
  constraint input_uses_task_id_fkey
    foreign key (task_id) references public.tasks (id) on delete cascade,
  constraint input_uses_input_asset_id_fkey
    foreign key (input_asset_id) references public.input_assets (id) on delete cascade,
  constraint input_uses_is_by_one check (num_nonnulls(task_id, input_asset_id) = 1)
);

comment on table private.input_uses is 'Which task, or row of public.input_assets, names which file in its user''s folder of the bucket inputs.';
comment on column private.input_uses.name is 'As Storage knows the file. There need not be one.';

create index input_uses_name_idx on private.input_uses (name);
create index input_uses_task_id_idx on private.input_uses (task_id) where task_id is not null;
create index input_uses_input_asset_id_idx on private.input_uses (input_asset_id)
  where input_asset_id is not null;

alter table private.input_uses enable row level security;

-- supabase/schemas/10_tables/05_provider_calls.sql

-- The billing ledger: before every billable call it records that the call is sent now.

create table private.provider_calls (
  id bigint not null generated always as identity,
  task_id uuid,
  attempt bigint not null,
  provider text not null,
  operation text not null,
  result_count smallint not null,
  pool text not null default 'default',
  turn bigint not null default 0,
  started_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz,
  finished_at timestamptz,
  handle text,
  outcome text,
  error_code text,
  model text,
  provider_request_id text,
  cost_usd numeric(12, 6),
  estimate_usd numeric(12, 6),
  list_price_usd numeric(12, 6),

  constraint provider_calls_pkey primary key (id),
  -- The ledger outlives its tasks: the calls of a deleted user were billed all the same.
  constraint provider_calls_task_id_fkey
    foreign key (task_id) references public.tasks (id) on delete set null,
  constraint provider_calls_attempt_is_unique unique (task_id, attempt),
  constraint provider_calls_outcome_is_known
    check (outcome in ('succeeded', 'failed', 'ambiguous')),
  constraint provider_calls_result_means_sent
    check (sent_at is not null or (handle is null and (outcome is null or outcome = 'failed'))),
  constraint provider_calls_outcome_means_finished
    check ((outcome is null) = (finished_at is null))
);

comment on table private.provider_calls is 'One row for each call a provider may bill, written when the task is claimed, before the call.';
comment on column private.provider_calls.attempt is 'The lease the call was made under.';
comment on column private.provider_calls.result_count is 'Results asked for, as the provider''s rate limit counts them.';
comment on column private.provider_calls.pool is 'The pool of the task.';
comment on column private.provider_calls.turn is 'The turn of the task: how far fair queueing has come.';
comment on column private.provider_calls.sent_at is 'When the worker said that the request goes out next. null: the provider knows nothing of it.';
comment on column private.provider_calls.outcome is 'null: under way, at the provider if there is a handle. ambiguous: the worker or the answer was lost, the provider may have billed all the same.';
comment on column private.provider_calls.handle is 'What the provider gave to ask for the work by.';
comment on column private.provider_calls.cost_usd is 'What the provider says or its account of usage comes to; null where it gives none.';
comment on column private.provider_calls.estimate_usd is 'That of the task: what stands for the cost where the provider gives none.';
comment on column private.provider_calls.list_price_usd is 'That of the task: what the cost is compared with.';

create index provider_calls_recent_idx on private.provider_calls (provider, started_at);
create index provider_calls_turns_idx on private.provider_calls (provider, pool, turn);
create index provider_calls_pool_idx on private.provider_calls (provider, pool, started_at);
-- What is under way: at the provider, or on the way there.
create index provider_calls_open_idx on private.provider_calls (provider, pool)
  where outcome is null;
create index provider_calls_unanswered_idx on private.provider_calls (task_id)
  where outcome is null and handle is null;

-- A task has one call under way at most.
create unique index provider_calls_one_open_call on private.provider_calls (task_id)
  where outcome is null;

alter table private.provider_calls enable row level security;

-- supabase/schemas/10_tables/06_dead_letters.sql

-- What could not be served, kept where an operator finds it.

create table private.dead_letters (
  id bigint not null generated always as identity,
  queue text not null,
  message jsonb not null,
  task_id uuid,
  reason text not null,
  dead_lettered_at timestamptz not null default now(),
  replayed_at timestamptz,

  constraint dead_letters_pkey primary key (id),
  constraint dead_letters_task_id_fkey
    foreign key (task_id) references public.tasks (id) on delete set null
);

comment on table private.dead_letters is 'Messages that nobody could serve: without a task, or of a task that ended because something of ours failed. private.replay_dead_letter serves one again.';
comment on column private.dead_letters.task_id is 'Null if the message names no task, or none that is there.';
comment on column private.dead_letters.reason is 'Why, for the operator.';

create index dead_letters_task_id_idx on private.dead_letters (task_id);

alter table private.dead_letters enable row level security;

create or replace function private.dead_letter(
  p_queue text,
  p_message jsonb,
  p_task_id uuid,
  p_reason text
)
returns void
language sql
set search_path = ''
as $$
  insert into private.dead_letters (queue, message, task_id, reason)
  values (p_queue, p_message, p_task_id, p_reason);
$$;

comment on function private.dead_letter is 'Keeps a message that nobody could serve.';

-- supabase/schemas/10_tables/07_api_keys.sql

-- Keys of the apps that may call the API, beside the user's token.

create table private.api_keys (
  id uuid not null default gen_random_uuid(),
  prefix text not null,
  key_hash bytea not null,
  client_name text not null,
  allowed_operations text[],
  submits_per_minute integer,
  usd_per_day numeric(12, 2),
  sees_costs boolean not null default false,
  active boolean not null default true,
  expires_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default now(),

  constraint api_keys_pkey primary key (id),
  constraint api_keys_prefix_is_unique unique (prefix),
  constraint api_keys_prefix_is_of_a_key
    check (prefix ~ '^m3d_[a-z]+_[0-9A-Za-z]+$' and length(prefix) = 16),
  constraint api_keys_hash_is_sha256 check (octet_length(key_hash) = 32),
  constraint api_keys_client_has_a_name check (client_name <> ''),
  constraint api_keys_submits_per_minute_is_positive check (submits_per_minute > 0),
  constraint api_keys_usd_per_day_is_counted check (usd_per_day >= 0)
);

comment on table private.api_keys is 'Who may call the API. Only the SHA-256 of a key is kept. A change is obeyed within 20 seconds.';
comment on column private.api_keys.prefix is 'The first 16 characters of the key: finds the row and tells keys apart in a list.';
comment on column private.api_keys.allowed_operations is 'Operations the key may submit; null means all.';
comment on column private.api_keys.submits_per_minute is 'Tasks that may be submitted with the key in any 60 seconds; null means private.limits.key_submits_per_minute.';
comment on column private.api_keys.usd_per_day is 'USD that its requests may cost in a day (UTC), of all its users; null means private.limits.key_usd_per_day.';
comment on column private.api_keys.sees_costs is 'Whether it is told what a task has cost: a shop does not show what it pays.';
comment on column private.api_keys.active is 'False: revoked.';
comment on column private.api_keys.expires_at is 'From when on the key is refused; null means never.';
comment on column private.api_keys.last_used_at is 'To the minute: written at most once in one.';

alter table private.api_keys enable row level security;

-- supabase/schemas/10_tables/07_plans.sql

-- What a user may ask for, by plan.

create table private.plans (
  name text not null,
  images_per_day integer,
  models_per_day integer,
  usd_per_day numeric(12, 2),
  submits_per_minute integer,
  active_tasks integer,
  operations text[],
  providers text[],
  models text[],
  qualities text[],
  most_results integer,
  most_safety_tolerance integer,

  constraint plans_pkey primary key (name),
  constraint plans_name_is_a_word check (name ~ '^[a-z][a-z0-9_-]{0,62}$'),
  constraint plans_images_per_day_is_counted check (images_per_day >= 0),
  constraint plans_models_per_day_is_counted check (models_per_day >= 0),
  constraint plans_usd_per_day_is_counted check (usd_per_day >= 0),
  constraint plans_submits_per_minute_is_positive check (submits_per_minute > 0),
  constraint plans_active_tasks_is_positive check (active_tasks > 0),
  constraint plans_most_results_is_positive check (most_results > 0),
  constraint plans_most_safety_tolerance_is_counted check (most_safety_tolerance >= 0)
);

comment on table private.plans is 'What users may ask for; null means no limit. Change a row and the next submit obeys. A user has the plan that app_metadata.plan of the token names, else, or if there is none of that name, default.';
comment on column private.plans.images_per_day is 'Images that a user may ask for in a day (UTC). What ends without a bill does not count.';
comment on column private.plans.models_per_day is 'The same for models.';
comment on column private.plans.usd_per_day is 'USD that a user''s requests of a day may cost.';
comment on column private.plans.submits_per_minute is 'Tasks that a user may submit in any 60 seconds.';
comment on column private.plans.active_tasks is 'Tasks of a user that may be unfinished at the same time.';
comment on column private.plans.operations is 'Operations that may be asked for.';
comment on column private.plans.providers is 'Providers that may be chosen.';
comment on column private.plans.models is 'Models of providers that may do the work, whether the client or the operator chooses them.';
comment on column private.plans.qualities is 'Values of the field quality, where an operation has it; to leave it out is allowed.';
comment on column private.plans.most_results is 'The largest n.';
comment on column private.plans.most_safety_tolerance is 'The loosest safety_tolerance.';

alter table private.plans enable row level security;

-- One user may cost as much as 95 images of $0.053, or a handful of the dearest requests.
insert into private.plans (
  name, images_per_day, models_per_day, usd_per_day, submits_per_minute, active_tasks
)
values
  ('default', 100, 20, 5, 30, 20),
  ('anonymous', 10, 2, 0.5, 5, 2),
  -- For the reviewers of app stores, whom a limit of a day must not stop. The project's holds.
  ('reviewer', null, null, null, 30, 20);

-- supabase/schemas/10_tables/08_blocked_users.sql

-- Users who may not submit: blocked here, or banned in Auth.

create table private.blocked_users (
  user_id uuid not null,
  reason text not null,
  blocked_at timestamptz not null default now(),
  blocked_until timestamptz,

  constraint blocked_users_pkey primary key (user_id),
  constraint blocked_users_user_id_fkey
    foreign key (user_id) references auth.users (id) on delete cascade,
  constraint blocked_users_reason_is_told check (reason <> '')
);

comment on table private.blocked_users is 'Users who may not submit, beside those whom Auth has banned.';
comment on column private.blocked_users.reason is 'For the operator; the user is not told.';
comment on column private.blocked_users.blocked_until is 'null: until an operator unblocks the user.';

alter table private.blocked_users enable row level security;

create or replace function private.is_blocked(p_user_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from private.blocked_users
    where user_id = p_user_id and coalesce(blocked_until > now(), true)
  ) or exists (
    select from auth.users where id = p_user_id and banned_until > now()
  );
end;
$$;

comment on function private.is_blocked is 'Whether a user may not submit now.';

-- supabase/schemas/10_tables/08_content_limits.sql

-- Users whose requests are refused for their content. A provider closes the account of an owner
-- whose users keep asking for what it refuses, so such a user is slowed down, and then blocked.

create table private.content_limits (
  only_row boolean not null default true,
  counted_for interval not null default '24 hours',
  slow_after integer default 5,
  first_wait interval not null default '1 minute',
  longest_wait interval not null default '1 hour',
  block_after integer default 15,
  blocked_for interval default '7 days',

  constraint content_limits_pkey primary key (only_row),
  constraint content_limits_only_row_is_true check (only_row),
  constraint content_limits_counted_for_is_positive check (counted_for > interval '0'),
  constraint content_limits_slow_after_is_positive check (slow_after > 0),
  constraint content_limits_first_wait_is_positive check (first_wait > interval '0'),
  constraint content_limits_longest_wait_is_longest check (longest_wait >= first_wait),
  constraint content_limits_block_after_is_positive check (block_after > 0),
  constraint content_limits_blocked_for_is_positive check (blocked_for > interval '0')
);

comment on table private.content_limits is 'From how many refusals of content on a user is slowed down and blocked: one row. Change it and the next submit, or refusal, obeys. Filters are wrong at times, so a few refusals a day cost nothing; from the fifth on waits double, so that the fifteenth comes after five hours of going on.';
comment on column private.content_limits.counted_for is 'For how long a refusal counts. Only time wipes it: a success does not.';
comment on column private.content_limits.slow_after is 'From so many refusals on, a user waits after each. Null: never.';
comment on column private.content_limits.first_wait is 'For how long the user waits first; twice as long after each further refusal.';
comment on column private.content_limits.longest_wait is 'For how long the user waits at most.';
comment on column private.content_limits.block_after is 'With so many refusals a user is blocked. Null: never.';
comment on column private.content_limits.blocked_for is 'For how long. Null: until an operator unblocks the user.';

alter table private.content_limits enable row level security;

insert into private.content_limits default values;

create table private.content_refusals (
  id bigint not null generated always as identity,
  user_id uuid not null,
  task_id uuid,
  refused_by text not null,
  refused_at timestamptz not null default now(),

  constraint content_refusals_pkey primary key (id),
  constraint content_refusals_user_id_fkey
    foreign key (user_id) references auth.users (id) on delete cascade,
  -- A task that its user deletes has been refused all the same.
  constraint content_refusals_task_id_fkey
    foreign key (task_id) references public.tasks (id) on delete set null,
  constraint content_refusals_task_is_counted_once unique (task_id)
);

comment on table private.content_refusals is 'Requests that were refused for their content: by a provider, which has a task, or by the check before the queue, which has none.';
comment on column private.content_refusals.refused_by is 'The provider, or moderation: the check before the queue.';

create index content_refusals_user_idx on private.content_refusals (user_id, refused_at);

alter table private.content_refusals enable row level security;

create or replace function private.forgive_refusals()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  delete from private.content_refusals where user_id = old.user_id;
  return null;
end;
$$;

comment on function private.forgive_refusals is 'Trigger: who unblocks a user forgives; else the next refusal would block the user again.';

create or replace trigger blocked_users_forgive_refusals
  after delete on private.blocked_users
  for each row
  execute function private.forgive_refusals();

-- supabase/schemas/10_tables/08_refused_budgets.sql

-- Caps for which a submit was refused: the operator is told, also where something smaller would
-- fit.

create table private.refused_budgets (
  scope text not null,
  scope_id text not null,
  period text not null,
  period_start date not null,
  cap_usd numeric(12, 2) not null,
  refused_at timestamptz not null default now(),

  constraint refused_budgets_pkey primary key (scope, scope_id, period, period_start),
  constraint refused_budgets_scope_is_known check (scope in ('project', 'provider', 'key')),
  constraint refused_budgets_period_is_known check (period in ('day', 'month'))
);

comment on table private.refused_budgets is 'For which cap a submit was refused, in which day or month: the first of them under this cap.';
comment on column private.refused_budgets.cap_usd is 'The cap as it was then: under a higher one there is room again.';

alter table private.refused_budgets enable row level security;

create or replace function private.note_refused_budget(
  p_exceeded_limit text,
  p_provider text,
  p_api_key_id uuid,
  p_cap_usd numeric
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_scope text := split_part(p_exceeded_limit, '_usd_per_', 1);
  v_scope_id text := case v_scope
    when 'provider' then p_provider
    when 'key' then p_api_key_id::text
    else ''
  end;
  v_period text := split_part(p_exceeded_limit, '_usd_per_', 2);
  v_period_start date := date_trunc(v_period, now() at time zone 'UTC')::date;
begin
  if exists (
    select from private.refused_budgets
    where scope = v_scope
      and scope_id = v_scope_id
      and period = v_period
      and period_start = v_period_start
      and cap_usd = p_cap_usd
  ) then
    return;
  end if;
  insert into private.refused_budgets (scope, scope_id, period, period_start, cap_usd)
  values (v_scope, v_scope_id, v_period, v_period_start, p_cap_usd)
  on conflict on constraint refused_budgets_pkey do update
  set cap_usd = excluded.cap_usd, refused_at = excluded.refused_at;
end;
$$;

comment on function private.note_refused_budget is 'Notes that a submit was refused for a cap, such as project_usd_per_day. Refusals are many: only the first under a cap is written.';

-- supabase/schemas/10_tables/08_spending.sql

-- What was spent and reserved, by day of the submit (UTC). A task counts with its estimate until it
-- has ended, and then with what the ledger says.

create type private.spending_caps as (
  project_day numeric,
  project_month numeric,
  provider_day numeric,
  key_day numeric
);

comment on type private.spending_caps is 'The caps that a request is under, in USD; null means no cap.';

create table private.user_spending (
  user_id uuid not null,
  day date not null,
  used_usd numeric(12, 6) not null default 0,
  images integer not null default 0,
  models integer not null default 0,

  constraint user_spending_pkey primary key (user_id, day),
  constraint user_spending_user_id_fkey
    foreign key (user_id) references auth.users (id) on delete cascade,
  constraint user_spending_is_counted check (used_usd >= 0 and images >= 0 and models >= 0)
)
-- Each row is written often in a day, and only its numbers change.
with (fillfactor = 50);

comment on table private.user_spending is 'What the tasks cost that a user has submitted in a day, exactly.';
comment on column private.user_spending.used_usd is 'Spent, and reserved for what has not ended.';
comment on column private.user_spending.images is 'Images asked for, without those that ended and cost nothing.';
comment on column private.user_spending.models is 'The same for models.';

-- What is old is looked for each minute. Rows of a day come after those of the day before.
create index user_spending_day_idx on private.user_spending using brin (day);

alter table private.user_spending enable row level security;

create table private.spending (
  scope text not null,
  scope_id text not null,
  day date not null,
  used_usd numeric(14, 6) not null default 0,

  constraint spending_pkey primary key (scope, scope_id, day),
  constraint spending_scope_is_known check (scope in ('project', 'provider', 'key'))
)
with (fillfactor = 50);

comment on table private.spending is 'What the tasks of a day cost the project, and of it each provider and each API key with a cap of its own, but for what is still in private.spending_stripes.';
comment on column private.spending.scope_id is 'The provider, or the id of the API key; empty for the project.';

alter table private.spending enable row level security;

create table private.spending_stripes (
  provider text not null,
  api_key_id uuid not null,
  stripe smallint not null,
  day date not null,
  used_usd numeric(12, 6) not null default 0,

  constraint spending_stripes_pkey primary key (provider, api_key_id, stripe)
)
with (fillfactor = 10);

comment on table private.spending_stripes is 'What is to be added to private.spending. Submits at the same time write different rows: a single row in front of all of them would let one through at a time.';
comment on column private.spending_stripes.api_key_id is 'private.no_key() for keys without a cap.';

alter table private.spending_stripes enable row level security;

create table private.spending_changes (
  id bigint not null generated always as identity,
  user_id uuid,
  day date not null,
  provider text not null,
  api_key_id uuid not null,
  used_usd numeric(12, 6) not null,
  images integer not null,
  models integer not null,

  constraint spending_changes_pkey primary key (id)
);

comment on table private.spending_changes is 'What is to be added to private.user_spending and private.spending within a second or so. Who ends many tasks in one transaction writes here, where nobody waits for anybody: to hold the budgets of one task while waiting for those of the next ends in a deadlock.';
comment on column private.spending_changes.user_id is 'Null for work of a deleted user.';
comment on column private.spending_changes.api_key_id is 'private.no_key() for keys without a cap.';

alter table private.spending_changes enable row level security;

-- supabase/schemas/10_tables/08_submit_limits.sql

-- How much all may spend, one app ask for, and one user store, so that none takes what all share.
-- What one user may ask for is in private.plans.

create table private.limits (
  only_row boolean not null default true,
  project_usd_per_day numeric(12, 2) default 40,
  project_usd_per_month numeric(12, 2) default 400,
  provider_usd_per_day numeric(12, 2) default 25,
  key_usd_per_day numeric(12, 2),
  key_submits_per_minute integer,
  -- As much as the inputs of all tasks that a user may have under way, each a file of 50 MB.
  user_stored_bytes bigint default 20 * 50 * 1024 * 1024,
  user_stored_files integer default 1000,
  user_input_assets integer default 1000,
  allows_anonymous_users boolean not null default false,
  allows_signed_uploads boolean not null default true,

  constraint limits_pkey primary key (only_row),
  constraint limits_only_row_is_true check (only_row),
  constraint limits_project_usd_per_day_is_counted check (project_usd_per_day >= 0),
  constraint limits_project_usd_per_month_is_counted check (project_usd_per_month >= 0),
  constraint limits_provider_usd_per_day_is_counted check (provider_usd_per_day >= 0),
  constraint limits_key_usd_per_day_is_counted check (key_usd_per_day >= 0),
  constraint limits_key_submits_per_minute_is_positive check (key_submits_per_minute > 0),
  constraint limits_user_stored_bytes_is_positive check (user_stored_bytes > 0),
  constraint limits_user_stored_files_is_positive check (user_stored_files > 0),
  constraint limits_user_input_assets_is_positive check (user_input_assets > 0)
);

comment on table private.limits is 'What a submit or an upload is refused for: one row; null means no limit. Change it and the next one obeys.';
comment on column private.limits.project_usd_per_day is 'USD that all requests of a day (UTC) may cost together.';
comment on column private.limits.project_usd_per_month is 'The same for a calendar month.';
comment on column private.limits.provider_usd_per_day is 'USD that the requests to one provider may cost in a day; for lanes without usd_per_day.';
comment on column private.limits.key_usd_per_day is 'USD that the requests with one API key may cost in a day; for keys without usd_per_day.';
comment on column private.limits.key_submits_per_minute is 'Tasks that may be submitted with an API key in any 60 seconds, by all its users; for keys without a limit of their own.';
comment on column private.limits.user_stored_bytes is 'With as many bytes in the bucket inputs a user uploads no more. An upload is not known by its size before: at most one file for each upload at the same time comes on top.';
comment on column private.limits.user_stored_files is 'With as many files in the bucket inputs a user uploads no more.';
comment on column private.limits.user_input_assets is 'Rows that a user may have in public.input_assets.';
comment on column private.limits.allows_anonymous_users is 'Whether users without an account may upload. Must say what ALLOW_ANONYMOUS_USERS of the functions says.';
comment on column private.limits.allows_signed_uploads is 'Whether users may sign URLs to upload to: such an upload is checked when it is signed, and then for two hours no more.';

alter table private.limits enable row level security;

insert into private.limits default values;

create table private.key_submits (
  api_key_id uuid not null,
  second timestamptz not null,
  submits integer not null,

  constraint key_submits_pkey primary key (api_key_id, second),
  constraint key_submits_api_key_id_fkey
    foreign key (api_key_id) references private.api_keys (id) on delete cascade,
  constraint key_submits_is_counted check (submits > 0)
);

comment on table private.key_submits is 'What was submitted in each second of the last minute with API keys that have a limit.';

alter table private.key_submits enable row level security;

-- supabase/schemas/10_tables/08_submit_pause.sql

-- The switch that keeps new work out, while an operator deploys or restores.

create table private.submit_pause (
  only_row boolean not null default true,
  paused_since timestamptz,
  message text not null default 'Maintenance; nothing new is accepted for a while',
  retry_after_seconds integer not null default 60,

  constraint submit_pause_pkey primary key (only_row),
  constraint submit_pause_only_row_is_true check (only_row),
  constraint submit_pause_message_is_told check (message <> ''),
  constraint submit_pause_retry_after_seconds_is_positive check (retry_after_seconds > 0)
);

comment on table private.submit_pause is 'Whether new submits are refused: one row. What was accepted goes on, and its replays are answered.';
comment on column private.submit_pause.paused_since is 'Null: submits are accepted.';
comment on column private.submit_pause.message is 'What apps are told.';

alter table private.submit_pause enable row level security;

insert into private.submit_pause default values;

-- supabase/schemas/10_tables/09_maintenance_jobs.sql

-- What workers do periodically beside tasks, and when it last ran.

create table private.maintenance_jobs (
  job text not null,
  run_every interval not null,
  last_run_at timestamptz not null default '-infinity',
  last_failed_at timestamptz,
  last_error text,

  constraint maintenance_jobs_pkey primary key (job),
  constraint maintenance_jobs_run_every_is_positive check (run_every > interval '0')
);

comment on table private.maintenance_jobs is 'What is done how often by whichever worker asks first, and when it last was.';
comment on column private.maintenance_jobs.last_run_at is 'When it was begun last. infinity: it is not to be done.';
comment on column private.maintenance_jobs.last_failed_at is 'When it failed last. Not before last_run_at: that was the last time.';
comment on column private.maintenance_jobs.last_error is 'What went wrong then.';

alter table private.maintenance_jobs enable row level security;

insert into private.maintenance_jobs (job, run_every) values
  ('reconcile', '1 minute'),
  ('files to remove', '10 seconds'),
  ('orphaned files', '1 minute'),
  ('reported files', '1 minute'),
  ('unused inputs', '10 minutes');

create or replace function private.take_maintenance_job(p_job text)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  -- A locked row means that another worker is taking the job.
  perform
  from private.maintenance_jobs
  where job = p_job and last_run_at < now() - run_every
  for update skip locked;
  if not found then
    return false;
  end if;
  update private.maintenance_jobs set last_run_at = now() where job = p_job;
  return true;
end;
$$;

comment on function private.take_maintenance_job is 'Whether a job is due, and the caller is the one to do it.';

create or replace function private.hasten_maintenance_job(p_job text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- infinity: it is not to be done, whoever asks.
  update private.maintenance_jobs set last_run_at = '-infinity'
  where job = p_job and last_run_at <> 'infinity';
end;
$$;

comment on function private.hasten_maintenance_job is 'Makes a job due at once.';

create or replace function private.repeat_maintenance_job(p_job text)
returns void
language sql
set search_path = ''
as $$
  update private.maintenance_jobs set last_run_at = now() - run_every - interval '1 microsecond'
  where job = p_job;
$$;

comment on function private.repeat_maintenance_job is 'Makes a job that was taken due again at once, for whoever asks: there may be more to do. It is not late.';

create or replace function private.fail_maintenance_job(p_job text, p_error text)
returns void
language sql
set search_path = ''
as $$
  update private.maintenance_jobs
  set
    -- The failure may have undone this, and then the job would be tried again at once.
    last_run_at = greatest(last_run_at, now()),
    last_failed_at = now(),
    last_error = left(p_error, 1000)
  where job = p_job;
$$;

comment on function private.fail_maintenance_job is 'Keeps how a job failed, for the alert maintenance_failing. It is due again when it would be after a success.';

-- supabase/schemas/10_tables/10_unlisted_hosts.sql

-- Hosts of results that the worker does not fetch from.

create table private.unlisted_hosts (
  provider text not null,
  host text not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),

  constraint unlisted_hosts_pkey primary key (provider, host),
  constraint unlisted_hosts_provider_fkey foreign key (provider) references private.lanes (provider)
    on delete cascade,
  constraint unlisted_hosts_host_is_a_name
    check (host ~ '^[a-z0-9.-]+$' and length(host) <= 253)
);

comment on table private.unlisted_hosts is 'Hosts to which a provider''s answers pointed for a result, and that are not listed as its own. Each is an alert while results are there.';
comment on column private.unlisted_hosts.last_seen_at is 'When a task was last sent there.';

alter table private.unlisted_hosts enable row level security;

-- supabase/schemas/10_tables/11_files_to_remove.sql

-- Files of what was deleted. Only Storage can remove files, so they are noted here in the
-- transaction that deletes their rows, and workers remove them.

create table private.files_to_remove (
  id bigint not null generated always as identity,
  place text not null,
  prefix text not null,
  after_task uuid,
  requested_at timestamptz not null default now(),
  tried_at timestamptz,

  constraint files_to_remove_pkey primary key (id),
  constraint files_to_remove_prefix_is_unique unique (place, prefix),
  constraint files_to_remove_place_is_known check (place in ('inputs', 'results')),
  -- Never everybody's.
  constraint files_to_remove_prefix_is_of_a_user check (prefix ~ '^[0-9a-f-]{36}/')
);

comment on table private.files_to_remove is 'Files that workers are to remove through Storage. A row goes when Storage has no such file any more.';
comment on column private.files_to_remove.place is 'inputs: the bucket of that name. results: the bucket of results, whose name is a setting of the worker.';
comment on column private.files_to_remove.prefix is 'What the names of the files begin with: a folder with its slash at the end, or a file up to the dot of its extension.';
comment on column private.files_to_remove.after_task is 'A task that may still store such files: they are removed when it has ended, for its provider, too.';
comment on column private.files_to_remove.tried_at is 'When Storage was last asked to remove some; the others come first.';

create index files_to_remove_next_idx on private.files_to_remove (tried_at nulls first, id);

alter table private.files_to_remove enable row level security;

create or replace function private.may_store_files(p_task_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.tasks where id = p_task_id and (finished_at is null or winds_down)
  );
end;
$$;

comment on function private.may_store_files is 'Whether a worker may still store results of the task.';

create or replace function private.has_files_to_remove()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from private.maintenance_jobs
    where job = 'files to remove' and last_run_at < now() - run_every
  ) and exists (
    select from private.files_to_remove where not private.may_store_files(after_task)
  );
end;
$$;

comment on function private.has_files_to_remove is 'Whether a worker is to remove files now.';

create or replace function private.result_folder(p_user_id uuid, p_output text, p_task_id uuid)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return format(
    '%s/%s/%s/', p_user_id, case p_output when 'image' then 'concepts' else 'models' end, p_task_id
  );
end;
$$;

comment on function private.result_folder is 'Where the worker stores the results of a task: a file each, named by its index.';

create or replace function private.remove_results(
  p_user_id uuid,
  p_output text,
  p_task_id uuid,
  p_result_index integer default null
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_folder text := private.result_folder(p_user_id, p_output, p_task_id);
begin
  if exists (
    select
    from private.files_to_remove
    where place = 'results' and prefix in (v_folder, p_user_id || '/')
      -- What the task may still store is not there yet.
      and (after_task = p_task_id or not private.may_store_files(p_task_id))
  ) then
    return;
  end if;
  insert into private.files_to_remove (place, prefix, after_task)
  values ('results', v_folder || coalesce(p_result_index || '.', ''), p_task_id)
  on conflict do nothing;
end;
$$;

comment on function private.remove_results is 'Has the files of a task removed, or one of them, once it stores no more.';

create or replace function private.remove_files_of_tasks()
returns trigger
language plpgsql
security definer -- also for a role that may delete a user, and nothing in here
set search_path = ''
as $$
begin
  perform private.remove_results(user_id, output, id)
  from deleted
  where status = 'complete' and user_id is not null;
  return null;
end;
$$;

comment on function private.remove_files_of_tasks is 'Trigger: deleted tasks take their results.';

create or replace trigger tasks_take_their_files
  after delete on public.tasks
  referencing old table as deleted
  for each statement
  execute function private.remove_files_of_tasks();

create or replace function private.remove_files_of_results()
returns trigger
language plpgsql
security definer -- apps delete these rows
set search_path = ''
as $$
begin
  perform private.remove_results(
    deleted.user_id, tasks.output, tasks.id, deleted.result_index::integer
  )
  from deleted
  -- With their task all of its files go.
  join public.tasks on tasks.id = deleted.celery_task_id
  where tasks.status = 'complete' or tasks.finished_at is null;
  return null;
end;
$$;

comment on function private.remove_files_of_results is 'Trigger: deleted rows of concept_images or models take their files.';

create or replace trigger concept_images_take_their_files
  after delete on public.concept_images
  referencing old table as deleted
  for each statement
  execute function private.remove_files_of_results();

create or replace trigger models_take_their_files
  after delete on public.models
  referencing old table as deleted
  for each statement
  execute function private.remove_files_of_results();

-- supabase/schemas/10_tables/11_reports.sql

-- Results that users have reported. What is reported is hidden from its user at once, kept for the
-- operator in a bucket that only the backend reads, and removed when the report is closed.

create table private.reports (
  task_id uuid not null,
  reason text not null,
  reported_at timestamptz not null default now(),
  asset_urls text[] not null,
  hidden_at timestamptz,
  closed_at timestamptz,

  constraint reports_pkey primary key (task_id),
  constraint reports_task_id_fkey
    foreign key (task_id) references public.tasks (id) on delete cascade,
  constraint reports_reason_is_told check (reason <> '' and length(reason) <= 1000),
  constraint reports_have_results check (cardinality(asset_urls) > 0)
);

comment on table private.reports is 'Results that their users have reported, and why.';
comment on column private.reports.asset_urls is 'The results as the task showed them. Those URLs answer no more.';
comment on column private.reports.hidden_at is 'When the files were out of the bucket of results. Null: a worker has yet to move them.';
comment on column private.reports.closed_at is 'When an operator was done with it: the files are removed. Null: they are kept in the bucket reported.';

create index reports_to_hide_idx on private.reports (task_id) where hidden_at is null;
create index reports_open_idx on private.reports (reported_at) where closed_at is null;

alter table private.reports enable row level security;

-- supabase/schemas/10_tables/12_deleted_users.sql

-- Deleted users whom Auth's own log still names.

create table private.deleted_users (
  user_id uuid not null,
  deleted_at timestamptz not null default now(),

  constraint deleted_users_pkey primary key (user_id)
);

comment on table private.deleted_users is 'Users who were deleted in Auth, until its audit log is cleared of them, a minute later.';

alter table private.deleted_users enable row level security;

-- supabase/schemas/20_lanes/01_lane_queues.sql

-- The two queues of a lane: what is to be started, and what is polled.

create or replace function private.polls_queue(p_provider text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_provider || '_polls';
end;
$$;

comment on function private.polls_queue is 'Queue of a lane''s tasks that the provider has accepted. It is apart, so that limits and pauses of the lane hold back only what is to be started.';

create or replace function private.lane_queues(p_provider text)
returns table (kind text, queue text)
language plpgsql
immutable
set search_path = ''
as $$
begin
  return query
  values
    ('ready', p_provider),
    ('polls', private.polls_queue(p_provider));
end;
$$;

comment on function private.lane_queues is 'The queues of a lane. ready: to be started. polls: accepted by the provider.';

create or replace function private.queues()
returns setof text
language sql
stable
set search_path = ''
as $$
  select lane_queues.queue
  from private.lanes, private.lane_queues(lanes.provider);
$$;

comment on function private.queues is 'Names of the queues of all lanes.';

create or replace function private.has_queue(p_queue text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return to_regclass(format('pgmq.%I', 'q_' || p_queue)) is not null
    and to_regclass(format('pgmq.%I', 'a_' || p_queue)) is not null;
end;
$$;

comment on function private.has_queue is 'Whether a queue is there, with its archive.';

create or replace function private.create_queue(p_queue text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pgmq.create(p_queue);
  -- Every claim leaves a dead version of each row it returns: a share of a short queue says
  -- nothing, and a queue that is not vacuumed gets slower with each claim.
  execute format(
    'alter table pgmq.%I set (
      autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200,
      autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 500,
      autovacuum_vacuum_cost_delay = 0
    )',
    'q_' || p_queue
  );
  -- Grows, and is emptied at its old end.
  execute format(
    'alter table pgmq.%I set (
      autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05
    )',
    'a_' || p_queue
  );
  -- What was archived of a task goes with it.
  execute format(
    'create index if not exists %I on pgmq.%I ((message ->> ''task_id''))',
    'a_' || p_queue || '_task_idx', 'a_' || p_queue
  );
end;
$$;

comment on function private.create_queue is 'Creates a queue, which is vacuumed early, and whose archive is searched by tasks.';

create or replace function private.add_lane(
  p_provider text,
  p_max_in_flight integer,
  p_results_per_minute integer default null,
  p_polls_per_second integer default null,
  p_max_ambiguous_retries smallint default 1,
  p_pools jsonb default null
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.lanes (
    provider, max_in_flight, results_per_minute, polls_per_second, max_ambiguous_retries
  )
  values (
    p_provider, p_max_in_flight, p_results_per_minute, p_polls_per_second, p_max_ambiguous_retries
  );
  insert into private.pools (provider, name, max_in_flight)
  select p_provider, key, value::integer
  from jsonb_each_text(coalesce(p_pools, jsonb_build_object('default', p_max_in_flight)));
  insert into private.poll_pacing (provider) values (p_provider);
  perform private.create_queue(queue) from private.lane_queues(p_provider);
end;
$$;

comment on function private.add_lane is 'Creates a provider''s lane: its limits, its pools and its queues. p_pools: how many calls may be under way in each pool, by name; null: one pool that has the limit of the lane. The provider''s operations say which pool a request belongs to.';

-- supabase/schemas/20_lanes/02_lane_capacity.sql

-- What a lane and its pools have room for. What is under way is what the ledger has open calls for:
-- a poll changes nothing there, and what a user no longer wants is in it as long as the provider is
-- at it.

create or replace function private.calls_under_way(p_provider text)
returns table (pool text, calls integer)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select open_calls.pool, count(*)::integer
  from private.provider_calls as open_calls
  where provider = p_provider
    and outcome is null
    -- Those of a deleted user nobody can ask for.
    and task_id is not null
  group by open_calls.pool;
end;
$$;

comment on function private.calls_under_way is 'How many calls of each pool of a lane are under way, as far as there are any.';

create or replace function private.free_slots(p_lane private.lanes)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select p_lane.max_in_flight - coalesce(sum(calls), 0)::integer
    from private.calls_under_way(p_lane.provider)
  );
end;
$$;

comment on function private.free_slots is 'How many more calls of the lane may be under way.';

create or replace function private.open_pools(p_provider text)
returns table (pool text, free_slots integer)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select pools.name, pools.max_in_flight - coalesce(under_way.calls, 0)
  from private.pools
  left join private.calls_under_way(p_provider) as under_way on under_way.pool = pools.name
  where pools.provider = p_provider
    and coalesce(pools.rate_limited_until <= clock_timestamp(), true)
    and pools.max_in_flight > coalesce(under_way.calls, 0);
end;
$$;

comment on function private.open_pools is 'The pools of a lane that something may be started in, and for how many calls each has room.';

create or replace function private.half_open_slots(
  p_provider text,
  p_besides uuid default null
)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select 1 - count(*)::integer
    from private.provider_calls as calls
    join private.lanes on lanes.provider = calls.provider
    where calls.provider = p_provider
      and calls.outcome is null
      and calls.handle is null
      and calls.task_id is not null
      and calls.task_id is distinct from p_besides
      -- What was called for before the pause may hang for minutes, and finds out nothing.
      and calls.started_at >= lanes.paused_until
  );
end;
$$;

comment on function private.half_open_slots is 'How many more tasks may be started while the circuit breaker is half-open: one at a time. p_besides: a task that does not count.';

-- supabase/schemas/20_lanes/03_busy_provider.sql

-- A provider that says that it is asked too often. That is no failure of it.

create or replace function private.max_pause_seconds()
returns integer
language sql
immutable
set search_path = ''
return 900;

comment on function private.max_pause_seconds is 'How long a provider may have its lane paused at most, whatever it asks for: afterwards one task tries.';

create or replace function private.record_rate_limited(
  p_task public.tasks,
  p_pause_scope text,
  p_retry_after_seconds integer
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_until timestamptz := clock_timestamp() + make_interval(
    secs => least(greatest(1, coalesce(p_retry_after_seconds, 0)), private.max_pause_seconds())
  );
begin
  if p_pause_scope = 'pool' then
    update private.pools
    set rate_limited_until = greatest(rate_limited_until, v_until)
    where provider = p_task.provider and name = p_task.pool;
  else
    update private.lanes
    set rate_limited_until = greatest(rate_limited_until, v_until)
    where provider = p_task.provider;
  end if;
end;
$$;

comment on function private.record_rate_limited is 'A provider was asked too often: nothing of the lane, or of the task''s pool, is started for as long as it says. No failure, and no half-open lane afterwards.';

-- supabase/schemas/20_lanes/03_rate_limit.sql

-- How many results of a lane may be started. A provider counts requests when they arrive, so a call
-- counts for a minute from when it was sent, and until then as if it were sent now.

create or replace function private.rate_limit_window()
returns interval
language sql
immutable
set search_path = ''
return interval '1 minute';

comment on function private.rate_limit_window is 'The time that results_per_minute speaks of.';

create or replace function private.results_per_minute(p_lane private.lanes)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_lane.results_per_minute is null or not p_lane.follows_rate_limit then
    return p_lane.results_per_minute;
  end if;
  return coalesce(
    (
      select results_per_minute
      from private.rate_limits
      where provider = p_lane.provider
        and told_at > clock_timestamp() - interval '1 day'
    ),
    p_lane.results_per_minute
  );
end;
$$;

comment on function private.results_per_minute is 'The limit that counts now: what the provider has named last, or that of the lane; null where the lane has none.';

create or replace function private.results_in_window(p_provider text)
returns table (leaves_at timestamptz, results integer)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
begin
  return query
  select
    coalesce(sent_at, case when outcome is null then v_now else started_at end)
      + private.rate_limit_window(),
    result_count::integer
  from private.provider_calls
  where provider = p_provider
    -- A call that waits longer to be sent is a range of the index that nobody needs to read.
    and started_at > v_now - interval '10 minutes'
    and (
      sent_at > v_now - private.rate_limit_window()
      or (sent_at is null and outcome is null)
      or (sent_at is null and started_at > v_now - private.rate_limit_window())
    );
end;
$$;

comment on function private.results_in_window is 'Results of a lane that count against its limit now, each with the time from which on it does not.';

create or replace function private.free_results(p_lane private.lanes)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  v_allowed integer := private.results_per_minute(p_lane);
  v_told record;
begin
  if v_allowed is null then
    v_allowed := 2147483647;
  else
    v_allowed := v_allowed - (
      select coalesce(sum(results), 0) from private.results_in_window(p_lane.provider)
    );
  end if;

  -- Others may use the same account.
  select remaining, told_at into v_told
  from private.rate_limits
  where provider = p_lane.provider and resets_at > clock_timestamp() and remaining is not null;
  if found then
    v_allowed := least(v_allowed, v_told.remaining - (
      select coalesce(sum(result_count), 0)
      from private.provider_calls
      where provider = p_lane.provider and started_at > v_told.told_at
    ));
  end if;
  return v_allowed;
end;
$$;

comment on function private.free_results is 'How many more results of the lane may be started now.';

create or replace function private.has_free_results(
  p_results_per_minute integer,
  p_result_count integer,
  p_free_results integer
)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- More than is left of this minute waits for the next. More than a whole minute allows starts
  -- when nothing else did.
  return p_free_results > 0
    and (
      p_result_count <= p_free_results
      or coalesce(p_free_results >= p_results_per_minute, true)
    );
end;
$$;

comment on function private.has_free_results is 'Whether what is left of the results of this minute is enough for a task.';

create or replace function private.spare_results(
  p_lane private.lanes,
  p_result_count integer,
  p_taken integer
)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  v_allowed integer := private.results_per_minute(p_lane);
  v_needed integer := least(p_result_count, v_allowed);
begin
  return (
    with leaving as (
      select
        leaves_at,
        sum(results) over (order by leaves_at) as gone,
        sum(results) over () as counted
      from private.results_in_window(p_lane.provider)
    )
    select greatest(0, coalesce(
      (
        -- When enough has left the window for the larger one, so much is over.
        select v_allowed - v_needed - (counted - gone) - p_taken
        from leaving
        where v_allowed - (counted - gone) - p_taken >= v_needed
        order by leaves_at
        limit 1
      ),
      -- It waits for what was just taken to leave, too, and so does whatever is started now.
      v_allowed - v_needed
    ))
  );
end;
$$;

comment on function private.spare_results is 'How many results smaller tasks may start at once that pass a larger one, so that it starts no later for them. p_result_count: of the larger one; p_taken: results that are started in this very moment.';

create or replace function private.record_rate_limit(p_provider text, p_rate_limit jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if jsonb_typeof(p_rate_limit) is distinct from 'object' then
    return;
  end if;
  insert into private.rate_limits as limits (
    provider, results_per_minute, remaining, resets_at, told_at
  )
  values (
    p_provider,
    nullif(greatest((p_rate_limit ->> 'limit')::integer, 0), 0),
    (p_rate_limit ->> 'remaining')::integer,
    clock_timestamp() + make_interval(secs => (p_rate_limit ->> 'reset_seconds')::double precision),
    clock_timestamp()
  )
  on conflict (provider) do update
  set
    results_per_minute = coalesce(excluded.results_per_minute, limits.results_per_minute),
    remaining = excluded.remaining,
    resets_at = excluded.resets_at,
    told_at = excluded.told_at;
end;
$$;

comment on function private.record_rate_limit is 'Keeps what a provider said of its limit: limit (results a minute), remaining, reset_seconds; what it did not say is null.';

-- supabase/schemas/20_lanes/04_circuit_breaker.sql

-- The circuit breaker of a lane. One user's failures pause that user in that lane; two users', or
-- one user's and a failed probe, pause the lane for all workers, so that waiting tasks are not
-- spent on a provider that fails. After the pause it is half-open: one task at a time, until one
-- succeeds.

create or replace function private.circuit_breaker_failures()
returns integer
language sql
immutable
set search_path = ''
return 5;

comment on function private.circuit_breaker_failures is 'How many failures in a row pause a user in a lane; and, where two users have them together, the lane.';

create or replace function private.is_provider_failure(p_error_code text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_error_code in ('provider_unavailable', 'timeout', 'provider_auth', 'provider_credits');
end;
$$;

comment on function private.is_provider_failure is 'Whether a failure is one of the provider itself, not of what it was asked. That it was asked too often is none.';

create or replace function private.is_account_failure(p_error_code text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_error_code in ('provider_auth', 'provider_credits');
end;
$$;

comment on function private.is_account_failure is 'Whether a failure is one of our account at the provider, which no other attempt changes.';

create or replace function private.pause_seconds(
  p_error_code text,
  p_failures integer,
  p_retry_after_seconds integer
)
returns integer
language plpgsql
immutable
set search_path = ''
as $$
begin
  return least(private.max_pause_seconds(), case
    -- For the operator to mend: until then one task in five minutes tries.
    when private.is_account_failure(p_error_code) then 300
    else greatest(
      least(15 * 2 ^ greatest(least(p_failures - private.circuit_breaker_failures(), 5), 0), 300),
      coalesce(p_retry_after_seconds, 0)
    )
  end)::integer;
end;
$$;

comment on function private.pause_seconds is 'For how long a user or a lane is paused after so many failures in a row.';

create or replace function private.pause_lane(p_provider text, p_seconds integer)
returns void
language sql
set search_path = ''
as $$
  update private.lanes
  set paused_until = greatest(paused_until, now() + make_interval(secs => p_seconds))
  where provider = p_provider;
$$;

comment on function private.pause_lane is 'Starts nothing of a lane for a time, and afterwards one task at a time until one succeeds.';

create or replace function private.record_success(p_task public.tasks)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- The lane first, as a failure does.
  update private.lanes
  -- A pause that is not over stays: what went well had begun before it.
  set
    consecutive_failures = 0,
    failing_since = null,
    paused_until = case when paused_until > clock_timestamp() then paused_until end
  where provider = p_task.provider
    and (consecutive_failures > 0 or paused_until <= clock_timestamp());
  delete from private.failing_users
  where provider = p_task.provider and user_id = p_task.user_id;
end;
$$;

comment on function private.record_success is 'A provider has accepted a task, or done it: its lane and the user are open again.';

create or replace function private.count_failure(
  p_task public.tasks,
  p_error_code text,
  p_retry_after_seconds integer
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.failing_users as users (provider, user_id, failures, failed_at)
  values (p_task.provider, p_task.user_id, 1, clock_timestamp())
  on conflict (provider, user_id) do update
  set failures = least(users.failures + 1, 1000), failed_at = clock_timestamp();
  update private.failing_users
  set paused_until = clock_timestamp() + make_interval(
    secs => private.pause_seconds(p_error_code, failures, p_retry_after_seconds)
  )
  where provider = p_task.provider
    and user_id = p_task.user_id
    and (
      failures >= private.circuit_breaker_failures() or private.is_account_failure(p_error_code)
    );
end;
$$;

comment on function private.count_failure is 'Counts a failure of a user in a lane, and pauses the user there after a few.';

create or replace function private.began_before_pause(p_task public.tasks)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select (
      select greatest(lanes.paused_until, users.paused_until)
      from private.lanes
      left join private.failing_users as users
        on users.provider = lanes.provider and users.user_id = p_task.user_id
      where lanes.provider = p_task.provider
    ) > (
      select started_at
      from private.provider_calls
      where task_id = p_task.id
      order by attempt desc
      limit 1
    )
  );
end;
$$;

comment on function private.began_before_pause is 'Whether the last call of a task is older than the end of the pause of its lane, or of its user there.';

create or replace function private.record_failure(
  p_task public.tasks,
  p_error_code text,
  p_retry_after_seconds integer
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_lane private.lanes;
  v_before private.failing_users;
  v_users integer;
begin
  -- What had begun before a pause is what the pause is for.
  if not private.is_provider_failure(p_error_code) or private.began_before_pause(p_task) then
    return;
  end if;
  select * into v_before
  from private.failing_users
  where provider = p_task.provider and user_id = p_task.user_id;
  update private.lanes
  set
    consecutive_failures = least(consecutive_failures + 1, 1000),
    failing_since = coalesce(failing_since, clock_timestamp())
  where provider = p_task.provider
  returning * into v_lane;

  -- A probe of the lane that fails says nothing of its user.
  if v_lane.paused_until <= clock_timestamp() then
    perform private.pause_lane(
      v_lane.provider,
      private.pause_seconds(p_error_code, v_lane.consecutive_failures, p_retry_after_seconds)
    );
    return;
  end if;

  perform private.count_failure(p_task, p_error_code, p_retry_after_seconds);
  select count(*) into v_users
  from private.failing_users
  where provider = v_lane.provider and failed_at >= v_lane.failing_since;
  if (
      v_users > 1
      and (
        v_lane.consecutive_failures >= private.circuit_breaker_failures()
        or private.is_account_failure(p_error_code)
      )
    )
    -- The user's probe after a pause, and no other has succeeded meanwhile.
    or (v_before.paused_until <= clock_timestamp() and v_lane.failing_since <= v_before.failed_at)
  then
    perform private.pause_lane(
      v_lane.provider,
      private.pause_seconds(p_error_code, v_lane.consecutive_failures, p_retry_after_seconds)
    );
  end if;
end;
$$;

comment on function private.record_failure is 'Counts a failure of a provider that a task has met before it was accepted, and pauses its user, or the lane.';

-- supabase/schemas/20_lanes/05_messages.sql

-- The message of a task: it moves between queues, or belongs to no task.

create or replace function private.move_message(
  p_task public.tasks,
  p_queue text,
  p_delay_seconds integer default 0
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_message_id bigint;
begin
  perform pgmq.delete(p_task.queue, p_task.message_id);
  select send into v_message_id
  from pgmq.send(p_queue, jsonb_build_object('task_id', p_task.id), p_delay_seconds);
  update public.tasks set queue = p_queue, message_id = v_message_id where id = p_task.id;
end;
$$;

comment on function private.move_message is 'Moves a task''s message to the end of another queue.';

create or replace function private.hide_messages(
  p_queue text,
  p_message_ids bigint[],
  p_seconds integer
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- pgmq.set_vt takes one message at a time before version 1.8.
  execute format(
    'update pgmq.%I set vt = $1, read_ct = read_ct + 1 where msg_id = any ($2)', 'q_' || p_queue
  ) using clock_timestamp() + make_interval(secs => p_seconds), p_message_ids;
end;
$$;

comment on function private.hide_messages is 'Hides messages that a worker was given, for the time of its lease.';

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
  -- A statement of its own: within a query the cast could be tried before it is known to be
  -- possible.
  if pg_input_is_valid(v_message ->> 'task_id', 'uuid') then
    v_task_id := v_message ->> 'task_id';
  end if;
  -- A second message of a task is spent; one that names none is a riddle.
  if v_message is not null and not exists (select from public.tasks where id = v_task_id) then
    perform private.dead_letter(p_queue, v_message, null, 'Names no task that is there');
  end if;
  perform pgmq.archive(p_queue, p_message_id);
end;
$$;

comment on function private.archive_orphaned_message is 'Takes a message out of its queue that no task points to, and keeps it among the dead if it names no task at all.';

create or replace function private.requeue_or_archive(p_queue text, p_message_id bigint)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select from public.tasks
    where queue = p_queue and message_id = p_message_id
      and (finished_at is null or winds_down)
  ) then
    perform pgmq.set_vt(p_queue, p_message_id, 1);
  else
    perform private.archive_orphaned_message(p_queue, p_message_id);
  end if;
end;
$$;

comment on function private.requeue_or_archive is 'For a message that was read but whose task could not be had: shows it again in a moment if the task is only locked; archives it if no unfinished task points to it.';

-- supabase/schemas/20_lanes/06_fair_queueing.sql

-- Fair queueing in a pool: start-time fair queueing, after Goyal, Vin and Cheng (1996). Every task
-- has a turn, and the lowest is started first. A user's next task comes as much later as the last
-- one takes: its results where the lane is limited by results, else one. Who has nothing waiting
-- comes in where the pool is now. So users take turns by what the lane is limited by, and whoever
-- comes with one task is served after at most one of each other user.

create or replace function private.next_turn(
  p_pool_turn bigint,
  p_last_turn bigint,
  p_last_results integer,
  p_results_per_minute integer
)
returns bigint
language plpgsql
immutable
set search_path = ''
as $$
begin
  return greatest(
    0,
    p_pool_turn,
    p_last_turn + case when p_results_per_minute is null then 1 else p_last_results end
  );
end;
$$;

comment on function private.next_turn is 'The turn of a user''s next task in a pool. p_pool_turn: how far the pool is; p_last_turn, p_last_results: of the user''s last task there; p_results_per_minute: the limit of the lane. Nulls where there is none.';

-- supabase/schemas/20_lanes/07_provider_lanes.sql

-- The lane of each provider, with the limits it starts with. Change the rows of private.lanes and
-- private.pools for a project; change this for all that come.

-- OpenAI counts images, and lets the lowest tier make few of them a minute.
select private.add_lane('openai', p_max_in_flight => 5, p_results_per_minute => 5);
select private.add_lane('stability', p_max_in_flight => 10);
select private.add_lane('recraft', p_max_in_flight => 5);
-- 24 jobs at once, and 6 of the largest model:
-- https://help.bfl.ai, "What is the concurrency limit for the API?"
select private.add_lane(
  'flux', p_max_in_flight => 20, p_polls_per_second => 20,
  p_pools => '{"default": 20, "kontext-max": 6}'
);
-- A model costs as much as ten images: rather none than one that is billed twice. The service
-- limits generation, its P models and textures each by themselves.
select private.add_lane(
  'tripo', p_max_in_flight => 18, p_polls_per_second => 50,
  p_max_ambiguous_retries => 0::smallint,
  p_pools => '{"generation": 10, "p-models": 3, "texture": 5}'
);

-- supabase/schemas/30_workers/01_workers.sql

-- Which workers are busy, and whether another one should be woken.

create table private.workers (
  id uuid not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  may_claim boolean not null default true,
  emptying_at timestamptz,

  constraint workers_pkey primary key (id)
);

comment on table private.workers is 'Workers that have tasks, each by its own id; one that is not seen for a while is gone.';
comment on column private.workers.may_claim is 'Whether it looks for more: an isolate that is about to end does not.';
comment on column private.workers.emptying_at is 'When it last started nothing, so as to be empty for a task that is to be claimed alone.';

alter table private.workers enable row level security;

create or replace function private.max_workers()
returns integer
language sql
immutable
set search_path = ''
return 4;

comment on function private.max_workers is 'How many workers are woken at the same time; those that are live find more work themselves.';

create or replace function private.worker_liveness()
returns interval
language sql
immutable
set search_path = ''
return interval '10 seconds';

comment on function private.worker_liveness is 'How long ago a worker may have been seen and still counts as live.';

create or replace function private.record_worker(
  p_worker_id uuid,
  p_may_claim boolean default true
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_worker_id is null then
    return;
  end if;
  insert into private.workers (id, may_claim) values (p_worker_id, p_may_claim)
  on conflict (id) do update set seen_at = now(), may_claim = p_may_claim;
end;
$$;

comment on function private.record_worker is 'Records that a worker has tasks, and whether it looks for more.';

create or replace function private.retire_worker(p_worker_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.workers
  where id = p_worker_id or seen_at < now() - interval '1 hour';
end;
$$;

comment on function private.retire_worker is 'Records that a worker has nothing more to do and stops looking.';

create or replace function private.is_worker_live(p_seen_at timestamptz)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return p_seen_at > now() - private.worker_liveness();
end;
$$;

comment on function private.is_worker_live is 'Whether a worker that was seen then still counts as one.';

create or replace function private.live_workers()
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select count(*) from private.workers where may_claim and private.is_worker_live(seen_at)
  );
end;
$$;

comment on function private.live_workers is 'How many workers have tasks now and look for more once a second. One that is too old to takes nobody''s place.';

create or replace function private.should_wake_worker()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.live_workers() < private.max_workers();
end;
$$;

comment on function private.should_wake_worker is 'Whether another worker should be woken for work that is due. The workers that are live find it themselves.';

create or replace function private.is_worker_out_of_touch()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from private.workers
    -- A heartbeat comes every 5 seconds. Another worker is to be in touch before the loss of this
    -- one looks like a gap.
    where seen_at < now() - interval '5.5 seconds' and seen_at > now() - interval '1 minute'
  );
end;
$$;

comment on function private.is_worker_out_of_touch is 'Whether a worker that had tasks has not been seen for a moment, so that another one is to be in touch.';

create or replace function private.has_due_work()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  v_queue text;
  v_due boolean;
begin
  for v_queue in
    select lane_queues.queue
    from private.lanes, private.lane_queues(lanes.provider)
    where private.has_queue(lane_queues.queue)
  loop
    execute format(
      'select exists (select from pgmq.%I where vt <= now())', 'q_' || v_queue
    ) into v_due;
    if v_due then
      return true;
    end if;
  end loop;
  if exists (
    select from private.maintenance_jobs
    where job = 'reported files' and last_run_at < now() - run_every
  ) and exists (select from private.reports where hidden_at is null) then
    return true;
  end if;
  return private.is_worker_out_of_touch() or private.has_files_to_remove();
end;
$$;

comment on function private.has_due_work is 'Whether a message is due now, a reported result is to be hidden, files are to be removed, or a worker has to be in touch for one that may be lost.';

-- supabase/schemas/30_workers/02_worker_contact.sql

-- When a worker was last in touch. If none was for a while, the database may have been out of their
-- reach: leases have run out in the hands of workers that live, and get time to say so.

create table private.worker_contact (
  only_row boolean not null default true,
  last_contact_at timestamptz not null default now(),
  grace_until timestamptz not null default '-infinity',

  constraint worker_contact_pkey primary key (only_row),
  constraint worker_contact_only_row_is_true check (only_row)
);

comment on table private.worker_contact is 'When any worker last claimed, or extended its leases: one row.';
comment on column private.worker_contact.last_contact_at is 'To within two seconds.';
comment on column private.worker_contact.grace_until is 'No lease that has run out is given to another worker before.';

alter table private.worker_contact enable row level security;

insert into private.worker_contact default values;

create or replace function private.contact_gap()
returns interval
language sql
immutable
set search_path = ''
return interval '8 seconds';

comment on function private.contact_gap is 'How long no worker may have been in touch before that counts as a gap: the least that is left of a lease at any time, so that none runs out unnoticed.';

create or replace function private.lease_grace()
returns interval
language sql
immutable
set search_path = ''
return interval '6 seconds';

comment on function private.lease_grace is 'How long holders have after a gap to extend their leases: a heartbeat, and the time to connect.';

create or replace function private.record_contact()
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.worker_contact
  set
    grace_until = case
      when last_contact_at < now() - private.contact_gap() then now() + private.lease_grace()
      else grace_until
    end,
    last_contact_at = now()
  where only_row = (
    select only_row
    from private.worker_contact
    -- Rarely enough to cost nothing.
    where last_contact_at < now() - interval '2 seconds'
    for update skip locked -- locked: another worker is in touch this moment
  );
end;
$$;

comment on function private.record_contact is 'Records that a worker is in touch. The first one after a gap starts the grace for all.';

create or replace function private.is_in_grace()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    -- The second: the worker that ends the gap has not committed yet.
    select grace_until > now() or last_contact_at < now() - private.contact_gap()
    from private.worker_contact
  );
end;
$$;

comment on function private.is_in_grace is 'Whether leases that have run out may still be extended by their holders, and are given to nobody else.';

-- supabase/schemas/40_tasks/01_leases.sql

-- The right to settle a task. It is numbered: whoever has the last number has the task, also after
-- its time has run out, until another worker claims it.

create or replace function private.lock_leased_task(p_task_id uuid, p_lease bigint)
returns public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  select * into v_task
  from public.tasks
  where id = p_task_id and lease = p_lease and lease_expires_at is not null
  for update;
  return v_task;
end;
$$;

comment on function private.lock_leased_task is 'The task, locked, if the lease is the last one; else null: another worker has the task, or had it, and nothing may change.';

create or replace function private.extend_leases(
  p_task_ids uuid[],
  p_leases bigint[],
  p_lease_seconds integer,
  p_worker_id uuid default null,
  p_may_claim boolean default true
)
returns setof uuid
language plpgsql
set search_path = ''
as $$
begin
  return query
  with held as (
    select tasks.id
    from unnest(p_task_ids, p_leases) as held (task_id, lease)
    join public.tasks on tasks.id = held.task_id
      and tasks.lease = held.lease
      -- One that has run out is good again: nobody has claimed the task meanwhile.
      and tasks.lease_expires_at is not null
      and (tasks.deadline_at > clock_timestamp() or tasks.winds_down)
    order by tasks.id
    for no key update of tasks
  ),
  extended as (
    update public.tasks
    set
      lease_expires_at = clock_timestamp() + make_interval(secs => p_lease_seconds),
      lost_at = null
    from held
    where tasks.id = held.id
    returning tasks.id, tasks.queue, tasks.message_id
  )
  select extended.id
  from extended
  -- Also without its message a task that is held is held.
  left join lateral pgmq.set_vt(extended.queue, extended.message_id, p_lease_seconds) on true;

  perform private.record_contact();
  -- Last: a claim of the same worker holds lanes when it comes to this row, and whoever settles one
  -- of these tasks may wait for a lane.
  perform private.record_worker(p_worker_id, p_may_claim);
end;
$$;

comment on function private.extend_leases is 'Extends the given leases and hides their messages as long. Returns the tasks still held; the rest were lost or are past their deadline, and their work must stop. p_may_claim: whether the worker still looks for more.';

-- supabase/schemas/40_tasks/02_billing_ledger.sql

-- What the billing ledger says of a task's calls. What was lost before a call was sent has cost
-- nothing.

create or replace function private.effective_outcome(p_sent_at timestamptz, p_outcome text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case when p_outcome = 'ambiguous' and p_sent_at is null then 'failed' else p_outcome end;
end;
$$;

comment on function private.effective_outcome is 'What is true of a call''s outcome: nobody has billed what was never asked for.';

create or replace function private.mark_call_sent(p_task_id uuid, p_lease bigint)
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
  set sent_at = coalesce(sent_at, clock_timestamp())
  where task_id = p_task_id and outcome is null;
  return found;
end;
$$;

comment on function private.mark_call_sent is 'Records that the billable request of a claimed task is sent next; false if the lease is stale, its deadline too near or the work accepted already, and then it must not be sent.';

create or replace function private.record_call(
  p_task public.tasks,
  p_call jsonb,
  p_outcome text default null,
  p_error_code text default null,
  p_handle text default null
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.record_rate_limit(p_task.provider, p_call -> 'rate_limit');
  -- A poll of work that goes on says nothing new: no version of a row is written for it.
  if p_outcome is null
    and coalesce(p_handle, p_task.handle) = p_task.handle
    and jsonb_strip_nulls(p_call) - array['rate_limit', 'retry_after_seconds'] = '{}'
  then
    return;
  end if;
  update private.provider_calls
  set
    outcome = private.effective_outcome(sent_at, p_outcome),
    finished_at = case when p_outcome is not null then now() end,
    error_code = case when p_outcome is not null then p_error_code end,
    handle = coalesce(p_handle, handle),
    model = coalesce(p_call ->> 'model', model),
    provider_request_id = coalesce(p_call ->> 'provider_request_id', provider_request_id),
    cost_usd = coalesce((p_call ->> 'cost_usd')::numeric, cost_usd)
  where task_id = p_task.id and outcome is null;

  if p_call ->> 'provider_task_id' is not null then
    update public.tasks
    set provider_task_id = p_call ->> 'provider_task_id'
    where id = p_task.id;
  end if;
end;
$$;

comment on function private.record_call is 'Writes into the ledger what is known of a task''s open call. p_outcome: null while the provider is at it. p_call: model, provider_request_id, provider_task_id, cost_usd, rate_limit (see private.record_rate_limit); what is absent stays as it is.';

create or replace function private.abandon_call(p_task_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.provider_calls
  set outcome = private.effective_outcome(sent_at, 'ambiguous'), finished_at = now()
  where task_id = p_task_id and outcome is null;
end;
$$;

comment on function private.abandon_call is 'Records that nobody will learn any more how a task''s open call ended: ambiguous, or failed if it was never made.';

create or replace function private.may_resubmit(p_task_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select count(calls.id) <= lanes.max_ambiguous_retries
    from public.tasks
    join private.lanes on lanes.provider = tasks.provider
    left join private.provider_calls as calls
      on calls.task_id = tasks.id and calls.outcome = 'ambiguous'
    where tasks.id = p_task_id
    group by lanes.max_ambiguous_retries
  );
end;
$$;

comment on function private.may_resubmit is 'Whether a task may be called for again, given how many of its calls the provider may have billed for nothing.';

create or replace function private.outcome_of_failed_call(p_was_accepted boolean, p_failure jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    -- Paid for, but the result could not be stored.
    when (p_failure ->> 'is_billed')::boolean then 'succeeded'
    when (p_failure ->> 'ended_unbilled')::boolean then 'failed'
    when (p_failure ->> 'is_ambiguous')::boolean then 'ambiguous'
    -- Accepted work that we give up may be billed; under these codes the provider has ended it.
    when p_was_accepted
      and p_failure ->> 'error_code'
        not in ('content_refused', 'invalid_input', 'provider_unavailable')
      then 'ambiguous'
    else 'failed'
  end;
end;
$$;

comment on function private.outcome_of_failed_call is 'What the ledger records of a call that failed for good: whether the provider billed it.';

create or replace function private.is_under_way(p_task public.tasks)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from private.provider_calls
    where task_id = p_task.id
      and outcome is null
      and sent_at is not null
      -- Or else nobody will learn how it ends.
      and (p_task.handle is not null or p_task.lease_expires_at > clock_timestamp())
  );
end;
$$;

comment on function private.is_under_way is 'Whether a provider works on the task, and somebody will learn how that ends.';

create or replace function private.forget_call(p_task_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  delete from private.provider_calls where task_id = p_task_id and outcome is null;
  return found;
end;
$$;

comment on function private.forget_call is 'Takes a call out of the ledger that its worker says it has not made. Returns whether there was one.';

create or replace function private.billed(p_task public.tasks)
returns text
language sql
stable
set search_path = ''
return case
  when p_task.handle is not null then 'yes'
  when exists (
    select from private.provider_calls where task_id = p_task.id and outcome = 'succeeded'
  ) then 'yes'
  when exists (
    select
    from private.provider_calls
    where task_id = p_task.id
      and (outcome = 'ambiguous' or (outcome is null and sent_at is not null))
  ) then 'maybe'
  else 'no'
end;

comment on function private.billed is 'Whether a provider bills something for the task: yes, no, or maybe where a call was under way.';

-- supabase/schemas/40_tasks/03_asset_rows.sql

-- Everything that writes concept_images and models: created with their task, they follow it.

create or replace function private.create_asset_rows(
  p_celery_task_id uuid,
  p_user_id uuid,
  p_task_id text,
  p_output text,
  p_count integer,
  p_parameters jsonb,
  p_metadata jsonb
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  -- The whole is with the task, once; here is what a gallery shows, as often as there are results.
  v_prompt text := left(p_parameters ->> 'prompt', 2000);
  v_style text := p_parameters ->> 'style';
begin
  if p_output = 'image' then
    insert into public.concept_images (
      user_id, task_id, celery_task_id, result_index, prompt, style, metadata
    )
    select p_user_id, p_task_id, p_celery_task_id, i, v_prompt, v_style, p_metadata
    from generate_series(0, p_count - 1) as i;
  else
    insert into public.models (
      user_id, task_id, celery_task_id, result_index, prompt, style, metadata
    )
    select p_user_id, p_task_id, p_celery_task_id, i, v_prompt, v_style, p_metadata
    from generate_series(0, p_count - 1) as i;
  end if;
end;
$$;

comment on function private.create_asset_rows is 'One pending row for each result asked for, in concept_images or models.';

create or replace function private.asset_status(p_task_status text, p_asset_url text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_task_status = 'complete' and p_asset_url is null then 'failed'
    else p_task_status
  end;
end;
$$;

comment on function private.asset_status is 'Status of one result of a task. A complete task may have fewer results than were asked for, or none that is shown, because its user has reported them; the missing ones failed.';

-- The asset rows cannot disagree with their task, because nobody else writes their status.
create or replace function private.mirror_task_to_assets()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.concept_images as image
  set
    asset_url = new.asset_urls[image.result_index + 1],
    ai_service_task_id = new.provider_task_id,
    status = private.asset_status(new.status, new.asset_urls[image.result_index + 1])
  where image.celery_task_id = new.id;

  update public.models as model
  set
    asset_url = new.asset_urls[model.result_index + 1],
    ai_service_task_id = new.provider_task_id,
    status = private.asset_status(new.status, new.asset_urls[model.result_index + 1])
  where model.celery_task_id = new.id;

  return null;
end;
$$;

comment on function private.mirror_task_to_assets is 'Trigger: a change of a task''s status, of its name at the provider, or a report of its results reaches its rows in concept_images and models in the same transaction.';

create or replace trigger tasks_mirror_to_assets
  after update of status, provider_task_id, reported_at on public.tasks
  for each row
  when (
    old.status is distinct from new.status
    or old.provider_task_id is distinct from new.provider_task_id
    or old.reported_at is distinct from new.reported_at
  )
  execute function private.mirror_task_to_assets();

create or replace function private.forget_canceled_task(p_task_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.tasks
  set parameters = '{}'
  where id = p_task_id
    and status = 'canceled'
    and not winds_down
    and private.billed(tasks) = 'no';
  if found then
    update public.concept_images set prompt = null
    where celery_task_id = p_task_id and prompt is not null;
    update public.models set prompt = null
    where celery_task_id = p_task_id and prompt is not null;
  end if;
end;
$$;

comment on function private.forget_canceled_task is 'Drops what was asked for of a task that was canceled and has cost nothing: submits and cancellations of a user fill no disk. The row itself, now without parameters, stays for a day.';

-- supabase/schemas/40_tasks/03_erase_tasks.sql

-- Tasks that go for good, with everything that names them.

create or replace function private.delete_messages(p_queue text, p_task_ids text[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not private.has_queue(p_queue) then
    return;
  end if;
  execute format(
    'delete from pgmq.%I where message ->> ''task_id'' = any ($1)', 'q_' || p_queue
  ) using p_task_ids;
  execute format(
    'delete from pgmq.%I where message ->> ''task_id'' = any ($1)', 'a_' || p_queue
  ) using p_task_ids;
end;
$$;

comment on function private.delete_messages is 'Deletes the messages of tasks from a queue and its archive.';

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
  update private.provider_calls set handle = null
  where task_id = any (p_task_ids) and handle is not null;
  delete from public.tasks where id = any (p_task_ids);
end;
$$;

comment on function private.erase_tasks is 'Deletes tasks that have ended, locked, with their images and models, messages and dead letters. Their calls stay in the ledger, and name nobody.';

-- supabase/schemas/40_tasks/03_input_uses.sql

-- Which inputs a task, or a row of an app, names. Too many names keep a file too long, too few
-- would lose one: whatever may be a name counts as one.

create or replace function private.percent_decoded(p_text text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  if strpos(p_text, '%') = 0 then
    return p_text;
  end if;
  return convert_from(
    (
      select string_agg(
        case
          when match[1] ~ '^%[0-9a-fA-F]{2}' then decode(replace(match[1], '%', ''), 'hex')
          else convert_to(match[1], 'UTF8')
        end,
        ''::bytea order by place
      )
      from regexp_matches(p_text, '(?:%[0-9a-fA-F]{2})+|[^%]+|%', 'g')
        with ordinality as matches (match, place)
    ),
    'UTF8'
  );
exception
  -- What does not decode names nothing.
  when others then return null;
end;
$$;

comment on function private.percent_decoded is 'A part of a URL as it was before it was encoded; null if it cannot have been.';

create or replace function private.input_names(p_user_id uuid, p_value jsonb)
returns setof text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return query
  select distinct substr(candidate, strpos(candidate, p_user_id || '/'))
  from jsonb_path_query(p_value, 'strict $.**') as value,
    lateral (values (
      -- The path of a URL; or, where an app keeps it as such, the name itself.
      private.percent_decoded(split_part(split_part(value #>> '{}', '?', 1), '#', 1))
    ), (
      value #>> '{}'
    )) as candidates (candidate)
  where jsonb_typeof(value) = 'string'
    and strpos(candidate, p_user_id || '/') > 0
    -- Storage takes no longer names.
    and octet_length(substr(candidate, strpos(candidate, p_user_id || '/'))) <= 1024;
end;
$$;

comment on function private.input_names is 'Names of files in a user''s folder that any text within a JSON value may stand for: a URL of whatever form, or the path in the bucket.';

create or replace function private.note_input_uses(
  p_task_id uuid,
  p_user_id uuid,
  p_parameters jsonb
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.input_uses (task_id, name)
  select p_task_id, name from private.input_names(p_user_id, p_parameters) as name;
end;
$$;

comment on function private.note_input_uses is 'Keeps which inputs a task names.';

create or replace function private.note_uses_by_input_asset()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' then
    delete from private.input_uses where input_asset_id = new.id;
  end if;
  insert into private.input_uses (input_asset_id, name)
  select new.id, name
  from private.input_names(
    new.user_id, jsonb_build_array(new.asset_url, new.metadata)
  ) as name;
  return null;
end;
$$;

comment on function private.note_uses_by_input_asset is 'Trigger: keeps which inputs an app''s row names, as its file or, say, as a preview of it.';

create or replace trigger input_assets_note_uses
  after insert or update of user_id, asset_url, metadata on public.input_assets
  for each row
  execute function private.note_uses_by_input_asset();

-- supabase/schemas/40_tasks/03_spending.sql

-- Budgets: what each task counts, and for whom. A task counts with its estimate for each call that
-- may be billed, and when it has ended, with what the ledger says, on the day of its submit.
--
-- Locks are taken in one order: the row of the user, then project, provider and key. Far from a cap
-- submits add to stripes, rows of their own, and wait for nobody. A stripe holds so little that
-- all together hold a tenth of a cap, so whoever counts exactly from eight tenths in
-- private.spending on is exact in the last tenth. Then, and when a stripe is full, all is counted
-- there.

create or replace function private.stripe_count()
returns integer
language sql
immutable
set search_path = ''
return 16;

comment on function private.stripe_count is 'How many submits may count at the same time for a provider and a key.';

create or replace function private.most_stripes()
returns integer
language sql
immutable
set search_path = ''
return 256;

comment on function private.most_stripes is 'How many stripes there are at most. Providers and keys that come later are counted without.';

create or replace function private.most_in_stripe(p_caps private.spending_caps)
returns numeric
language plpgsql
immutable
set search_path = ''
as $$
begin
  return 0.1 * least(
    p_caps.project_day, p_caps.project_month, p_caps.provider_day, p_caps.key_day
  ) / private.most_stripes();
end;
$$;

comment on function private.most_in_stripe is 'How much a stripe may hold: all together hold no more than a tenth of the least cap. Null without a cap.';

create or replace function private.no_key()
returns uuid
language sql
immutable
set search_path = ''
return 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid;

comment on function private.no_key is 'Stands for keys without a cap, which are not counted one by one.';

create or replace function private.spending_day(p_at timestamptz)
returns date
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (p_at at time zone 'UTC')::date;
end;
$$;

comment on function private.spending_day is 'The day, in UTC, that a task counts in which was submitted then.';

create or replace function private.call_cost_usd(
  p_outcome text,
  p_cost_usd numeric,
  p_estimate_usd numeric
)
returns numeric
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_outcome = 'failed' then 0
    else coalesce(p_cost_usd, p_estimate_usd, 0)
  end;
end;
$$;

comment on function private.call_cost_usd is 'What a call has cost: nothing if it failed, else what the provider has said, or the estimate. An ambiguous call counts as billed; an open one as what it may cost.';

create or replace function private.task_cost_usd(p_task_id uuid)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(sum(private.call_cost_usd(outcome, cost_usd, estimate_usd)), 0)
    from private.provider_calls
    where task_id = p_task_id
  );
end;
$$;

comment on function private.task_cost_usd is 'What the calls of a task have cost by the ledger.';

create or replace function private.own_stripe()
returns smallint
language plpgsql
stable
set search_path = ''
as $$
begin
  return pg_backend_pid() % private.stripe_count();
end;
$$;

comment on function private.own_stripe is 'The stripe that this connection counts in.';

create or replace function private.add_to_spending(
  p_scope text,
  p_scope_id text,
  p_day date,
  p_usd numeric
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.spending as spending (scope, scope_id, day, used_usd)
  values (p_scope, p_scope_id, p_day, p_usd)
  on conflict (scope, scope_id, day) do update
  set used_usd = spending.used_usd + excluded.used_usd;
end;
$$;

comment on function private.add_to_spending is 'Counts for one of the project, a provider or a key, and locks its row.';

create or replace function private.count_in_row(
  p_provider text,
  p_api_key_id uuid,
  p_day date,
  p_usd numeric
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.add_to_spending('project', '', p_day, p_usd);
  perform private.add_to_spending('provider', p_provider, p_day, p_usd);
  if p_api_key_id <> private.no_key() then
    perform private.add_to_spending('key', p_api_key_id::text, p_day, p_usd);
  end if;
end;
$$;

comment on function private.count_in_row is 'Counts for project, provider and key at once, in this order. p_usd may be negative, or nothing, to lock the rows.';

create or replace function private.empty_stripe(p_provider text, p_api_key_id uuid, p_day date)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_stripe private.spending_stripes;
begin
  select * into v_stripe
  from private.spending_stripes
  where provider = p_provider and api_key_id = p_api_key_id and stripe = private.own_stripe();
  if not found then
    if (select count(*) from private.spending_stripes) < private.most_stripes() then
      insert into private.spending_stripes (provider, api_key_id, stripe, day)
      values (p_provider, p_api_key_id, private.own_stripe(), p_day)
      on conflict do nothing;
    end if;
    return;
  end if;
  if v_stripe.day > p_day -- It was midnight since this transaction began.
    or (v_stripe.day = p_day and v_stripe.used_usd = 0)
  then
    return;
  end if;
  if v_stripe.day < p_day then
    -- The rows that all share first, of later days before earlier ones; then the stripe.
    perform private.count_in_row(p_provider, p_api_key_id, v_stripe.day, 0);
  end if;
  select * into v_stripe
  from private.spending_stripes
  where provider = p_provider
    and api_key_id = p_api_key_id
    and stripe = v_stripe.stripe
    and day = v_stripe.day
  for update;
  if found then
    perform private.count_in_row(p_provider, p_api_key_id, v_stripe.day, v_stripe.used_usd);
    update private.spending_stripes
    set day = p_day, used_usd = 0
    where provider = p_provider and api_key_id = p_api_key_id and stripe = v_stripe.stripe;
  end if;
end;
$$;

comment on function private.empty_stripe is 'Adds the stripe of this connection to private.spending, and leaves it for this day. To be called after private.count_in_row has locked the rows there.';

create or replace function private.used_usd(p_scope text, p_scope_id text, p_from date, p_to date)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(sum(used_usd), 0)
    from private.spending
    where scope = p_scope and scope_id = p_scope_id and day between p_from and p_to
  ) + (
    select coalesce(sum(used_usd), 0)
    from private.spending_stripes
    where day between p_from and p_to
      and case p_scope
        when 'provider' then provider = p_scope_id
        when 'key' then api_key_id::text = p_scope_id
        else true
      end
  );
end;
$$;

comment on function private.used_usd is 'What was used of the budgets of these days, both included: of project, provider or key.';

create or replace function private.count_in_stripe(
  p_provider text,
  p_api_key_id uuid,
  p_day date,
  p_usd numeric
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_stripe smallint := private.own_stripe();
begin
  update private.spending_stripes
  set used_usd = used_usd + p_usd
  where provider = p_provider
    and api_key_id = p_api_key_id
    and stripe = v_stripe
    and day = p_day;
  return found;
end;
$$;

comment on function private.count_in_stripe is 'Counts in the stripe of this connection. Returns whether there is one for this day.';

-- supabase/schemas/40_tasks/03_spending_caps.sql

-- Whether a request fits into the budgets of project, provider and key.

create or replace function private.exceeded_budget(
  p_provider text,
  p_api_key_id uuid,
  p_day date,
  p_usd numeric,
  p_caps private.spending_caps,
  out exceeded_limit text,
  out used numeric,
  out allowed numeric,
  out resets_at timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_month date := date_trunc('month', p_day);
begin
  resets_at := (p_day + 1)::timestamp at time zone 'UTC';
  used := private.used_usd('project', '', p_day, p_day);
  allowed := p_caps.project_day;
  if used + p_usd > allowed then
    exceeded_limit := 'project_usd_per_day';
    return;
  end if;
  used := private.used_usd('provider', p_provider, p_day, p_day);
  allowed := p_caps.provider_day;
  if used + p_usd > allowed then
    exceeded_limit := 'provider_usd_per_day';
    return;
  end if;
  if p_api_key_id <> private.no_key() then
    used := private.used_usd('key', p_api_key_id::text, p_day, p_day);
    allowed := p_caps.key_day;
    if used + p_usd > allowed then
      exceeded_limit := 'key_usd_per_day';
      return;
    end if;
  end if;
  -- Last: it is the longest to wait for.
  used := private.used_usd('project', '', v_month, p_day);
  allowed := p_caps.project_month;
  if used + p_usd > allowed then
    exceeded_limit := 'project_usd_per_month';
    resets_at := (v_month + interval '1 month') at time zone 'UTC';
    return;
  end if;
  used := null;
  allowed := null;
  resets_at := null;
end;
$$;

comment on function private.exceeded_budget is 'Which budget a request does not fit into, how much of it is used, and when it begins anew; nulls if it fits into all.';

create or replace function private.reserve_exactly(
  p_provider text,
  p_api_key_id uuid,
  p_day date,
  p_usd numeric,
  p_caps private.spending_caps,
  p_is_dry_run boolean,
  out exceeded_limit text,
  out used numeric,
  out allowed numeric,
  out resets_at timestamptz
)
language plpgsql
set search_path = ''
as $$
declare
  v_budget record;
begin
  if not p_is_dry_run then
    -- From here on others who are near a cap wait.
    perform private.count_in_row(p_provider, p_api_key_id, p_day, 0);
  end if;
  v_budget := private.exceeded_budget(p_provider, p_api_key_id, p_day, p_usd, p_caps);
  exceeded_limit := v_budget.exceeded_limit;
  used := v_budget.used;
  allowed := v_budget.allowed;
  resets_at := v_budget.resets_at;
  if exceeded_limit is null and not p_is_dry_run then
    perform private.count_in_row(p_provider, p_api_key_id, p_day, p_usd);
    perform private.empty_stripe(p_provider, p_api_key_id, p_day);
  end if;
end;
$$;

comment on function private.reserve_exactly is 'Counts a request that fits into all budgets, or says as private.exceeded_budget which it does not fit into.';

-- supabase/schemas/40_tasks/03_spending_reservations.sql

-- What a task counts while it goes on, and what it has counted in the end.

create or replace function private.change_reservation(
  p_task public.tasks,
  p_usd numeric,
  p_gives_back_results boolean,
  p_counts_later boolean default false
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_day date := private.spending_day(p_task.created_at);
  v_results integer := case when p_gives_back_results then p_task.result_count else 0 end;
  v_key uuid := case when p_task.counts_for_key then p_task.api_key_id else private.no_key() end;
begin
  if p_usd = 0 and v_results = 0 then
    return;
  end if;
  if p_counts_later then
    insert into private.spending_changes (
      user_id, day, provider, api_key_id, used_usd, images, models
    )
    values (
      p_task.user_id, v_day, p_task.provider, v_key, p_usd,
      case when p_task.output = 'image' then -v_results else 0 end,
      case when p_task.output = 'model' then -v_results else 0 end
    );
    return;
  end if;
  update private.user_spending
  set
    used_usd = used_usd + p_usd,
    images = images - case when p_task.output = 'image' then v_results else 0 end,
    models = models - case when p_task.output = 'model' then v_results else 0 end
  where user_id = p_task.user_id and day = v_day;
  if p_usd = 0 then
    return;
  end if;
  -- What is yesterday's has no stripe; and no cap was asked for what comes on top, so that it has
  -- to be seen by who asks.
  if p_usd > 0 or not private.count_in_stripe(p_task.provider, v_key, v_day, p_usd) then
    perform private.count_in_row(p_task.provider, v_key, v_day, p_usd);
  end if;
end;
$$;

comment on function private.change_reservation is 'Changes what a task counts in all budgets of its day. p_gives_back_results: whether its results no longer count. p_counts_later: leaves that to private.count_changes, as who ends many tasks in one transaction must, so that it holds no budget while it looks for the next task.';

create or replace function private.raise_reservation(
  p_task_id uuid,
  p_counts_later boolean default false
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
  v_usd numeric;
begin
  select * into v_task from public.tasks where id = p_task_id;
  v_usd := private.task_cost_usd(p_task_id) - v_task.reserved_usd;
  if not exists (select from private.provider_calls where task_id = p_task_id and outcome is null)
  then
    v_usd := v_usd + v_task.estimate_usd;
  end if;
  if v_usd > 0 then
    update public.tasks set reserved_usd = reserved_usd + v_usd where id = p_task_id;
    perform private.change_reservation(v_task, v_usd, false, p_counts_later);
  end if;
end;
$$;

comment on function private.raise_reservation is 'Has a locked task that goes on count what it may have cost so far, too, and the next call if there is to be one. No cap is asked: what runs, finishes.';

create or replace function private.count_changes()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_ids bigint[] := array(
    select id from private.spending_changes order by id limit 1000 for update skip locked
  );
  v_sum record;
begin
  if cardinality(v_ids) = 0 then
    return 0;
  end if;
  -- All users in one order, and what all share after them.
  perform
  from private.user_spending
  where (user_id, day) in (
    select user_id, day from private.spending_changes where id = any (v_ids)
  )
  order by user_id, day
  for no key update;
  update private.user_spending as mine
  set
    used_usd = mine.used_usd + changes.used_usd,
    images = mine.images + changes.images,
    models = mine.models + changes.models
  from (
    select
      user_id, day, sum(used_usd) as used_usd, sum(images) as images, sum(models) as models
    from private.spending_changes
    where id = any (v_ids)
    group by user_id, day
  ) as changes
  where mine.user_id = changes.user_id and mine.day = changes.day;
  for v_sum in
    select day, provider, api_key_id, sum(used_usd) as used_usd
    from private.spending_changes
    where id = any (v_ids)
    group by day, provider, api_key_id
    -- Who counts exactly has the row of the project for this day, and then empties a stripe of an
    -- earlier one.
    order by day desc, provider, api_key_id
  loop
    perform private.count_in_row(v_sum.provider, v_sum.api_key_id, v_sum.day, v_sum.used_usd);
  end loop;
  delete from private.spending_changes where id = any (v_ids);
  return cardinality(v_ids);
end;
$$;

comment on function private.count_changes is 'Counts in the budgets what functions that end many tasks have left to it. Returns how many changes those were. Last of all in its transaction, because of its locks.';

-- supabase/schemas/40_tasks/04_close_task.sql

-- The one way a task ends, for every function that ends one.

create or replace function private.archive_message(p_task public.tasks)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Where its queue is missing a task ends all the same.
  if private.has_queue(p_task.queue) then
    perform pgmq.archive(p_task.queue, p_task.message_id);
  end if;
end;
$$;

comment on function private.archive_message is 'Archives the message of a task that nobody is to be given any more.';

create or replace function private.task_error_message(p_error_code text, p_reason text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (
      select message
      from private.task_error_reasons
      where reason = p_reason and code = p_error_code
    ),
    (select message from private.task_errors where code = p_error_code)
  );
end;
$$;

comment on function private.task_error_message is 'What a user reads of a failed task: the words for its reason, else those of its error code. Null without a code.';

create or replace function private.settle_reservation(
  p_task public.tasks,
  p_cost_usd numeric,
  p_status text,
  p_counts_later boolean
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.change_reservation(
    p_task, p_cost_usd - p_task.reserved_usd, p_cost_usd = 0 and p_status <> 'complete',
    p_counts_later
  );
end;
$$;

comment on function private.settle_reservation is 'Has a task that has ended count in all budgets with what it has cost, and its results no more if that is nothing. p_task: as it was before. Last of all, because of its locks.';

create or replace function private.close_task(
  p_task_id uuid,
  p_status text,
  p_asset_urls text[] default '{}',
  p_error_code text default null,
  p_detail text default null,
  p_winds_down boolean default false,
  p_reason text default null,
  p_counts_later boolean default false
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_before public.tasks;
  v_cost_usd numeric;
begin
  select * into v_before from public.tasks where id = p_task_id and finished_at is null for update;
  if not found then
    return;
  end if;
  v_cost_usd := v_before.reserved_usd;
  if not p_winds_down then
    perform private.abandon_call(p_task_id);
    v_cost_usd := private.task_cost_usd(p_task_id);
  end if;

  update public.tasks
  set
    status = p_status,
    asset_urls = p_asset_urls,
    error_code = p_error_code,
    error = private.task_error_message(p_error_code, p_reason),
    last_error = coalesce(p_detail, last_error),
    winds_down = p_winds_down,
    reserved_usd = v_cost_usd,
    lease_expires_at = case when p_winds_down then lease_expires_at end,
    lost_at = case when p_winds_down then lost_at end,
    -- The number is free: a queue that is made again may give it to another message.
    message_id = case when p_winds_down then message_id end,
    finished_at = now()
  where id = p_task_id;
  if not p_winds_down then
    perform private.archive_message(v_before);
    perform private.forget_canceled_task(p_task_id);
    perform private.settle_reservation(v_before, v_cost_usd, p_status, p_counts_later);
  end if;

  -- Nothing of the user's, and nothing of the provider's: somebody has to look.
  if p_error_code in ('internal', 'outcome_unknown', 'storage_failed') then
    perform private.dead_letter(
      v_before.queue, jsonb_build_object('task_id', p_task_id), p_task_id,
      concat_ws(': ', p_error_code, p_detail)
    );
  end if;
end;
$$;

comment on function private.close_task is 'Moves a task to its final state; does nothing if it is final already. p_reason: see private.task_error_reasons. p_winds_down: the provider still works on it, so it is polled on, and its call stays open; else its message is archived, and what the ledger does not know of its call by now, nobody will learn.';

create or replace function private.end_winding_down(
  p_task public.tasks,
  p_counts_later boolean default false
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_cost_usd numeric;
begin
  perform private.abandon_call(p_task.id);
  v_cost_usd := private.task_cost_usd(p_task.id);
  if p_task.is_purged then
    perform private.erase_tasks(array[p_task.id]);
    perform private.settle_reservation(p_task, v_cost_usd, p_task.status, p_counts_later);
    return;
  end if;
  update public.tasks
  set
    winds_down = false, lease_expires_at = null, lost_at = null, message_id = null,
    reserved_usd = v_cost_usd
  where id = p_task.id;
  perform private.archive_message(p_task);
  perform private.forget_canceled_task(p_task.id);
  perform private.settle_reservation(p_task, v_cost_usd, p_task.status, p_counts_later);
end;
$$;

comment on function private.end_winding_down is 'Ends a task for its provider, too, and erases one that was purged. What the ledger does not know by now, nobody will learn.';

create or replace function private.give_up_task(
  p_task public.tasks,
  p_status text,
  p_error_code text default null,
  p_detail text default null,
  p_counts_later boolean default false
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.close_task(
    p_task.id, p_status,
    p_error_code => p_error_code, p_detail => p_detail,
    p_winds_down => private.is_under_way(p_task), p_counts_later => p_counts_later
  );
end;
$$;

comment on function private.give_up_task is 'Ends a task without its provider having ended it. What the provider still does counts on: the task winds down.';

-- supabase/schemas/40_tasks/05_decide_next_state.sql

-- What becomes of a task after a failed step, or after its worker was lost. Nothing else decides
-- whether it is tried again, called again after an ambiguous call, or ended.

create or replace function private.max_attempts()
returns integer
language sql
immutable
set search_path = ''
return 4;

comment on function private.max_attempts is 'How often a task is tried before the provider has accepted it, the first time included. A result that is not usable counts as an attempt, too.';

create or replace function private.max_losses_alone()
returns integer
language sql
immutable
set search_path = ''
return 3;

comment on function private.max_losses_alone is 'How many workers in a row may be lost that hold nothing but one task, before it counts as poison.';

create or replace function private.next_state(
  p_task public.tasks,
  p_may_resubmit boolean,
  p_failure jsonb default null,
  out state text,
  out error_code text,
  out detail text
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_attempts integer := p_task.failed_attempts + 1;
  v_goes_on boolean;
begin
  error_code := p_failure ->> 'error_code';
  detail := p_failure ->> 'detail';

  if p_failure is null then
    -- What the provider has accepted is paid: it is polled until its deadline.
    v_goes_on := p_task.handle is not null or p_task.losses_alone < private.max_losses_alone();
    if not v_goes_on then
      error_code := 'internal';
      detail := format('%s workers were lost with it alone', private.max_losses_alone());
    end if;
  elsif p_task.handle is not null then
    -- Polling costs nothing, and what is polled for has been paid. The work goes on at the provider
    -- although it cannot be reached, or rejects a key that was just changed. Only the provider's
    -- own word ends it, or a result that stays unusable.
    v_goes_on := not coalesce((p_failure ->> 'is_final')::boolean, false)
      and error_code not in ('content_refused', 'invalid_input')
      and (error_code <> 'invalid_result' or v_attempts < private.max_attempts());
  else
    -- That a provider is busy is no attempt: the task waits until its deadline.
    v_goes_on := coalesce((p_failure ->> 'is_retryable')::boolean, false)
      and (error_code = 'provider_rate_limited' or v_attempts < private.max_attempts());
  end if;

  if p_task.deadline_at <= clock_timestamp() and (v_goes_on or p_failure is null) then
    v_goes_on := false;
    error_code := 'timeout';
    detail := coalesce(p_failure ->> 'detail', 'Deadline passed');
  elsif v_goes_on and p_task.handle is null and not p_may_resubmit then
    v_goes_on := false;
    error_code := coalesce(error_code, 'outcome_unknown');
    detail := coalesce(detail, 'Worker lost during the call');
  end if;

  state := case
    when not v_goes_on then 'failed'
    when p_task.handle is not null then 'polling'
    else 'retrying'
  end;
end;
$$;

comment on function private.next_state is 'Decides what becomes of a task: retrying (it is submitted again), polling (the provider has accepted it and is asked again) or failed, then with error_code and detail. p_failure: what the step reported (error_code, detail, is_retryable, is_final); null if no outcome of the last claim is known. p_may_resubmit: see private.may_resubmit, asked after the last call is in the ledger.';

-- supabase/schemas/40_tasks/06_claimable_tasks.sql

-- What a claim finds, and the lease that it gives.

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
  )
  select * from claimed order by array_position(p_task_ids, id);
end;
$$;

comment on function private.start_leases is 'Gives tasks to the caller under new leases, in the order given, each with its call in the ledger unless it is only to be polled.';

create or replace function private.seconds_needed(
  p_least_run_seconds integer,
  p_longest_run_seconds numeric,
  p_time_limit interval
)
returns numeric
language plpgsql
immutable
set search_path = ''
as $$
begin
  return greatest(
    p_least_run_seconds,
    -- A provider that has become slow must not keep all tasks from being tried.
    least(1.1 * coalesce(p_longest_run_seconds, 0), extract(epoch from p_time_limit) / 2)
  );
end;
$$;

comment on function private.seconds_needed is 'How much time a task must have left so that it is started: a result that comes after its deadline is paid and lost.';

create or replace function private.recent_runs(p_provider text, p_pool text)
returns table (longest numeric, mean numeric)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select max(seconds), avg(seconds)
  from (
    select extract(epoch from finished_at - coalesce(sent_at, started_at)) as seconds
    from (
      select *
      from private.provider_calls
      where provider = p_provider and pool = p_pool
        and started_at > clock_timestamp() - interval '1 day'
      order by started_at desc
      limit 100
    ) as latest
    where outcome = 'succeeded'
    order by started_at desc
    limit 50
  ) as runs;
end;
$$;

comment on function private.recent_runs is 'How long the last calls of a pool took that went well, in seconds; nulls if there were none within a day.';

create or replace function private.is_too_late(p_task public.tasks, p_longest_run_seconds numeric)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return p_task.deadline_at < clock_timestamp() + make_interval(secs => private.seconds_needed(
    p_task.least_run_seconds, p_longest_run_seconds, p_task.deadline_at - p_task.created_at
  )::double precision);
end;
$$;

comment on function private.is_too_late is 'Whether a task has too little time left to be started. p_longest_run_seconds: see private.recent_runs.';

create or replace function private.try_lock_lane(p_provider text)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  perform from private.lanes where provider = p_provider for no key update skip locked;
  return found;
end;
$$;

comment on function private.try_lock_lane is 'Locks a lane, if nobody else has locked it. Returns whether it is locked.';

-- supabase/schemas/40_tasks/07_lost_tasks.sql

-- Tasks whose worker was lost. Each of those that it held may have been its end, so each is claimed
-- alone next: who is lost then was lost with that one.

create or replace function private.rest_after_losses(p_losses_alone integer)
returns interval
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_losses_alone < private.max_losses_alone() then interval '0'
    else make_interval(secs => least(15 * 2 ^ (p_losses_alone - private.max_losses_alone()), 300))
  end;
end;
$$;

comment on function private.rest_after_losses is 'For how long accepted work is left alone that was the end of so many workers: it is paid, so it is polled until its deadline, but more and more rarely.';

create or replace function private.may_start_again(p_task public.tasks)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  v_lane private.lanes;
begin
  if p_task.handle is not null then
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

comment on function private.may_start_again is 'Whether the lane lets a task start that was under way already when its worker was lost.';

create or replace function private.notice_lost_tasks()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_count integer;
begin
  if private.is_in_grace() then
    return 0;
  end if;
  -- What the provider has accepted is noticed by who comes to poll it.
  update public.tasks
  set lost_at = clock_timestamp()
  where id in (
    select tasks.id
    from private.provider_calls as calls
    join public.tasks on tasks.id = calls.task_id
    where calls.outcome is null
      and calls.handle is null
      and tasks.lost_at is null
      and tasks.lease_expires_at <= clock_timestamp()
    limit 100
    for no key update of tasks skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

comment on function private.notice_lost_tasks is 'Marks tasks whose worker was lost while it called for them. Returns how many.';

create or replace function private.lost_tasks(p_lost_for interval default '0')
returns setof public.tasks
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select tasks.*
  from public.tasks
  where tasks.lost_at is not null
    and tasks.lease_expires_at <= clock_timestamp() - p_lost_for
    and (
      tasks.handle is null
      or tasks.lease_expires_at <= clock_timestamp()
        - private.rest_after_losses(tasks.losses_alone + tasks.claimed_alone::integer)
    )
    and private.may_start_again(tasks)
  order by tasks.lost_at
  limit 20;
end;
$$;

comment on function private.lost_tasks is 'The first tasks that were lost with their worker at least so long ago and may go on.';

create or replace function private.resume_lost_task(p_task public.tasks)
returns public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks := p_task;
  v_next record;
begin
  if v_task.claimed_alone then
    update public.tasks
    set losses_alone = losses_alone + 1, claimed_alone = false
    where id = v_task.id
    returning * into v_task;
  end if;
  if v_task.handle is null then
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
    v_task, v_task.handle is not null or private.may_resubmit(v_task.id)
  );
  if v_next.state = 'retrying' and private.is_too_late(
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

comment on function private.resume_lost_task is 'Records that the worker of a locked task was lost. The task as it is then; null if it ends here.';

create or replace function private.claim_lost_task(p_lease_seconds integer, p_life_seconds integer)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  if private.is_in_grace() then
    return;
  end if;
  for v_task in select * from private.lost_tasks() loop
    continue when v_task.handle is null
      and (
        v_task.max_call_seconds > p_life_seconds
        -- The lane first, as any claim does; and what it lets through is looked at under its lock.
        or not private.try_lock_lane(v_task.provider)
        or not private.may_start_again(v_task)
      );
    select * into v_task
    from public.tasks
    where id = v_task.id and lost_at is not null
    for update skip locked; -- locked: its worker is settling it after all
    continue when not found;
    if v_task.user_id is not null then
      -- As in private.settle_task; but what is deleted this moment is not waited for.
      perform from auth.users where id = v_task.user_id for key share skip locked;
      continue when not found;
    end if;

    v_task := private.resume_lost_task(v_task);
    continue when v_task.id is null;
    perform pgmq.set_vt(v_task.queue, v_task.message_id, p_lease_seconds);
    return query
    select * from private.start_leases(array[v_task.id], p_lease_seconds, p_alone => true);
    return;
  end loop;
end;
$$;

comment on function private.claim_lost_task is 'Claims a task that was lost with its worker, for a worker that holds nothing else until it has settled it; none if there is none. p_life_seconds: as in private.claim_tasks.';

create or replace function private.must_empty_worker(p_worker_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if p_worker_id is null
    -- Younger ones are mostly found by a worker that happens to be empty.
    or not exists (select from private.lost_tasks(interval '5 seconds'))
    or exists (
      select
      from private.workers
      where id <> p_worker_id and emptying_at > now() - interval '5 seconds'
    )
  then
    return false;
  end if;
  update private.workers set emptying_at = now() where id = p_worker_id;
  return found;
end;
$$;

comment on function private.must_empty_worker is 'Whether a worker is to start nothing more, so that it is empty for a task that waits to be claimed alone. One worker at a time.';

-- supabase/schemas/40_tasks/08_ended_work.sql

-- Accepted work that the provider has ended for a reason of its own, and bills nothing for: it is
-- submitted anew, once.

create or replace function private.may_resubmit_ended(p_task public.tasks, p_failure jsonb)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return p_task.handle is not null
    and coalesce((p_failure ->> 'ended_unbilled')::boolean, false)
    and not exists (
      select
      from private.provider_calls
      where task_id = p_task.id and handle is not null and outcome = 'failed'
    );
end;
$$;

comment on function private.may_resubmit_ended is 'Whether accepted work is submitted anew, once for each task: the provider has ended it for a reason of its own and bills nothing.';

create or replace function private.forget_handle(p_task public.tasks)
returns public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  update public.tasks
  set handle = null, accepted_at = null, progress = null
  where id = p_task.id;
  perform private.move_message(p_task, p_task.provider);
  select * into v_task from public.tasks where id = p_task.id;
  return v_task;
end;
$$;

comment on function private.forget_handle is 'Moves accepted work back among what is to be started.';

-- supabase/schemas/40_tasks/08_unlisted_hosts.sql

-- Results that are paid and lie where the worker does not fetch from.

create or replace function private.max_unlisted_hosts()
returns integer
language sql
immutable
set search_path = ''
return 20;

comment on function private.max_unlisted_hosts is 'How many unlisted hosts of a provider are kept: an operator needs a few, and a provider may name a new one each time.';

create or replace function private.record_unlisted_host(p_provider text, p_failure jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_host text := p_failure ->> 'unlisted_host';
begin
  if v_host is null then
    return;
  end if;
  insert into private.unlisted_hosts as hosts (provider, host)
  values (p_provider, v_host)
  on conflict (provider, host) do update
  set last_seen_at = excluded.last_seen_at;

  delete from private.unlisted_hosts as hosts
  where hosts.provider = p_provider
    and hosts.host in (
      select older.host
      from private.unlisted_hosts as older
      where older.provider = p_provider
      order by older.last_seen_at desc, older.host
      offset private.max_unlisted_hosts()
    );
end;
$$;

comment on function private.record_unlisted_host is 'Remembers the host to which a failed step was sent for a result, if it is not listed (unlisted_host), for monitoring.alerts.';

-- supabase/schemas/40_tasks/09_expected_wait.sql

-- How long a request would wait until it starts.

create or replace function private.most_turns_read()
returns integer
language sql
immutable
set search_path = ''
return 200;

comment on function private.most_turns_read is 'How many waiting tasks are counted at most: of more it is estimated how many there are.';

create or replace function private.tasks_ahead(
  p_provider text,
  p_pool text,
  p_turn bigint,
  p_large_results integer,
  out tasks numeric,
  out results numeric
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_first bigint;
  v_last bigint;
begin
  select
    count(*),
    coalesce(greatest(
      sum(result_count),
      -- No two of these start in one minute.
      p_large_results * count(*) filter (where 2 * result_count > p_large_results)
    ), 0),
    min(turn),
    max(turn)
  into tasks, results, v_first, v_last
  from (
    select waiting.turn, waiting.result_count
    from public.tasks as waiting
    where waiting.provider = p_provider
      and waiting.pool = p_pool
      and waiting.finished_at is null
      and waiting.handle is null
      and waiting.lease_expires_at is null
      and waiting.turn <= p_turn
    order by waiting.turn, waiting.message_id
    limit private.most_turns_read()
  ) as ahead;
  -- The others lie as densely up to this turn as the first do.
  if tasks = private.most_turns_read() and p_turn > v_last then
    results := results * (p_turn - v_first + 1) / (v_last - v_first + 1);
    tasks := tasks * (p_turn - v_first + 1) / (v_last - v_first + 1);
  end if;
end;
$$;

comment on function private.tasks_ahead is 'How many tasks wait that are started before a task with this turn, and how many results they take of the lane''s minutes. p_large_results: how many results a minute there are, for a request of more than half of them; null for a smaller one, which passes the large ones. Reads no more rows when more wait.';

create or replace function private.seconds_for_results(
  p_lane private.lanes,
  p_results_per_minute integer,
  p_results numeric
)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
declare
  v_more numeric := p_results - private.free_results(p_lane);
  v_minutes numeric;
begin
  if v_more <= 0 then
    return 0;
  end if;
  -- What is started leaves its place a minute later, and so on.
  v_minutes := ceil(v_more / p_results_per_minute) - 1;
  return 60 * v_minutes + coalesce(
    (
      select greatest(0, extract(epoch from leaves_at - clock_timestamp()))
      from (
        select leaves_at, sum(results) over (order by leaves_at) as gone
        from private.results_in_window(p_lane.provider)
      ) as leaving
      where gone >= v_more - v_minutes * p_results_per_minute
      order by leaves_at
      limit 1
    ),
    60
  );
end;
$$;

comment on function private.seconds_for_results is 'How long it takes until a lane has started so many results, if nothing but its limit of results holds it up. p_results_per_minute: see private.results_per_minute.';

create or replace function private.expected_wait(
  p_provider text,
  p_pool text,
  p_turn bigint,
  p_result_count integer,
  out seconds numeric,
  out runs numeric
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_lane private.lanes;
  v_per_minute integer;
  v_ahead record;
  v_pool record;
begin
  select * into v_lane from private.lanes where provider = p_provider;
  if v_lane.results_per_minute is not null then
    v_per_minute := private.results_per_minute(v_lane);
  end if;
  v_ahead := private.tasks_ahead(
    p_provider, p_pool, p_turn, case when 2 * p_result_count > v_per_minute then v_per_minute end
  );
  select
    pools.max_in_flight as slots, pools.rate_limited_until,
    under_way.in_lane, under_way.in_pool
  into v_pool
  from private.pools
  cross join (
    -- As in private.calls_under_way, of which a submit would wait longer than for all of this.
    select count(*) as in_lane, count(*) filter (where pool = p_pool) as in_pool
    from private.provider_calls
    where provider = p_provider and outcome is null and task_id is not null
  ) as under_way
  where pools.provider = p_provider and pools.name = p_pool;

  seconds := greatest(0, extract(epoch from greatest(
    -- Nobody knows when a pause ends that has no end.
    case when v_lane.paused_until < 'infinity' then v_lane.paused_until end,
    v_lane.rate_limited_until,
    v_pool.rate_limited_until
  ) - clock_timestamp()));
  if v_per_minute is not null then
    seconds := greatest(seconds, private.seconds_for_results(
      v_lane, v_per_minute, v_ahead.results + p_result_count
    ));
  end if;
  -- Of so many that are under way, one ends in each such part of a run.
  runs := greatest(0, (
    v_ahead.tasks + 1
      - least(v_lane.max_in_flight - v_pool.in_lane, v_pool.slots - v_pool.in_pool)
  ) / least(v_lane.max_in_flight, v_pool.slots));
end;
$$;

comment on function private.expected_wait is 'How long a request would wait in a pool until it starts, as things are now: so many seconds for pauses and for results, and so many runs of the pool, one after the other, for a place.';

-- supabase/schemas/40_tasks/10_content_refusals.sql

-- Refusals of content: how many a user has, and what follows from them.

create or replace function private.check_refusals(
  p_user_id uuid,
  out refusals integer,
  out retry_after_seconds integer
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select counted.number, ceil(extract(epoch from counted.last_at + waits.wait - now()))
  into refusals, retry_after_seconds
  from private.content_limits as limits
  cross join lateral (
    select count(*)::integer as number, max(refused_at) as last_at
    from private.content_refusals
    where user_id = p_user_id and refused_at > now() - limits.counted_for
  ) as counted
  cross join lateral (
    select least(
      -- More doublings than these no wait has.
      limits.first_wait * 2 ^ least(counted.number - limits.slow_after, 20), limits.longest_wait
    ) as wait
  ) as waits
  where counted.number >= limits.slow_after and counted.last_at + waits.wait > now();
end;
$$;

comment on function private.check_refusals is 'Whether a user has to wait after refusals of content: how many there were, and when to try again; nulls if not.';

create or replace function private.block_for_refusals(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_limits private.content_limits;
  v_refusals integer;
  v_until timestamptz;
begin
  select * into v_limits from private.content_limits;
  select count(*) into v_refusals
  from private.content_refusals
  where user_id = p_user_id and refused_at > now() - v_limits.counted_for;
  if v_refusals < v_limits.block_after or v_limits.block_after is null then
    return;
  end if;
  v_until := now() + v_limits.blocked_for;
  insert into private.blocked_users as blocked (user_id, reason, blocked_until)
  values (
    p_user_id,
    format('%s requests were refused for their content', v_refusals),
    v_until
  )
  on conflict (user_id) do update
  set reason = excluded.reason, blocked_at = now(), blocked_until = excluded.blocked_until
  -- What an operator has decided for longer stays.
  where coalesce(blocked.blocked_until, 'infinity')
    < coalesce(excluded.blocked_until, 'infinity');
end;
$$;

comment on function private.block_for_refusals is 'Blocks a user with as many refusals of content as private.content_limits says.';

create or replace function private.count_refusal(
  p_user_id uuid,
  p_refused_by text,
  p_task_id uuid default null
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Work of a deleted user.
  if p_user_id is null then
    return;
  end if;
  insert into private.content_refusals (user_id, task_id, refused_by)
  values (
    p_user_id,
    -- One that was purged is gone by now.
    (select id from public.tasks where id = p_task_id),
    p_refused_by
  )
  on conflict (task_id) do nothing;
  perform private.block_for_refusals(p_user_id);
end;
$$;

comment on function private.count_refusal is 'Counts a refusal of content for its user, a task once. To be called under private.lock_user, so that two at once are two.';

-- supabase/schemas/50_flows/01_check_limits.sql

-- What a submit asks of limits beside its own reading.

create or replace function private.lock_user(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('submit ' || p_user_id, 0));
end;
$$;

comment on function private.lock_user is 'Until the end of the transaction nothing else is submitted for this user: what is counted stays true, and one task_id is accepted once.';

create or replace function private.refuse_content(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.lock_user(p_user_id);
  perform from auth.users where id = p_user_id for key share;
  if found then
    perform private.count_refusal(p_user_id, 'moderation');
  end if;
end;
$$;

comment on function private.refuse_content is 'Counts a request that the check before the queue has refused. Nothing happens for a user who is gone.';

create or replace function private.count_key_submit(
  p_api_key_id uuid,
  p_allowed integer,
  p_is_dry_run boolean,
  out exceeded_limit text,
  out retry_after_seconds integer
)
language plpgsql
set search_path = ''
as $$
declare
  v_second timestamptz;
  v_full_since timestamptz;
begin
  perform pg_advisory_xact_lock(hashtextextended('key ' || p_api_key_id, 0));
  v_second := date_trunc('second', clock_timestamp());
  delete from private.key_submits
  where api_key_id = p_api_key_id and second < v_second - interval '1 minute';

  select second into v_full_since
  from (
    select second, sum(submits) over (order by second desc) as submits_since
    from private.key_submits
    where api_key_id = p_api_key_id
  ) as seconds
  where submits_since >= p_allowed
  order by second desc
  limit 1;
  if found then
    exceeded_limit := 'key_submits_per_minute';
    -- A second leaves the window as a whole.
    retry_after_seconds := ceil(
      extract(epoch from v_full_since + interval '61 seconds' - clock_timestamp())
    );
    return;
  end if;
  if p_is_dry_run then
    return;
  end if;

  insert into private.key_submits (api_key_id, second, submits)
  values (p_api_key_id, v_second, 1)
  on conflict (api_key_id, second) do update set submits = key_submits.submits + 1;
end;
$$;

comment on function private.count_key_submit is 'Counts a submit with an API key that has a limit, or returns that it is reached and when to try again. The users of such a key wait here for one another: to be called last, when all that remains is to write.';

-- supabase/schemas/50_flows/01_expected_start.sql

-- Whether a request would start in time.

create or replace function private.expected_start_seconds(
  p_provider text,
  p_pool text,
  p_turn bigint,
  p_result_count integer,
  p_least_run_seconds integer
)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
declare
  v_wait record;
begin
  v_wait := private.expected_wait(p_provider, p_pool, p_turn, p_result_count);
  return greatest(
    v_wait.seconds,
    v_wait.runs * case when v_wait.runs > 0 then coalesce(
      (select mean from private.recent_runs(p_provider, p_pool)), p_least_run_seconds
    ) else 0 end
  );
end;
$$;

comment on function private.expected_start_seconds is 'In how many seconds a request would start, as things are now.';

create or replace function private.check_expected_start(
  p_provider text,
  p_pool text,
  p_turn bigint,
  p_result_count integer,
  p_least_run_seconds integer,
  p_time_limit_seconds integer
)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  v_time_limit interval := make_interval(secs => p_time_limit_seconds);
  v_wait record;
  v_runs record;
  v_start numeric;
  v_latest numeric;
begin
  v_wait := private.expected_wait(p_provider, p_pool, p_turn, p_result_count);
  if v_wait.seconds = 0 and v_wait.runs = 0 then
    return null;
  end if;
  select * into v_runs from private.recent_runs(p_provider, p_pool);
  v_start := greatest(
    v_wait.seconds, v_wait.runs * coalesce(v_runs.mean, p_least_run_seconds)
  );
  v_latest := p_time_limit_seconds - private.seconds_needed(
    p_least_run_seconds, v_runs.longest, v_time_limit
  );
  if v_start > v_latest then
    return least(greatest(ceil(v_start - v_latest), 1), private.max_pause_seconds());
  end if;
  return null;
end;
$$;

comment on function private.check_expected_start is 'When to try again a request that would start too late to be done within its time limit, in seconds; null if it would not.';

-- supabase/schemas/50_flows/01_live_task.sql

-- The task that a request was accepted as before.

create or replace function private.differing_keys(p_left jsonb, p_right jsonb)
returns text[]
language sql
immutable
set search_path = ''
return (
  select coalesce(array_agg(key order by key), '{}')
  from (
    select jsonb_object_keys(p_left) as key
    union
    select jsonb_object_keys(p_right)
  ) as keys
  where p_left -> key is distinct from p_right -> key
);

comment on function private.differing_keys is 'Names of the keys in which two JSON objects differ.';

create or replace function private.find_live_task(
  p_user_id uuid,
  p_client_task_id text,
  p_operation text,
  p_provider text,
  p_parameters jsonb,
  out id uuid,
  out status text,
  out conflicts text[]
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select
    tasks.id,
    tasks.status,
    private.differing_keys(
      tasks.parameters || jsonb_build_object('provider', tasks.provider),
      p_parameters || jsonb_build_object('provider', p_provider)
    )
  into find_live_task.id, find_live_task.status, find_live_task.conflicts
  from public.tasks
  where tasks.user_id = p_user_id
    and tasks.operation = p_operation
    and tasks.client_task_id = p_client_task_id
    and tasks.status not in ('failed', 'canceled');
end;
$$;

comment on function private.find_live_task is 'The task that was accepted under the same user, operation and client_task_id and still takes its place, with the fields in which the two requests differ. All null if there is none.';

-- supabase/schemas/50_flows/01_plans.sql

-- What a user's plan allows, and what is left of it.

create or replace function private.plan_of(p_plan text)
returns private.plans
language plpgsql
stable
set search_path = ''
as $$
declare
  v_plan private.plans;
begin
  select * into v_plan
  from private.plans
  where name in (p_plan, 'default')
  order by name = p_plan desc
  limit 1;
  return v_plan;
end;
$$;

comment on function private.plan_of is 'The plan of that name, or the default one if there is none.';

create or replace function private.plan_violation(
  p_plan private.plans,
  p_operation text,
  p_provider text,
  p_model text,
  p_result_count integer,
  p_parameters jsonb
)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return jsonb_build_object('plan', p_plan.name) || case
    when not p_operation = any (p_plan.operations) then
      jsonb_build_object('field', 'operation', 'allowed', p_plan.operations)
    when not p_provider = any (p_plan.providers) then
      jsonb_build_object('field', 'provider', 'allowed', p_plan.providers)
    when not p_model = any (p_plan.models) then
      jsonb_build_object('field', 'model', 'allowed', p_plan.models)
    when not p_parameters ->> 'quality' = any (p_plan.qualities) then
      jsonb_build_object('field', 'quality', 'allowed', p_plan.qualities)
    when p_result_count > p_plan.most_results then
      jsonb_build_object('field', 'n', 'allowed', p_plan.most_results)
    when (p_parameters ->> 'safety_tolerance')::numeric > p_plan.most_safety_tolerance then
      jsonb_build_object('field', 'safety_tolerance', 'allowed', p_plan.most_safety_tolerance)
  end;
end;
$$;

comment on function private.plan_violation is 'What a plan does not allow of a request: the field, the plan, and what is allowed; null if it allows all.';

create or replace function private.user_quota(p_user_id uuid, p_plan text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_day date := private.spending_day(now());
begin
  return (
    select jsonb_build_object(
      'plan', plans.name,
      'resets_at', (v_day + 1)::timestamp at time zone 'UTC',
      'images', jsonb_build_object(
        'used', coalesce(spending.images, 0), 'allowed', plans.images_per_day
      ),
      'models', jsonb_build_object(
        'used', coalesce(spending.models, 0), 'allowed', plans.models_per_day
      ),
      'usd', jsonb_build_object(
        'used', coalesce(spending.used_usd, 0), 'allowed', plans.usd_per_day
      ),
      'submits_per_minute', plans.submits_per_minute,
      'active_tasks', jsonb_build_object(
        'used', (
          select count(*) from public.tasks
          where user_id = p_user_id and (finished_at is null or winds_down)
        ),
        'allowed', plans.active_tasks
      )
    )
    from private.plan_of(p_plan) as plans
    left join private.user_spending as spending
      on spending.user_id = p_user_id and spending.day = v_day
  );
end;
$$;

comment on function private.user_quota is 'What a user may still ask for today: used and allowed of each; allowed is null where there is no limit.';

-- supabase/schemas/50_flows/02_submit_task.sql

-- Accepting a request: row, asset rows and message, or nothing.

create or replace function private.submit_task(
  p_user_id uuid,
  p_client_task_id text,
  p_operation text,
  p_provider text,
  p_parameters jsonb,
  p_output text,
  p_result_count integer,
  p_time_limit_seconds integer,
  p_request_id text,
  p_input_bytes bigint default 0,
  p_api_key_id uuid default null,
  p_is_limited boolean default true,
  p_max_call_seconds integer default 0,
  p_pool text default 'default',
  p_least_run_seconds integer default 0,
  p_inputs jsonb default null,
  p_plan text default 'default',
  p_estimate_usd numeric default 0,
  p_list_price_usd numeric default null,
  p_model text default null,
  p_is_dry_run boolean default false,
  out id uuid,
  out status text,
  out replayed boolean,
  out conflicts text[],
  out wake boolean,
  out exceeded_limit text,
  out allowed numeric,
  out retry_after_seconds integer,
  out used numeric,
  out resets_at timestamptz,
  out plan_violation jsonb,
  out pause_message text,
  out expected_start_seconds integer
)
language plpgsql
set search_path = ''
-- Each statement finds its rows by keys: to plan it for each submit costs more than to run it.
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  v_day date := private.spending_day(now());
  v_stripe smallint := private.own_stripe();
  v_no_key uuid := private.no_key();
  v_read record;
  v_limit record;
  v_turn bigint;
  v_key_id uuid;
  v_caps private.spending_caps;
  v_is_near_cap boolean := false;
  v_message_id bigint;
begin
  replayed := false;
  conflicts := '{}';
  wake := false;
  perform private.lock_user(p_user_id);

  -- What every submit needs, in one statement: as many of their own cost twice as much. So it asks
  -- here, too, what private.is_blocked, private.find_live_task and private.calls_under_way say.
  select
    num_nonnulls(
      plans.operations, plans.providers, plans.models, plans.qualities, plans.most_results,
      plans.most_safety_tolerance
    ) > 0 as is_restricted,
    plans.name as plan_name, plans.images_per_day, plans.models_per_day, plans.usd_per_day,
    plans.submits_per_minute, plans.active_tasks as active_tasks_allowed,
    live.id as live_id, live.status as live_status, live.asked_for,
    exists (
      select from private.blocked_users
      where user_id = p_user_id and coalesce(blocked_until > now(), true)
    ) or exists (
      select from auth.users where users.id = p_user_id and banned_until > now()
    ) as is_blocked,
    (select paused_since from private.submit_pause) as paused_since,
    exists (select from private.content_refusals where user_id = p_user_id) as was_refused,
    -- The first of as many as are allowed: when it is a minute old, there is room for one.
    case when plans.submits_per_minute is not null then (
      select created_at from public.tasks
      where user_id = p_user_id and created_at > now() - interval '1 minute'
      order by created_at desc
      offset plans.submits_per_minute - 1
      limit 1
    ) end as full_since,
    case when plans.active_tasks is not null then (
      select count(*) from (
        select from public.tasks
        -- Also what was given up, while the provider works on it.
        where user_id = p_user_id and (finished_at is null or winds_down)
        limit plans.active_tasks
      ) as active
    ) end as active_tasks,
    mine.used_usd, mine.images, mine.models,
    -- None for a key that was deleted a moment ago.
    keys.submits_per_minute as key_submits_per_minute, keys.usd_per_day as key_cap,
    limits.project_usd_per_day as project_cap, limits.project_usd_per_month as month_cap,
    coalesce(lanes.usd_per_day, limits.provider_usd_per_day) as provider_cap,
    project.day_usd, project.month_usd,
    (
      select used_usd from private.spending
      where scope = 'provider' and scope_id = p_provider and day = v_day
    ) as provider_usd,
    case when keys.usd_per_day is not null then (
      select used_usd from private.spending
      where scope = 'key' and scope_id = p_api_key_id::text and day = v_day
    ) end as key_usd,
    (
      select used_usd from private.spending_stripes
      where provider = p_provider
        and api_key_id = case
          when keys.usd_per_day is not null then p_api_key_id else v_no_key
        end
        and stripe = v_stripe
        and day = v_day
    ) as stripe_usd,
    -- Where the pool is now: of all that was ever started, because a task that is tried again has
    -- an old turn.
    (
      select max(turn) from private.provider_calls where provider = p_provider and pool = p_pool
    ) as pool_turn,
    last.turn as last_turn, last.result_count as last_results, lanes.results_per_minute,
    private.should_wake_worker() as workers_are_few,
    -- Nothing waits, and there is room: it starts at once.
    lanes.results_per_minute is null
      and lanes.paused_until is null
      and lanes.rate_limited_until is null
      and pools.rate_limited_until is null
      and under_way.in_lane < lanes.max_in_flight
      and under_way.in_pool < pools.max_in_flight
      and not exists (
        select from public.tasks
        where provider = p_provider
          and pool = p_pool
          and finished_at is null
          and handle is null
          and lease_expires_at is null
      ) as starts_at_once
  into v_read
  -- What has no row has no limit.
  from (values (true)) as one (only_row)
  left join private.limits on limits.only_row
  left join private.plans
    on plans.name = coalesce((select name from private.plans where name = p_plan), 'default')
  left join private.lanes on lanes.provider = p_provider
  left join private.pools on pools.provider = p_provider and pools.name = p_pool
  left join lateral (
    select count(*) as in_lane, count(*) filter (where pool = p_pool) as in_pool
    from private.provider_calls
    where provider = p_provider and outcome is null and task_id is not null
  ) as under_way on true
  left join lateral (
    select
      coalesce(api_keys.submits_per_minute, limits.key_submits_per_minute) as submits_per_minute,
      coalesce(api_keys.usd_per_day, limits.key_usd_per_day) as usd_per_day
    from private.api_keys
    where api_keys.id = p_api_key_id
  ) as keys on true
  left join private.user_spending as mine on mine.user_id = p_user_id and mine.day = v_day
  left join lateral (
    select
      sum(used_usd) filter (where day = v_day) as day_usd, sum(used_usd) as month_usd
    from private.spending
    where scope = 'project' and scope_id = ''
      and day between date_trunc('month', v_day)::date and v_day
  ) as project on true
  left join lateral (
    select
      tasks.id, tasks.status,
      tasks.parameters || jsonb_build_object('provider', tasks.provider) as asked_for
    from public.tasks
    where user_id = p_user_id
      and operation = p_operation
      and client_task_id = p_client_task_id
      and tasks.status not in ('failed', 'canceled')
  ) as live on true
  left join lateral (
    select tasks.turn, tasks.result_count
    from public.tasks
    where user_id = p_user_id
      -- What is older has ended by its deadline.
      and created_at > now() - interval '1 hour'
      and provider = p_provider
      and pool = p_pool
      -- What was given up before it started has taken nothing.
      and (finished_at is null or started_at is not null)
    -- The last one has the highest turn.
    order by created_at desc, tasks.turn desc
    limit 1
  ) as last on true;

  if v_read.is_blocked then
    exceeded_limit := 'user_is_blocked';
    return;
  end if;
  if v_read.live_id is not null then
    submit_task.id := v_read.live_id;
    submit_task.status := v_read.live_status;
    conflicts := private.differing_keys(
      v_read.asked_for, p_parameters || jsonb_build_object('provider', p_provider)
    );
    replayed := true;
    return;
  end if;
  v_turn := private.next_turn(
    v_read.pool_turn, v_read.last_turn, v_read.last_results, v_read.results_per_minute
  );

  v_key_id := case when v_read.key_cap is null then v_no_key else p_api_key_id end;
  v_caps := (v_read.project_cap, v_read.month_cap, v_read.provider_cap, v_read.key_cap);

  if p_is_limited then
    if v_read.paused_since is not null then
      exceeded_limit := 'submits_paused';
      select message, submit_pause.retry_after_seconds
      into pause_message, retry_after_seconds
      from private.submit_pause;
      return;
    end if;
    if v_read.is_restricted then
      plan_violation := private.plan_violation(
        private.plan_of(p_plan), p_operation, p_provider, p_model, p_result_count, p_parameters
      );
      if plan_violation is not null then
        exceeded_limit := 'plan';
        return;
      end if;
    end if;
    if v_read.was_refused then
      v_limit := private.check_refusals(p_user_id);
      if v_limit.refusals is not null then
        exceeded_limit := 'content_refusals';
        allowed := v_limit.refusals;
        retry_after_seconds := v_limit.retry_after_seconds;
        return;
      end if;
    end if;
    if v_read.full_since is not null then
      exceeded_limit := 'submits_per_minute';
      allowed := v_read.submits_per_minute;
      retry_after_seconds := ceil(
        extract(epoch from v_read.full_since + interval '1 minute' - now())
      );
      return;
    end if;
    if v_read.active_tasks >= v_read.active_tasks_allowed then
      exceeded_limit := 'active_tasks';
      allowed := v_read.active_tasks_allowed;
      -- Nobody knows when one of them ends; most do within this.
      retry_after_seconds := 10;
      return;
    end if;

    if p_output = 'image' and coalesce(v_read.images, 0) + p_result_count > v_read.images_per_day
    then
      exceeded_limit := 'images_per_day';
      used := coalesce(v_read.images, 0);
      allowed := v_read.images_per_day;
    elsif p_output = 'model'
      and coalesce(v_read.models, 0) + p_result_count > v_read.models_per_day
    then
      exceeded_limit := 'models_per_day';
      used := coalesce(v_read.models, 0);
      allowed := v_read.models_per_day;
    elsif coalesce(v_read.used_usd, 0) + p_estimate_usd > v_read.usd_per_day then
      exceeded_limit := 'usd_per_day';
      used := coalesce(v_read.used_usd, 0);
      allowed := v_read.usd_per_day;
    end if;
    if exceeded_limit is not null then
      resets_at := (v_day + 1)::timestamp at time zone 'UTC';
      retry_after_seconds := ceil(extract(epoch from resets_at - now()));
      return;
    end if;

    if not v_read.starts_at_once then
      retry_after_seconds := private.check_expected_start(
        p_provider, p_pool, v_turn, p_result_count, p_least_run_seconds, p_time_limit_seconds
      );
    end if;
    if retry_after_seconds is not null then
      exceeded_limit := 'time_limit';
      allowed := p_time_limit_seconds;
      return;
    end if;

    if v_read.key_submits_per_minute is not null then
      v_limit := private.count_key_submit(
        p_api_key_id, v_read.key_submits_per_minute, p_is_dry_run
      );
      if v_limit.exceeded_limit is not null then
        exceeded_limit := v_limit.exceeded_limit;
        allowed := v_read.key_submits_per_minute;
        retry_after_seconds := v_limit.retry_after_seconds;
        return;
      end if;
    end if;

    v_is_near_cap := p_is_dry_run or coalesce(
      v_read.stripe_usd is null
        -- What was given back is out of sight for who looks at private.spending alone.
        or v_read.stripe_usd < 0
        or v_read.stripe_usd + p_estimate_usd > private.most_in_stripe(v_caps)
        or v_read.day_usd + p_estimate_usd > 0.8 * v_read.project_cap
        or v_read.month_usd + p_estimate_usd > 0.8 * v_read.month_cap
        or v_read.provider_usd + p_estimate_usd > 0.8 * v_read.provider_cap
        or v_read.key_usd + p_estimate_usd > 0.8 * v_read.key_cap,
      false
    );
    if v_is_near_cap then
      -- As whoever deletes the user, or settles: first the user, then what all share.
      if not p_is_dry_run then
        perform from auth.users where users.id = p_user_id for key share;
        perform from private.user_spending
        where user_id = p_user_id and day = v_day
        for no key update;
      end if;
      v_limit := private.reserve_exactly(
        p_provider, v_key_id, v_day, p_estimate_usd, v_caps, p_is_dry_run
      );
      if v_limit.exceeded_limit is not null then
        if not p_is_dry_run then
          perform private.note_refused_budget(
            v_limit.exceeded_limit, p_provider, v_key_id, v_limit.allowed
          );
        end if;
        exceeded_limit := v_limit.exceeded_limit;
        used := v_limit.used;
        allowed := v_limit.allowed;
        resets_at := v_limit.resets_at;
        retry_after_seconds := ceil(extract(epoch from resets_at - now()));
        return;
      end if;
    end if;
  end if;
  if p_is_dry_run then
    expected_start_seconds := ceil(private.expected_start_seconds(
      p_provider, p_pool, v_turn, p_result_count, p_least_run_seconds
    ));
    return;
  end if;

  -- The message first, so that the row is written once: a second version would go into every index.
  submit_task.id := gen_random_uuid();
  select send into v_message_id
  -- The other forms of it call this one.
  from pgmq.send(
    p_provider, jsonb_build_object('task_id', submit_task.id), null::jsonb, clock_timestamp()
  );
  insert into public.tasks (
    id, user_id, client_task_id, operation, provider, parameters, output, result_count,
    input_bytes, request_id, queue, message_id, deadline_at, max_call_seconds, pool,
    least_run_seconds, turn, inputs, plan, api_key_id, counts_for_key, model, estimate_usd,
    list_price_usd, reserved_usd
  )
  values (
    submit_task.id, p_user_id, p_client_task_id, p_operation, p_provider, p_parameters, p_output,
    p_result_count, p_input_bytes, p_request_id, p_provider, v_message_id,
    now() + make_interval(secs => p_time_limit_seconds), p_max_call_seconds, p_pool,
    p_least_run_seconds, v_turn, p_inputs, coalesce(v_read.plan_name, p_plan), p_api_key_id,
    v_read.key_cap is not null, p_model, p_estimate_usd, p_list_price_usd,
    p_estimate_usd
  )
  returning tasks.status into submit_task.status;
  perform private.create_asset_rows(
    submit_task.id, p_user_id, p_client_task_id, p_output, p_result_count, p_parameters,
    jsonb_build_object('provider', p_provider, 'operation', p_operation)
  );
  -- Most have none.
  if p_input_bytes > 0 then
    perform private.note_input_uses(submit_task.id, p_user_id, p_parameters);
  end if;
  insert into private.user_spending as mine (user_id, day, used_usd, images, models)
  values (
    p_user_id, v_day, p_estimate_usd,
    case when p_output = 'image' then p_result_count else 0 end,
    case when p_output = 'model' then p_result_count else 0 end
  )
  on conflict (user_id, day) do update
  set
    used_usd = mine.used_usd + excluded.used_usd,
    images = mine.images + excluded.images,
    models = mine.models + excluded.models;
  -- Last, because others may count there, too.
  if not v_is_near_cap
    -- What no cap was asked for has to be seen by who asks.
    and not (p_is_limited and private.count_in_stripe(p_provider, v_key_id, v_day, p_estimate_usd))
  then
    perform private.count_in_row(p_provider, v_key_id, v_day, p_estimate_usd);
  end if;
  wake := v_read.workers_are_few;
end;
$$;

comment on function private.submit_task is 'Creates a task with its asset rows and its message, and counts it in all budgets; or finds the live one under the same user, operation and client_task_id; or refuses a new one that a limit stands against, and any of a blocked user. replayed: whether it was found; conflicts names the fields in which the two requests differ; wake: whether a worker should be woken; exceeded_limit names the limit, or is user_is_blocked, submits_paused (pause_message is for the app), or plan (plan_violation: see private.plan_violation), and then nothing was made. p_is_dry_run: nothing is made either, and expected_start_seconds says how long it would wait.';

-- supabase/schemas/50_flows/03_block_user.sql

-- Stopping a user, and what becomes of the user's work.

create or replace function private.cancel_tasks(p_tasks public.tasks[])
returns integer
language plpgsql
set search_path = ''
as $$
begin
  perform private.give_up_task(task, 'canceled', p_counts_later => true)
  from unnest(p_tasks) as task;
  return cardinality(p_tasks);
end;
$$;

comment on function private.cancel_tasks is 'Cancels tasks that are locked and not finished. Returns how many.';

create or replace function private.block_user(
  p_user_id uuid,
  p_reason text,
  p_until timestamptz default null
)
returns integer
language plpgsql
set search_path = ''
as $$
begin
  -- A submit that is under way is accepted before, and ended here, or is refused.
  perform private.lock_user(p_user_id);
  insert into private.blocked_users (user_id, reason, blocked_until)
  values (p_user_id, p_reason, p_until)
  on conflict (user_id) do update
  set reason = excluded.reason, blocked_until = excluded.blocked_until;

  -- What a worker is being given this moment is waited for: it has cost nothing yet. And all are
  -- locked before the first changes what the user has spent, as whoever settles one wants to.
  return private.cancel_tasks(array(
    select tasks
    from public.tasks
    where user_id = p_user_id and finished_at is null
    -- As who deletes the user.
    order by id
    for update
  ));
end;
$$;

comment on function private.block_user is 'For the operator: nothing more is accepted of a user, or until p_until, and all that is unfinished is canceled. What providers have accepted winds down. Again to change reason and time. Returns how many tasks were canceled.';

create or replace function private.unblock_user(p_user_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  delete from private.blocked_users where user_id = p_user_id;
  return found;
end;
$$;

comment on function private.unblock_user is 'For the operator: ends what private.block_user began; a ban in Auth stays. What was canceled stays so. Returns whether the user was blocked.';

create or replace function private.cancel_tasks_of_blocked_users()
returns integer
language plpgsql
set search_path = ''
as $$
begin
  return private.cancel_tasks(array(
    select tasks
    from public.tasks
    join (
      -- Each is asked about once.
      select user_id
      from (select distinct user_id from public.tasks where finished_at is null) as active
      where private.is_blocked(user_id)
    ) as blocked using (user_id)
    where tasks.finished_at is null
    limit 1000
    for update of tasks skip locked
  ));
end;
$$;

comment on function private.cancel_tasks_of_blocked_users is 'Cancels what is unfinished of users whom Auth has banned, which tells nobody, or whom another function has blocked; at most 1000 tasks at once. Returns how many.';

-- supabase/schemas/50_flows/03_recover_tasks.sql

-- What becomes of tasks that no worker settles. Apart from claims, so that a backlog of it holds up
-- none of them: each call does a bounded amount, and is asked again in a second.

create or replace function private.max_winding_down()
returns interval
language sql
immutable
set search_path = ''
return interval '30 minutes';

comment on function private.max_winding_down is 'For how long a provider is asked at most whether it has ended what was given up.';

create or replace function private.expire_tasks()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_is_in_grace boolean := private.is_in_grace();
  v_tasks public.tasks[] := array(
    select tasks
    from public.tasks
    where finished_at is null
      -- The time of the transaction, which an index can be searched by.
      and deadline_at <= now()
      -- A living worker notices the deadline itself: its lease is not extended any more.
      and (
        lease_expires_at is null
        or (lease_expires_at <= clock_timestamp() and not v_is_in_grace)
      )
    order by deadline_at
    limit 100
    for update skip locked
  );
begin
  perform private.give_up_task(
    task, 'failed', next.error_code, next.detail, p_counts_later => true
  )
  from unnest(v_tasks) as task, private.next_state(task, true) as next;
  return cardinality(v_tasks);
end;
$$;

comment on function private.expire_tasks is 'Fails tasks past their deadline that no worker holds, at most 100 at once. Returns how many.';

create or replace function private.end_winding_tasks()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_tasks public.tasks[] := array(
    select tasks
    from public.tasks
    where winds_down
      and finished_at <= now() - private.max_winding_down()
    order by finished_at
    limit 100
    for update skip locked
  );
begin
  perform private.end_winding_down(task, p_counts_later => true) from unnest(v_tasks) as task;
  return cardinality(v_tasks);
end;
$$;

comment on function private.end_winding_tasks is 'Ends tasks that have wound down for too long, at most 100 at once. Returns how many.';

create or replace function private.close_calls_of_deleted_users()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_count integer;
begin
  update private.provider_calls
  set outcome = private.effective_outcome(sent_at, 'ambiguous'), finished_at = now()
  where task_id is null and outcome is null;
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

comment on function private.close_calls_of_deleted_users is 'Closes calls in the ledger that nobody can ask for any more. Returns how many.';

create or replace function private.recover_tasks()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_lost integer := private.notice_lost_tasks();
begin
  perform
    private.expire_tasks(), private.end_winding_tasks(), private.close_calls_of_deleted_users();
  perform private.count_changes();
  return v_lost;
end;
$$;

comment on function private.recover_tasks is 'Does all of this. Workers ask for it once a second while they have work. Returns how many tasks were found to be lost.';

-- supabase/schemas/50_flows/04_choose_starts.sql

-- Which tasks of a pool may start now.

create or replace function private.waiting_tasks(
  p_provider text,
  p_pool text,
  p_not_of uuid[],
  p_limit integer
)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
begin
  return query execute format(
    $query$
      select *
      from public.tasks
      where provider = $1
        and pool = $2
        and finished_at is null
        and handle is null
        and lease_expires_at is null
        and user_id <> all ($3)
        and exists (
          select
          from pgmq.%I as message
          where message.msg_id = tasks.message_id and message.vt <= clock_timestamp()
        )
      order by turn, message_id
      limit $4
      for update skip locked
    $query$,
    'q_' || p_provider
  ) using p_provider, p_pool, p_not_of, p_limit;
end;
$$;

comment on function private.waiting_tasks is 'The first tasks of a pool in the order of their turns whose messages are visible, locked.';

create or replace function private.users_held_back(p_lane private.lanes)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(array_agg(users.user_id), '{}')
    from private.failing_users as users
    where users.provider = p_lane.provider
      and (
        users.paused_until > clock_timestamp()
        -- After its pause a user has one task at a time.
        or exists (
          select
          from private.provider_calls as calls
          join public.tasks on tasks.id = calls.task_id
          where calls.provider = users.provider
            and calls.outcome is null
            and calls.handle is null
            and tasks.user_id = users.user_id
            and calls.started_at >= users.paused_until
        )
      )
  );
end;
$$;

comment on function private.users_held_back is 'Users of whom nothing is started in a lane now, because they make its provider fail.';

create or replace function private.users_to_try_singly(p_lane private.lanes)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(array_agg(user_id), '{}')
    from private.failing_users
    where provider = p_lane.provider and paused_until is not null
  );
end;
$$;

comment on function private.users_to_try_singly is 'Users who were paused in a lane and have not succeeded since.';

create or replace function private.users_failing(p_lane private.lanes)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(array_agg(user_id), '{}')
    from private.failing_users
    where provider = p_lane.provider and failed_at >= p_lane.failing_since
  );
end;
$$;

comment on function private.users_failing is 'Users whose tasks have made a provider fail since its last success.';

create or replace function private.choose_starts(
  p_lane private.lanes,
  p_pool text,
  p_slots integer,
  p_life_seconds integer,
  p_free_bytes bigint,
  p_holds_nothing boolean
)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
  v_held_back uuid[] := private.users_held_back(p_lane);
  v_singly uuid[] := private.users_to_try_singly(p_lane);
  v_failing uuid[];
  v_per_minute integer := private.results_per_minute(p_lane);
  v_free integer := private.free_results(p_lane);
  v_spare integer;
  v_taken integer := 0;
  v_longest numeric;
  v_slots integer := p_slots;
  v_bytes bigint := p_free_bytes;
  v_holds_nothing boolean := p_holds_nothing;
begin
  -- Who has failed is not the one to find out whether the provider works again, if another waits.
  if p_lane.paused_until is not null then
    v_failing := private.users_failing(p_lane);
    if exists (
      select from private.waiting_tasks(p_lane.provider, p_pool, v_held_back || v_failing, 1)
    ) then
      v_held_back := v_held_back || v_failing;
    end if;
  end if;
  select longest into v_longest from private.recent_runs(p_lane.provider, p_pool);
  for v_task in
    -- Some more, for those that are passed over.
    select * from private.waiting_tasks(p_lane.provider, p_pool, v_held_back, 2 * p_slots + 10)
  loop
    exit when v_slots <= 0 or v_free <= 0;
    if private.is_too_late(v_task, v_longest) then
      perform private.give_up_task(
        v_task, 'failed', 'timeout', 'Too little time was left to start it',
        p_counts_later => true
      );
      continue;
    end if;
    continue when v_task.user_id = any (v_held_back);
    if private.is_blocked(v_task.user_id) then
      perform private.give_up_task(v_task, 'canceled', p_counts_later => true);
      continue;
    end if;

    -- It waits at the head of its pool for another worker.
    exit when v_task.max_call_seconds > p_life_seconds
      -- Larger than all that a worker has room for: in one that holds nothing it has room enough.
      or (v_task.input_bytes > 0 and v_task.input_bytes > v_bytes and not v_holds_nothing);

    if v_spare is not null then
      -- A smaller one passes one that waits for more results, as long as that starts no later.
      continue when v_task.result_count > least(v_spare, v_free);
      v_spare := v_spare - v_task.result_count;
    elsif not private.has_free_results(v_per_minute, v_task.result_count, v_free) then
      v_spare := private.spare_results(p_lane, v_task.result_count, v_taken);
      continue;
    end if;

    return next v_task;
    if v_task.user_id = any (v_singly) then
      v_held_back := v_held_back || v_task.user_id;
    end if;
    v_slots := v_slots - 1;
    v_free := v_free - v_task.result_count;
    v_taken := v_taken + v_task.result_count;
    v_bytes := v_bytes - v_task.input_bytes;
    v_holds_nothing := false;
  end loop;
end;
$$;

comment on function private.choose_starts is 'Tasks of a pool that may start now, in the order of their turns, as many as the lane lets through and the worker has life and memory for. Ends those on the way that have too little time left, or whose user is blocked.';

-- supabase/schemas/50_flows/04_claim_polls.sql

-- Polls of what providers have accepted, lane by lane, the ones that are due longest first.

create or replace function private.poll_burst()
returns interval
language sql
immutable
set search_path = ''
return interval '1 second';

comment on function private.poll_burst is 'So much of what a lane lets be polled in a time may be polled at once, if nothing was polled before.';

create or replace function private.allowed_polls(
  p_polls_per_second integer,
  p_next_poll_at timestamptz
)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  -- Asked for once: between two answers a second is a little less than a second.
  v_now timestamptz := clock_timestamp();
begin
  return case
    when p_next_poll_at > v_now then 0
    when p_polls_per_second is null then 2147483647
    else floor(p_polls_per_second * extract(epoch from
      v_now - greatest(p_next_poll_at, v_now - private.poll_burst())
    ))
  end;
end;
$$;

comment on function private.allowed_polls is 'How many polls of a lane may be made now.';

create or replace function private.slow_down_polls(p_provider text, p_retry_after_seconds integer)
returns void
language sql
set search_path = ''
as $$
  update private.poll_pacing
  set next_poll_at = greatest(
    next_poll_at,
    clock_timestamp() + make_interval(secs => greatest(1, least(p_retry_after_seconds, 30)))
  )
  where provider = (
    select provider
    from private.poll_pacing
    where provider = p_provider
    for no key update skip locked -- locked: another worker is polling this lane
  );
$$;

comment on function private.slow_down_polls is 'A provider was polled too often: none of its lane for a moment.';

create or replace function private.take_due_messages(
  p_queue text,
  p_due_from timestamptz,
  p_limit integer,
  p_hide_seconds integer
)
returns table (message_id bigint, due_at timestamptz)
language plpgsql
set search_path = ''
as $$
begin
  return query execute format(
    $query$
      with due as (
        select ctid as place, msg_id, vt
        from pgmq.%1$I
        where vt >= $1 and vt <= clock_timestamp()
        order by vt
        limit $2
        for update skip locked
      ),
      hidden as (
        update pgmq.%1$I as messages
        set vt = clock_timestamp() + make_interval(secs => $3), read_ct = read_ct + 1
        from due
        -- By its place: a message that is polled often has many versions under its number.
        where messages.ctid = due.place
      )
      select msg_id, vt from due
    $query$,
    'q_' || p_queue
  ) using p_due_from, p_limit, p_hide_seconds;
end;
$$;

comment on function private.take_due_messages is 'Hides messages of a queue that are due, the ones that are due longest first. pgmq.read goes by number, and would read every version of every message that was ever due.';

create or replace function private.refuse_poll(
  p_queue text,
  p_message_id bigint
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  select * into v_task
  from public.tasks
  where queue = p_queue and message_id = p_message_id
  for update skip locked;
  if not found then
    perform private.requeue_or_archive(p_queue, p_message_id);
  elsif v_task.lease_expires_at > clock_timestamp() then
    -- Its worker lives. If that changes, the message is to be there at once.
    perform pgmq.set_vt(
      p_queue, p_message_id,
      ceil(extract(epoch from v_task.lease_expires_at - clock_timestamp()))::integer
    );
  elsif v_task.claims_without_outcome > 0 then
    -- Its worker is lost: private.claim_lost_task gives it to one that holds nothing else.
    if not private.is_in_grace() then
      update public.tasks
      set lost_at = coalesce(lost_at, clock_timestamp())
      where id = v_task.id and lease_expires_at is not null;
    end if;
    perform pgmq.set_vt(p_queue, p_message_id, 5);
  elsif v_task.finished_at is not null and not v_task.winds_down then
    perform pgmq.archive(p_queue, p_message_id);
  else
    -- Its deadline is past: private.expire_tasks ends it.
    perform pgmq.set_vt(p_queue, p_message_id, 1);
  end if;
end;
$$;

comment on function private.refuse_poll is 'For a message that is due and whose task is not to be polled now: hides it until then, or archives it.';

create or replace function private.claim_lane_polls(
  p_lane private.lanes,
  p_limit integer,
  p_lease_seconds integer
)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_queue text := private.polls_queue(p_lane.provider);
  v_pacing private.poll_pacing;
  v_limit integer;
  v_messages bigint[];
  v_last_due_at timestamptz;
  v_tasks uuid[];
  v_found bigint[];
begin
  select * into v_pacing
  from private.poll_pacing
  where provider = p_lane.provider
  for no key update skip locked; -- locked: another worker is polling this lane
  if not found then
    return;
  end if;
  v_limit := least(
    p_limit, private.allowed_polls(p_lane.polls_per_second, v_pacing.next_poll_at)
  );
  if v_limit < 1 then
    return;
  end if;
  if v_pacing.looked_through_at < clock_timestamp() - interval '5 seconds' then
    v_pacing.due_from := '-infinity';
    update private.poll_pacing
    set looked_through_at = clock_timestamp()
    where provider = p_lane.provider;
  end if;
  select array_agg(message_id order by due_at), max(due_at)
  into v_messages, v_last_due_at
  from private.take_due_messages(v_queue, v_pacing.due_from, v_limit, p_lease_seconds);
  if v_messages is null then
    return;
  end if;
  update private.poll_pacing
  set
    next_poll_at = case
      when p_lane.polls_per_second is null then next_poll_at
      else greatest(next_poll_at, clock_timestamp() - private.poll_burst())
        + make_interval(secs => cardinality(v_messages) / p_lane.polls_per_second::double precision)
    end,
    due_from = v_last_due_at
  where provider = p_lane.provider;

  select
    array_agg(id order by array_position(v_messages, message_id)), array_agg(message_id)
  into v_tasks, v_found
  from (
    select id, message_id
    from public.tasks
    where queue = v_queue
      and message_id = any (v_messages)
      and (lease_expires_at is null or lease_expires_at <= clock_timestamp())
      and claims_without_outcome = 0
      and (winds_down or (finished_at is null and deadline_at > clock_timestamp()))
    for no key update skip locked -- locked: another worker is settling it this moment
  ) as pollable;
  perform private.refuse_poll(v_queue, message_id)
  from unnest(v_messages) as message_id
  where message_id <> all (coalesce(v_found, '{}'));
  if v_tasks is not null then
    return query select * from private.start_leases(v_tasks, p_lease_seconds);
  end if;
end;
$$;

comment on function private.claim_lane_polls is 'Claims tasks of a lane that its provider has accepted and that are due, as many as the lane lets be polled now. Must not look at messages and tasks in one statement: a task committed in between would seem lost.';

create or replace function private.claim_polls(p_limit integer, p_lease_seconds integer)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_lane private.lanes;
  v_task public.tasks;
  v_left integer := p_limit;
begin
  -- In any order, so that no lane always has the last place of a worker.
  for v_lane in
    select * from private.lanes
    where private.has_queue(private.polls_queue(provider))
    order by random()
  loop
    exit when v_left <= 0;
    for v_task in select * from private.claim_lane_polls(v_lane, v_left, p_lease_seconds) loop
      return next v_task;
      v_left := v_left - 1;
    end loop;
  end loop;
end;
$$;

comment on function private.claim_polls is 'Claims tasks of all lanes that their providers have accepted and that are due.';

-- supabase/schemas/50_flows/04_claim_starts.sql

-- Tasks that are to be started, lane by lane, each lane under its own lock.

create or replace function private.startable_lanes()
returns setof private.lanes
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select *
  from private.lanes
  where private.has_queue(provider)
    and coalesce(greatest(paused_until, rate_limited_until) <= clock_timestamp(), true)
    -- The first in the order of an index: joined, or by another index, it reads all that waits.
    and (
      select true
      from public.tasks
      where tasks.provider = lanes.provider
        and finished_at is null
        and handle is null
        and lease_expires_at is null
      order by pool, turn, message_id
      limit 1
    )
  order by random();
end;
$$;

comment on function private.startable_lanes is 'Lanes in which something waits to be started and that no pause holds back, in any order, so that none always has the last place of a worker.';

create or replace function private.lock_lane(p_provider text)
returns boolean
language plpgsql
set search_path = ''
set lock_timeout = '300ms'
as $$
begin
  perform from private.lanes where provider = p_provider for no key update;
  return found;
exception
  when lock_not_available then
    return false;
end;
$$;

comment on function private.lock_lane is 'Locks a lane, or gives up in a moment: a claim waits for no transaction that an operator has left open. Returns whether it is locked.';

create or replace function private.claim_lane_starts(
  p_lane private.lanes,
  p_limit integer,
  p_lease_seconds integer,
  p_life_seconds integer,
  p_free_bytes bigint,
  p_holds_nothing boolean
)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_slots integer := least(p_limit, private.free_slots(p_lane));
  v_bytes bigint := p_free_bytes;
  v_holds_nothing boolean := p_holds_nothing;
  v_pool record;
  v_chosen public.tasks[];
begin
  -- It may have been paused while its lock was waited for.
  if greatest(p_lane.paused_until, p_lane.rate_limited_until) > clock_timestamp() then
    return;
  end if;
  if p_lane.paused_until is not null then
    v_slots := least(v_slots, private.half_open_slots(p_lane.provider));
  end if;
  for v_pool in select * from private.open_pools(p_lane.provider) order by random() loop
    exit when v_slots <= 0;
    v_chosen := array(
      select chosen
      from private.choose_starts(
        p_lane, v_pool.pool, least(v_slots, v_pool.free_slots), p_life_seconds, v_bytes,
        v_holds_nothing
      ) as chosen
    );
    continue when cardinality(v_chosen) = 0;
    perform private.hide_messages(
      p_lane.provider, array(select message_id from unnest(v_chosen)), p_lease_seconds
    );
    return query
    select *
    from private.start_leases(array(select id from unnest(v_chosen)), p_lease_seconds);
    v_slots := v_slots - cardinality(v_chosen);
    v_bytes := v_bytes - (select sum(input_bytes) from unnest(v_chosen));
    v_holds_nothing := false;
  end loop;
end;
$$;

comment on function private.claim_lane_starts is 'Claims tasks of a lane that are to be started. The caller has locked the lane, so that its limits hold across any number of workers.';

create or replace function private.claim_starts(
  p_limit integer,
  p_lease_seconds integer,
  p_life_seconds integer,
  p_free_bytes bigint,
  p_holds_nothing boolean
)
returns setof public.tasks
language plpgsql
set search_path = ''
as $$
declare
  v_lanes text[] := array(select provider from private.startable_lanes());
  v_lanes_left integer := cardinality(v_lanes);
  v_provider text;
  v_lane private.lanes;
  v_taken text;
  v_has_lane boolean := false;
  v_task public.tasks;
  v_left integer := p_limit;
  v_bytes bigint := p_free_bytes;
begin
  foreach v_provider in array v_lanes loop
    exit when v_left <= 0;
    if not private.try_lock_lane(v_provider) then
      v_taken := v_provider;
    else
      v_has_lane := true;
      select * into v_lane from private.lanes where provider = v_provider;
      -- The lanes that are left share what is left, so that no lane takes all of a worker.
      for v_task in
        select *
        from private.claim_lane_starts(
          v_lane, ceil(v_left / v_lanes_left::numeric)::integer, p_lease_seconds, p_life_seconds,
          v_bytes, p_holds_nothing and v_left = p_limit
        )
      loop
        return next v_task;
        v_left := v_left - 1;
        v_bytes := v_bytes - v_task.input_bytes;
      end loop;
    end if;
    v_lanes_left := v_lanes_left - 1;
  end loop;

  -- Whoever finds all lanes taken waits its turn in one of them, instead of asking at once again;
  -- but not with another in its hands.
  if v_taken is not null and not v_has_lane and private.lock_lane(v_taken) then
    select * into v_lane from private.lanes where provider = v_taken;
    return query
    select *
    from private.claim_lane_starts(
      v_lane, p_limit, p_lease_seconds, p_life_seconds, p_free_bytes, p_holds_nothing
    );
  end if;
end;
$$;

comment on function private.claim_starts is 'Claims tasks that are to be started, of lanes that no other worker claims from this moment.';

-- supabase/schemas/50_flows/04_claim_tasks.sql

-- What a worker may do now, given to it alone for the time of a lease.

create or replace function private.claim_tasks(
  p_start_limit integer,
  p_poll_limit integer,
  p_lease_seconds integer,
  p_worker_id uuid default null,
  p_held integer default 0,
  p_life_seconds integer default null,
  p_free_bytes bigint default null
)
returns setof public.tasks
language plpgsql
set search_path = ''
-- As in private.submit_task.
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  v_task public.tasks;
  v_count integer := 0;
begin
  perform private.record_contact();

  if p_held = 0 then
    for v_task in select * from private.claim_lost_task(p_lease_seconds, p_life_seconds) loop
      perform private.record_worker(p_worker_id);
      return next v_task;
      return;
    end loop;
  end if;

  -- Each has a share of its own: neither waits for the other.
  for v_task in select * from private.claim_polls(p_poll_limit, p_lease_seconds) loop
    return next v_task;
    v_count := v_count + 1;
  end loop;
  if p_held = 0 or not private.must_empty_worker(p_worker_id) then
    for v_task in
      select *
      from private.claim_starts(
        p_start_limit, p_lease_seconds, p_life_seconds, p_free_bytes, p_held + v_count = 0
      )
    loop
      return next v_task;
      v_count := v_count + 1;
    end loop;
  end if;

  if v_count > 0 then
    perform private.record_worker(p_worker_id);
  elsif p_held = 0 then
    -- A poll may have found out just now that a worker is lost.
    for v_task in select * from private.claim_lost_task(p_lease_seconds, p_life_seconds) loop
      perform private.record_worker(p_worker_id);
      return next v_task;
    end loop;
  end if;
end;
$$;

comment on function private.claim_tasks is 'Claims tasks over all lanes: one that was lost with its worker, alone; else up to p_poll_limit that providers have accepted and that are due, and up to p_start_limit that the lanes let start. Each is the caller''s alone until its lease runs out and another worker claims it, and a call to be made is in the ledger when this commits. p_held: tasks that the worker holds already. p_life_seconds: how long it will live at least; null: for ever. p_free_bytes: room that it has for input files; null: for any.';

-- supabase/schemas/50_flows/05_health.sql

-- What settlements say of a provider.

create or replace function private.record_health(
  p_task public.tasks,
  p_failure jsonb default null
)
returns void
language plpgsql
set search_path = ''
set lock_timeout = '300ms'
as $$
declare
  v_retry_after_seconds integer := (p_failure -> 'call' ->> 'retry_after_seconds')::integer;
begin
  if p_task.handle is not null then
    -- A poll says nothing about what a start would meet.
    if p_failure ->> 'error_code' = 'provider_rate_limited' then
      perform private.slow_down_polls(p_task.provider, v_retry_after_seconds);
    end if;
  elsif p_failure is null then
    perform private.record_success(p_task);
  elsif (p_failure ->> 'is_own_cut')::boolean then
    -- What we ended ourselves says nothing of the provider.
    null;
  elsif p_failure ->> 'error_code' = 'provider_rate_limited' then
    perform private.record_rate_limited(
      p_task, p_failure ->> 'pause_scope', v_retry_after_seconds
    );
  else
    perform private.record_failure(p_task, p_failure ->> 'error_code', v_retry_after_seconds);
  end if;
exception
  when lock_not_available then
    -- An operator has left a transaction open. The next settlement says it again.
    raise warning 'What a task says of % is not recorded: its lane is locked', p_task.provider;
end;
$$;

comment on function private.record_health is 'Records what a settlement says of its provider: that it works (p_failure: null), fails, or is to be asked less often. A settlement does not wait for it.';

-- supabase/schemas/50_flows/05_put_back_task.sql

-- A task that goes on after its step: it is polled again, tried again, or given to another worker.

create or replace function private.max_poll_delay_seconds()
returns integer
language sql
immutable
set search_path = ''
return 120;

comment on function private.max_poll_delay_seconds is 'How long a provider may have us wait at most before it is asked again about work that is paid.';

create or replace function private.snooze_task(p_task public.tasks, p_outcome jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
  v_delay_seconds integer := least(
    (p_outcome ->> 'delay_seconds')::integer, private.max_poll_delay_seconds()
  );
begin
  perform private.record_call(p_task, p_outcome -> 'call', p_handle => p_outcome ->> 'handle');
  perform private.record_health(p_task);

  update public.tasks
  set
    handle = p_outcome ->> 'handle',
    accepted_at = coalesce(accepted_at, now()),
    progress = coalesce((p_outcome ->> 'progress')::smallint, progress),
    claims_without_outcome = 0,
    claimed_alone = false,
    losses_alone = 0,
    failed_attempts = 0,
    lease_expires_at = null,
    lost_at = null
  where id = p_task.id
  returning * into v_task;
  -- A provider may tell more than was thought of.
  if p_outcome -> 'call' ->> 'cost_usd' is not null then
    perform private.raise_reservation(p_task.id);
  end if;

  if v_task.queue = private.polls_queue(v_task.provider) then
    perform pgmq.set_vt(v_task.queue, v_task.message_id, v_delay_seconds);
  else
    perform private.move_message(v_task, private.polls_queue(v_task.provider), v_delay_seconds);
  end if;
  return 'polling';
end;
$$;

comment on function private.snooze_task is 'Stores the handle that the provider returned, and puts the task back to be polled after delay_seconds. progress: a percentage, if it is known.';

create or replace function private.wait_for_next_attempt(
  p_task public.tasks,
  p_detail text,
  p_delay_seconds integer,
  p_is_attempt boolean default true
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.tasks
  set
    claims_without_outcome = 0,
    claimed_alone = false,
    losses_alone = 0,
    failed_attempts = failed_attempts + p_is_attempt::integer,
    last_error = p_detail,
    lease_expires_at = null,
    lost_at = null
  where id = p_task.id;
  perform pgmq.set_vt(
    p_task.queue, p_task.message_id,
    least(
      p_delay_seconds,
      case when p_task.handle is not null then private.max_poll_delay_seconds() end,
      -- Not later than the deadline, which ends it.
      case when not p_task.winds_down then
        greatest(ceil(extract(epoch from p_task.deadline_at - clock_timestamp())), 0)::integer
      end
    )
  );
end;
$$;

comment on function private.wait_for_next_attempt is 'Puts a task back after a failed step, to be submitted or polled again after the delay. p_is_attempt: whether it counts as one of the few that a task has.';

create or replace function private.release_task(p_task public.tasks)
returns text
language plpgsql
set search_path = ''
as $$
begin
  -- What the provider has accepted goes on. Without a call it was released before.
  if p_task.handle is null and not private.forget_call(p_task.id) then
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

comment on function private.release_task is 'Gives a claimed task back that its worker cannot do before it ends: no attempt, and nothing that happened to it.';

-- supabase/schemas/50_flows/05_settle_given_up_task.sql

-- What becomes of work that nobody waits for any more.

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
      perform private.forget_call(p_task.id);
  end case;
  perform private.end_winding_down(p_task);
  return p_task.status;
end;
$$;

comment on function private.settle_given_up_task is 'Records what became of work that nobody waits for any more, and lets go of it once its provider has.';

-- supabase/schemas/50_flows/05_settle_task.sql

-- What becomes of a claimed task. Row, asset rows, message and ledger change together, and nothing
-- at all when the lease is stale: another worker has the task, or had it.

create or replace function private.complete_task(p_task public.tasks, p_outcome jsonb)
returns text
language plpgsql
set search_path = ''
as $$
begin
  perform private.record_call(p_task, p_outcome -> 'call', 'succeeded');
  perform private.record_health(p_task);
  perform private.close_task(
    p_task.id, 'complete',
    array(select jsonb_array_elements_text(p_outcome -> 'asset_urls'))
  );
  if p_outcome ? 'warnings' then
    update public.concept_images as image
    set metadata = image.metadata || jsonb_build_object('warning', warning.words)
    from jsonb_each_text(p_outcome -> 'warnings') as warning (place, words)
    where image.celery_task_id = p_task.id and image.result_index = warning.place::smallint;
  end if;
  return 'complete';
end;
$$;

comment on function private.complete_task is 'Ends a claimed task with its stored results: asset_urls; and warnings, by the place of the result, for apps to read in the metadata of its image.';

create or replace function private.is_given_up(p_error_code text, p_failure jsonb)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_error_code = 'timeout' and not coalesce((p_failure ->> 'is_final')::boolean, false);
end;
$$;

comment on function private.is_given_up is 'Whether accepted work ends here although the provider may still be at it.';

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

comment on function private.settle_failure is 'Records a failed step and moves the task to its next state. p_outcome: error_code, detail (for the operator), reason (see private.task_error_reasons), is_retryable, is_final, is_ambiguous (the provider may have billed it), is_billed (it surely has), is_own_cut (we ended the call ourselves), pause_scope (of a provider that is asked too often: lane or pool), ended_unbilled (the provider has ended accepted work for a reason of its own, and bills nothing), unlisted_host (where the result is, if not on a host that is known), delay_seconds (until the next attempt, if there is one).';

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
  if v_task.winds_down then
    v_state := private.settle_given_up_task(v_task, p_outcome);
  else
    case p_outcome ->> 'kind'
      when 'complete' then v_state := private.complete_task(v_task, p_outcome);
      when 'snooze' then v_state := private.snooze_task(v_task, p_outcome);
      when 'failure' then v_state := private.settle_failure(v_task, p_outcome);
      when 'release' then v_state := private.release_task(v_task);
    end case;
  end if;
  -- Also of what nobody waits for any more: canceling evades nothing.
  if v_is_refused and v_state not in ('retrying', 'polling') then
    perform private.count_refusal(v_task.user_id, v_task.provider, v_task.id);
  end if;
  return v_state;
end;
$$;

comment on function private.settle_task is 'Applies the outcome of a step to a claimed task and returns the state that it reached: complete, failed, retrying, polling, released or canceled; null if the lease is stale, and then nothing has changed. p_outcome: kind (complete, snooze, failure, release), call (see private.record_call), and what its kind needs.';

-- supabase/schemas/50_flows/06_audit_log.sql

-- Auth notes every sign-in in a table, with the user's id and e-mail address. No index finds a user
-- there, so it is read for all who were deleted in a minute together, and nobody waits for it.

create or replace function private.clear_audit_log()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_users text[];
  v_count integer := 0;
begin
  with cleared as (delete from private.deleted_users returning user_id)
  select array_agg(user_id::text) into v_users from cleared;
  -- A project may have no such table, or write none.
  if v_users is null
    or to_regclass('auth.audit_log_entries') is null
    or not has_table_privilege('auth.audit_log_entries', 'delete')
  then
    return 0;
  end if;
  execute '
    delete from auth.audit_log_entries
    where exists (
      select from unnest($1) as user_id where position(user_id in payload::text) > 0
    )
  ' using v_users;
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

comment on function private.clear_audit_log is 'Deletes what Auth''s audit log has on deleted users. Returns how many entries.';

-- supabase/schemas/50_flows/06_cancel_task.sql

-- Cancellation.

create or replace function private.cancel_task(p_user_id uuid, p_task_id uuid)
returns table (status text, billed text, canceled boolean)
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  -- Whoever locks the row first wins: this, or the worker with the result.
  select * into v_task
  from public.tasks
  where id = p_task_id and user_id = p_user_id and not is_purged
  for update;
  if not found then
    return;
  end if;
  if v_task.finished_at is null then
    perform private.give_up_task(v_task, 'canceled');
    v_task.status := 'canceled';
  end if;
  return query select v_task.status, private.billed(v_task), v_task.status = 'canceled';
end;
$$;

comment on function private.cancel_task is 'Ends a task that has no result yet. A worker that has not called for it is refused from then on; what the provider does already winds down. No row: no such task of this user. canceled: whether that is how it ended, now or before; else it had ended otherwise.';

create or replace function private.cancel_own_task(p_user_id uuid, p_task_id uuid)
returns table (status text, billed text, canceled boolean, blocked boolean)
language plpgsql
set search_path = ''
as $$
begin
  blocked := private.is_blocked(p_user_id);
  if blocked then
    return next;
    return;
  end if;
  return query
  select ending.status, ending.billed, ending.canceled, false
  from private.cancel_task(p_user_id, p_task_id) as ending;
end;
$$;

comment on function private.cancel_own_task is 'Cancels a task for its user, as private.cancel_task. blocked: the user may not; the rest is null then.';

-- supabase/schemas/50_flows/06_purge.sql

-- Deleting what a user no longer wants kept: one task, or everything of the user. What a provider
-- works on winds down unseen, so that its cost is booked, and is erased then.

create or replace function private.hide_task(
  p_task public.tasks,
  p_user_id uuid,
  p_counts_later boolean default false
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if p_task.finished_at is null then
    perform private.give_up_task(p_task, 'canceled', p_counts_later => p_counts_later);
  end if;
  update public.tasks
  set
    is_purged = true, user_id = p_user_id, client_task_id = '', parameters = '{}', request_id = '',
    last_error = null, inputs = null
  where id = p_task.id and winds_down;
  if not found then
    return false;
  end if;
  perform private.remove_results(p_task.user_id, p_task.output, p_task.id);
  delete from public.concept_images where celery_task_id = p_task.id;
  delete from public.models where celery_task_id = p_task.id;
  delete from private.dead_letters where task_id = p_task.id;
  delete from private.input_uses where task_id = p_task.id;
  return true;
end;
$$;

comment on function private.hide_task is 'Ends a locked task, and hides it without what was asked for if its provider still works on it; else it returns false: it can be erased. p_user_id: against whose limits it counts until then; null for a deleted user.';

create or replace function private.purge_task(p_user_id uuid, p_task_id uuid)
returns table (billed text)
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
  v_winds_down boolean;
begin
  -- As in private.settle_task.
  perform from auth.users where id = p_user_id for key share;
  select * into v_task
  from public.tasks
  where id = p_task_id and user_id = p_user_id and not is_purged
  for update;
  if not found then
    return;
  end if;
  -- Also files that no row shows.
  perform private.remove_results(p_user_id, v_task.output, p_task_id);
  v_winds_down := private.hide_task(v_task, p_user_id);
  return query select private.billed(v_task);
  if not v_winds_down then
    perform private.erase_tasks(array[p_task_id]);
  end if;
end;
$$;

comment on function private.purge_task is 'Deletes a task with its results, as a user may do with each of their own, ended or not. No row: no such task of this user, any more or ever. billed: as private.cancel_task says.';

create or replace function private.erase_user(p_user_id uuid, p_batch integer)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_tasks public.tasks[];
  v_task public.tasks;
  v_erased uuid[] := '{}';
begin
  insert into private.files_to_remove (place, prefix)
  values ('inputs', p_user_id || '/'), ('results', p_user_id || '/')
  on conflict do nothing;
  -- All of them before the first changes what the user has spent: whoever settles one holds it, and
  -- then wants to change that, too.
  v_tasks := array(
    select tasks from public.tasks where user_id = p_user_id order by id limit p_batch for update
  );
  foreach v_task in array v_tasks loop
    if not private.hide_task(v_task, null, p_counts_later => true) then
      v_erased := v_erased || v_task.id;
    end if;
  end loop;
  perform private.erase_tasks(v_erased);
  if cardinality(v_tasks) = p_batch then
    return false;
  end if;
  delete from public.input_assets where user_id = p_user_id;
  delete from private.failing_users where user_id = p_user_id;
  return true;
end;
$$;

comment on function private.erase_user is 'As private.purge_user, for who keeps submits of the user away.';

create or replace function private.purge_user(p_user_id uuid, p_batch integer default 500)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_is_done boolean;
begin
  -- Nothing is submitted meanwhile.
  perform private.lock_user(p_user_id);
  v_is_done := private.erase_user(p_user_id, p_batch);
  -- The user may stay, and have the rest of the day to spend.
  perform private.count_changes();
  return v_is_done;
end;
$$;

comment on function private.purge_user is 'Deletes what there is of a user but the user in Auth: tasks in any state, results, inputs and what names them. At most p_batch tasks at once; returns whether that was all. May be repeated at any time.';

create or replace function private.purge_deleted_user()
returns trigger
language plpgsql
security definer -- whoever deletes a user in Auth
set search_path = ''
as $$
begin
  -- A submit that is under way holds the row in Auth, or waits for it and is refused. With
  -- private.lock_user each would wait for the other.
  while not private.erase_user(old.id, 500) loop
    null;
  end loop;
  -- What is spent is spent, but for nobody.
  update private.spending_changes set user_id = null where user_id = old.id;
  insert into private.deleted_users (user_id) values (old.id) on conflict do nothing;
  return old;
end;
$$;

comment on function private.purge_deleted_user is 'Trigger: a user who is deleted in Auth, wherever that is done, takes everything along.';

-- The platform recommends such triggers:
-- https://supabase.github.io/splinter/0002_auth_users_exposed
create or replace trigger makeit3d_purge_deleted_user
  before delete on auth.users
  for each row
  execute function private.purge_deleted_user();

-- supabase/schemas/50_flows/07_reconcile.sql

-- What should never be, found and repaired: the safety net under everything else. Each queue by
-- itself, so that trouble with one keeps no other from being repaired.

create or replace function private.tasks_without_message(p_queue text)
returns setof public.tasks
language plpgsql
stable
set search_path = ''
as $$
begin
  return query execute format(
    $query$
      select tasks.*
      from public.tasks
      where queue = $1
        and (finished_at is null or winds_down)
        and not exists (select from pgmq.%I as message where message.msg_id = tasks.message_id)
    $query$,
    'q_' || p_queue
  ) using p_queue;
end;
$$;

comment on function private.tasks_without_message is 'Unfinished tasks of a queue that have no message there: nobody would be given them, or be given them again.';

create or replace function private.continue_numbers(p_queue text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_sequence text := pg_get_serial_sequence(format('pgmq.%I', 'q_' || p_queue), 'msg_id');
  v_known bigint;
  v_next bigint;
begin
  execute format(
    $query$
      select greatest(
        (select max(msg_id) from pgmq.%I),
        (select max(message_id) from public.tasks where queue = $1)
      )
    $query$,
    'a_' || p_queue
  ) into v_known using p_queue;
  execute format('select last_value from %s', v_sequence) into v_next;
  if v_known > v_next then
    perform setval(v_sequence, v_known);
  end if;
end;
$$;

comment on function private.continue_numbers is 'Lets a queue that was made again number its messages after those that its tasks and its archive know.';

create or replace function private.restore_messages(p_queue text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
  v_message_id bigint;
  v_count integer := 0;
begin
  perform private.continue_numbers(p_queue);
  for v_task in
    select * from private.tasks_without_message(p_queue) order by message_id, created_at, id
  loop
    -- Who has it locked may be moving it. If not, the next turn finds it.
    perform
    from public.tasks
    where id = v_task.id
      and queue = p_queue
      and message_id is not distinct from v_task.message_id
      and (finished_at is null or winds_down)
    for update skip locked;
    continue when not found;
    select send into v_message_id
    from pgmq.send(
      p_queue, jsonb_build_object('task_id', v_task.id),
      -- Nobody is to be shown it while a worker has it.
      greatest(
        0, ceil(extract(epoch from v_task.lease_expires_at - clock_timestamp()))
      )::integer
    );
    update public.tasks set message_id = v_message_id where id = v_task.id;
    v_count := v_count + 1;
  end loop;
  return v_count;
end;
$$;

comment on function private.restore_messages is 'Sends new messages for tasks of a queue that have lost theirs. Returns how many.';

create or replace function private.restore_queues()
returns setof text
language plpgsql
set search_path = ''
as $$
declare
  v_queue text;
begin
  for v_queue in
    select queue from private.queues() as queue where not private.has_queue(queue) order by queue
  loop
    perform private.create_queue(v_queue);
    perform private.restore_messages(v_queue);
    return next v_queue;
  end loop;
end;
$$;

comment on function private.restore_queues is 'For the operator: creates the queues that lanes lack, and gives their tasks new messages. Returns their names.';

create or replace function private.orphaned_messages(p_queue text)
returns setof bigint
language plpgsql
stable
set search_path = ''
as $$
begin
  return query execute format(
    $query$
      select message.msg_id
      from pgmq.%I as message
      where message.enqueued_at < now() - interval '1 minute'
        and not exists (
          -- One that has ended has let go of its message.
          select from public.tasks
          where tasks.queue = $1 and tasks.message_id = message.msg_id
        )
    $query$,
    'q_' || p_queue
  ) using p_queue;
end;
$$;

comment on function private.orphaned_messages is 'Messages of a queue that no unfinished task points to.';

create or replace function private.archive_orphaned_messages(p_queue text)
returns integer
language sql
set search_path = ''
as $$
  select count(private.archive_orphaned_message(p_queue, message_id))::integer
  from private.orphaned_messages(p_queue) as message_id;
$$;

comment on function private.archive_orphaned_messages is 'Takes messages out of a queue that no unfinished task points to. Returns how many.';

create or replace function private.try_repair(p_function text, p_subject text default null)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_count integer;
begin
  if p_subject is null then
    execute format('select private.%I()', p_function) into v_count;
  else
    execute format('select private.%I($1)', p_function) into v_count using p_subject;
  end if;
  return v_count;
exception
  when others then
    raise warning '%(%): %', p_function, p_subject, sqlerrm;
    perform private.fail_maintenance_job(
      'reconcile', format('%s(%s): %s', p_function, p_subject, sqlerrm)
    );
    return 0;
end;
$$;

comment on function private.try_repair is 'Calls a function that repairs something and counts it. A failure is undone, warned of and kept in private.maintenance_jobs, and stops nothing else.';

create or replace function private.reconcile()
returns table (restored_messages integer, archived_messages integer)
language plpgsql
set search_path = ''
as $$
declare
  -- A missing queue is an alert of its own.
  v_queues text[] := array(
    select queue from private.queues() as queue where private.has_queue(queue)
  );
begin
  perform
    private.try_repair('cancel_tasks_of_blocked_users'),
    private.try_repair('notice_lost_tasks'), private.try_repair('expire_tasks'),
    private.try_repair('end_winding_tasks'), private.try_repair('close_calls_of_deleted_users'),
    private.try_repair('clear_audit_log');
  select coalesce(sum(private.try_repair('restore_messages', queue)), 0)
  into restored_messages
  from unnest(v_queues) as queue;
  select coalesce(sum(private.try_repair('archive_orphaned_messages', queue)), 0)
  into archived_messages
  from unnest(v_queues) as queue;
  perform private.try_repair('count_changes');
  return next;
end;
$$;

comment on function private.reconcile is 'Ends overdue tasks and those of blocked users, restores lost messages, and archives messages that belong to no task. Returns how many.';

create or replace function private.reconcile_if_due()
returns void
language plpgsql
set search_path = ''
as $$
begin
  if private.take_maintenance_job('reconcile') then
    perform private.reconcile();
  end if;
end;
$$;

comment on function private.reconcile_if_due is 'Reconciles once a minute, however many workers ask. Must be called outside of any other transaction: it reads all unfinished tasks.';

-- supabase/schemas/50_flows/08_bucket_pages.sql

-- Buckets are looked through for files that are to go page by page, in the order of an index, and
-- from the start again at their end.

create table private.file_cursors (
  bucket_id text not null,
  last_name text not null default '',

  constraint file_cursors_pkey primary key (bucket_id)
);

comment on table private.file_cursors is 'How far the search for files to be removed has come in each bucket.';
comment on column private.file_cursors.last_name is 'The last file that was looked at; empty: none of this pass.';

alter table private.file_cursors enable row level security;

create or replace function private.files_after(p_bucket text, p_name text, p_files integer)
returns table (name text, created_at timestamptz, changed_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select objects.name, objects.created_at, greatest(objects.created_at, objects.updated_at)
  from storage.objects
  where objects.bucket_id = p_bucket and objects.name collate "C" > p_name
  -- The order of Storage's own index, whatever the collation of the database.
  order by objects.name collate "C"
  limit p_files;
$$;

comment on function private.files_after is 'The next files of a bucket, at most so many.';

-- supabase/schemas/50_flows/08_files_to_remove.sql

-- Removing what was noted in private.files_to_remove: workers ask for names, and have Storage
-- remove them, until there are none.

create or replace function private.next_files_to_remove(p_results_bucket text, p_limit integer)
returns table (bucket text, name text)
language plpgsql
set search_path = ''
as $$
declare
  v_request private.files_to_remove;
  v_found integer;
  v_left integer := p_limit;
begin
  for v_request in
    select *
    from private.files_to_remove
    where not private.may_store_files(after_task)
    order by tried_at nulls first, id
    limit 1000
    for update skip locked
  loop
    bucket := case v_request.place when 'inputs' then 'inputs' else p_results_bucket end;
    v_found := 0;
    -- Planned with its values, so that an index finds the names.
    for name in
      execute '
        select name
        from storage.objects
        where bucket_id = $1 and name like $2
        order by name
        limit $3
      ' using bucket, v_request.prefix || '%', v_left
    loop
      v_found := v_found + 1;
      return next;
    end loop;
    if v_found = 0 then
      delete from private.files_to_remove where id = v_request.id;
    else
      update private.files_to_remove set tried_at = clock_timestamp() where id = v_request.id;
    end if;
    v_left := v_left - v_found;
    exit when v_left <= 0;
  end loop;
end;
$$;

comment on function private.next_files_to_remove is 'The next files to be removed, at most p_limit. What Storage has no more is forgotten; what it still has is named again.';

create or replace function private.files_to_remove_if_due(p_results_bucket text, p_limit integer)
returns table (bucket text, name text)
language plpgsql
set search_path = ''
as $$
begin
  if not private.take_maintenance_job('files to remove') then
    return;
  end if;
  return query select * from private.next_files_to_remove(p_results_bucket, p_limit);
  if found then
    -- Due again at once: for more, and to see that these are gone.
    perform private.repeat_maintenance_job('files to remove');
  end if;
end;
$$;

comment on function private.files_to_remove_if_due is 'The same, once in a few seconds, however many ask; at once again while there are some.';

-- supabase/schemas/50_flows/08_orphaned_files.sql

-- Orphaned result files: stored, but shown to nobody.

create or replace function private.task_of_file(p_name text)
returns uuid
language sql
stable
set search_path = ''
-- Postgres 15 has no pg_input_is_valid, and parses this body here. A later migration replaces it.
return case
  when split_part(p_name, '/', 3) ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    then split_part(p_name, '/', 3)::uuid
end;

comment on function private.task_of_file is 'The id in the path of a result file; null where there is none.';

create or replace function private.result_files(p_bucket text, p_task public.tasks)
returns text[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_folder text := concat_ws(
    '/', p_task.user_id, case p_task.output when 'image' then 'concepts' else 'models' end,
    p_task.id, ''
  );
begin
  return array(
    select name
    from storage.objects
    -- Between the folder and what comes after all that is in it: a range of Storage's own index.
    where bucket_id = p_bucket
      and name collate "C" > v_folder and name collate "C" < rtrim(v_folder, '/') || '0'
  );
end;
$$;

comment on function private.result_files is 'Names of the stored result files of a task.';

create or replace function private.is_orphaned_file(p_name text, p_created_at timestamptz)
returns boolean
language sql
stable
set search_path = ''
return p_created_at < now() - interval '1 hour'
  -- What else a project keeps in that bucket is none of ours.
  and p_name ~ '^[0-9a-f-]{36}/(concepts|models)/[0-9a-f-]{36}/[^/]+$'
  and not exists (
    select from public.tasks
    where tasks.id = private.task_of_file(p_name)
      and (
        tasks.finished_at is null
        or tasks.status = 'complete' and (
          tasks.reported_at is null
          -- What is yet to be moved out of here.
          or exists (
            select from private.reports where task_id = tasks.id and hidden_at is null
          )
        )
      )
  );

comment on function private.is_orphaned_file is 'Whether it is a result file of a task that did not end complete, is gone, or was reported and is hidden: a worker that was lost may store it again.';

create or replace function private.count_orphaned_files(p_bucket text)
returns bigint
language sql
stable
set search_path = ''
as $$
  select count(*)
  from (
    select * from private.files_after(
      p_bucket,
      coalesce((select last_name from private.file_cursors where bucket_id = p_bucket), ''),
      5000
    )
    union
    select * from private.files_after(p_bucket, '', 5000)
  ) as files
  where private.is_orphaned_file(files.name, files.created_at);
$$;

comment on function private.count_orphaned_files is 'Orphaned files among the first 5,000 of a bucket and the 5,000 to be looked at next: all of a small one.';

-- supabase/schemas/50_flows/09_inconsistencies.sql

-- Counts of inconsistencies, for whoever looks after the project.

create or replace function private.inconsistency_counts(p_bucket text default 'generated')
returns table (kind text, count bigint)
language sql
stable
set search_path = ''
as $$
  select 'tasks without message', count(lost.id)
  from private.queues() as queues (name), private.tasks_without_message(queues.name) as lost
  where private.has_queue(queues.name)
  union all
  select 'messages without task', count(orphan)
  from private.queues() as queues (name), private.orphaned_messages(queues.name) as orphan
  where private.has_queue(queues.name)
  union all
  select 'files without task', private.count_orphaned_files(p_bucket)
  union all
  select 'files not removed', count(*)
  from private.files_to_remove
  where requested_at < now() - interval '10 minutes' and not private.may_store_files(after_task)
  union all
  select 'tasks past their deadline', count(*)
  from public.tasks
  where finished_at is null and deadline_at < now() - interval '1 minute'
  union all
  select 'dead letters', count(*) from private.dead_letters where replayed_at is null;
$$;

comment on function private.inconsistency_counts is 'How many inconsistencies of each kind there are.';

create or replace view private.inconsistencies with (security_invoker = true) as
select kind, count from private.inconsistency_counts();

comment on view private.inconsistencies is 'How many inconsistencies of each kind there are; private.reconcile repairs them once a minute.';

-- supabase/schemas/50_flows/10_replay_dead_letter.sql

-- What could not be served, accepted again.

create or replace function private.replay_dead_letter(p_id bigint)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  v_dead private.dead_letters;
  v_task public.tasks;
  v_id uuid;
begin
  update private.dead_letters
  set replayed_at = now()
  where id = p_id and replayed_at is null
  returning * into v_dead;
  if not found then
    raise exception 'No dead letter % that could be replayed', p_id;
  end if;

  select * into v_task from public.tasks where id = v_dead.task_id;
  if not found then
    raise exception 'Dead letter % has no task: there is nothing to replay', p_id;
  end if;

  if private.is_blocked(v_task.user_id) then
    raise exception 'Dead letter % is of a user who is blocked: it is not replayed', p_id;
  end if;
  -- A finished task stays as it is: the same request is accepted again.
  select submission.id into v_id
  from private.submit_task(
    p_user_id => v_task.user_id,
    p_client_task_id => v_task.client_task_id,
    p_operation => v_task.operation,
    p_provider => v_task.provider,
    p_parameters => v_task.parameters,
    p_output => v_task.output,
    p_result_count => v_task.result_count,
    p_time_limit_seconds => extract(epoch from v_task.deadline_at - v_task.created_at)::integer,
    p_request_id => v_task.request_id,
    p_input_bytes => v_task.input_bytes,
    p_is_limited => false,
    p_max_call_seconds => v_task.max_call_seconds,
    p_pool => v_task.pool,
    p_least_run_seconds => v_task.least_run_seconds,
    p_inputs => v_task.inputs,
    p_plan => v_task.plan,
    p_api_key_id => v_task.api_key_id,
    p_model => v_task.model,
    p_estimate_usd => v_task.estimate_usd,
    p_list_price_usd => v_task.list_price_usd
  ) as submission;
  return v_id;
end;
$$;

comment on function private.replay_dead_letter is 'Accepts the request behind a dead letter again, as a new task under the same client_task_id, and returns its id.';

-- supabase/schemas/50_flows/11_read_as_caller.sql

-- What is looked up for a caller under the caller's own rights: row level security and column
-- grants decide, as they do for the app's own queries. One statement each, so one round trip.

create or replace function private.act_as(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform
    set_config(
      'request.jwt.claims',
      json_build_object('sub', p_user_id, 'role', 'authenticated')::text,
      true
    ),
    -- The older form, which the Auth of the local stack reads.
    set_config('request.jwt.claim.sub', p_user_id::text, true),
    set_config('role', 'authenticated', true);
end;
$$;

comment on function private.act_as is 'For the rest of the transaction: the role and the claims that the user''s own queries run under.';

create or replace function private.read_task(
  p_user_id uuid,
  p_task_id uuid,
  p_with_cost boolean default false
)
returns table (
  id uuid,
  client_task_id text,
  operation text,
  provider text,
  status text,
  progress smallint,
  asset_urls text[],
  missing_results integer,
  error_code text,
  error text,
  created_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  reported_at timestamptz,
  cost_usd numeric,
  blocked boolean
)
language plpgsql
set search_path = ''
as $$
declare
  v_cost_usd numeric;
begin
  -- Before the role changes, which may not ask this.
  blocked := private.is_blocked(p_user_id);
  if blocked then
    return next;
    return;
  end if;
  if p_with_cost then
    select reserved_usd into v_cost_usd
    from public.tasks
    where tasks.id = p_task_id and tasks.finished_at is not null and not winds_down;
  end if;
  perform private.act_as(p_user_id);
  return query
  select
    tasks.id, tasks.client_task_id, tasks.operation, tasks.provider, tasks.status, tasks.progress,
    tasks.asset_urls,
    case
      when tasks.status = 'complete' and tasks.reported_at is null
        then nullif(greatest(tasks.result_count - cardinality(tasks.asset_urls), 0), 0)
    end,
    tasks.error_code, tasks.error,
    tasks.created_at, tasks.started_at, tasks.finished_at,
    tasks.reported_at, v_cost_usd, false
  from public.tasks
  where tasks.id = p_task_id;
end;
$$;

comment on function private.read_task is 'What the user may see of a task; no row if it is not the user''s. cost_usd: with p_with_cost, for apps that may know, what it has cost, once that is final. blocked: the user may not; the rest is null then. Leaves the transaction in the user''s role.';

create or replace function private.owns_provider_task(p_user_id uuid, p_provider_task_id text)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  perform private.act_as(p_user_id);
  return exists (
    select from public.models
    where ai_service_task_id = p_provider_task_id and status = 'complete'
  );
end;
$$;

comment on function private.owns_provider_task is 'Whether one of the user''s results was made by the provider under that name. Leaves the transaction in the user''s role.';

create or replace function private.find_asset(
  p_user_id uuid,
  p_bucket text,
  p_path text,
  out metadata jsonb,
  out version text
)
language plpgsql
set search_path = ''
as $$
begin
  select objects.metadata, objects.version
  into find_asset.metadata, find_asset.version
  from storage.objects
  join storage.buckets on buckets.id = objects.bucket_id
  where buckets.public and objects.bucket_id = p_bucket and objects.name = p_path;
  if found then
    return;
  end if;

  perform private.act_as(p_user_id);
  select objects.metadata, objects.version
  into find_asset.metadata, find_asset.version
  from storage.objects
  where objects.bucket_id = p_bucket and objects.name = p_path;
end;
$$;

comment on function private.find_asset is 'What Storage knows of a file that the user may read, and which upload of it this is: one in a public bucket is everybody''s, else the policies of Storage decide. Both null if there is none. May leave the transaction in the user''s role.';

-- supabase/schemas/50_flows/12_reports.sql

-- Reports of results: by users, and what becomes of the files.

create or replace function private.report_task(p_user_id uuid, p_task_id uuid, p_reason text)
returns table (status text, reported_at timestamptz)
language plpgsql
set search_path = ''
as $$
declare
  v_task public.tasks;
begin
  select * into v_task from public.tasks where id = p_task_id and user_id = p_user_id for update;
  if not found then
    return;
  end if;
  if v_task.status = 'complete' and v_task.reported_at is null then
    insert into private.reports (task_id, reason, asset_urls)
    values (v_task.id, p_reason, v_task.asset_urls);
    update public.tasks set reported_at = now(), asset_urls = '{}' where id = v_task.id
    returning * into v_task;
    perform private.hasten_maintenance_job('reported files');
  end if;
  return query select v_task.status, v_task.reported_at;
end;
$$;

comment on function private.report_task is 'Hides the results of a complete task from its user and tells the operator why, once: the first reason stays. No row: no such task of this user. reported_at is null if the task has no result.';

create or replace function private.close_report(p_task_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update private.reports set closed_at = now() where task_id = p_task_id and closed_at is null;
  if not found then
    return false;
  end if;
  perform private.hasten_maintenance_job('reported files');
  return true;
end;
$$;

comment on function private.close_report is 'For the operator: ends a report. The next worker removes its files for good. Returns whether it was open.';

create or replace function private.reported_files(p_bucket text, p_limit integer)
returns table (action text, name text)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  (
    select
      case
        when reports.closed_at is null and not exists (
          select from storage.objects as kept
          where kept.bucket_id = 'reported' and kept.name = objects.name
        ) then 'hide'
        else 'drop'
      end,
      objects.name
    from private.reports
    join public.tasks on tasks.id = reports.task_id
    join storage.objects
      on objects.bucket_id = p_bucket
      and objects.name = any (private.result_files(p_bucket, tasks))
    where reports.hidden_at is null
    limit p_limit
  )
  union all
  (
    select 'remove', objects.name
    from storage.objects
    where objects.bucket_id = 'reported'
      and not exists (
        select from private.reports
        where task_id = private.task_of_file(objects.name) and closed_at is null
      )
    limit p_limit
  );
end;
$$;

comment on function private.reported_files is 'What is to be done with files of reported results, at most p_limit of each: hide (to be moved from the bucket of results to reported), drop (to be removed from the bucket of results: it is in the other already, or nobody wants it), remove (from reported: its report is closed, or its task gone).';

create or replace function private.reported_files_if_due(p_bucket text, p_limit integer)
returns table (action text, name text)
language plpgsql
set search_path = ''
as $$
begin
  if private.take_maintenance_job('reported files') then
    return query select * from private.reported_files(p_bucket, p_limit);
  end if;
end;
$$;

comment on function private.reported_files_if_due is 'The same, at once after a report and else once a minute, however many ask.';

create or replace function private.confirm_hidden_files(p_bucket text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.reports
  set hidden_at = now()
  from public.tasks
  where tasks.id = reports.task_id
    and reports.hidden_at is null
    and cardinality(private.result_files(p_bucket, tasks)) = 0;
end;
$$;

comment on function private.confirm_hidden_files is 'Marks reports as hidden whose files have left the bucket of results.';

-- supabase/schemas/60_storage/01_buckets.sql

-- Files: what the app uploads, and what the backend makes of it. Models can have well over 100 MB;
-- a project's own limit for all buckets may be lower (50 MB on the Free plan), and then counts. A
-- project may make its results private; the functions' setting GENERATED_BUCKET_PUBLIC must say the
-- same.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values
  (
    'inputs', 'inputs', false, 50 * 1024 * 1024,
    array['image/png', 'image/jpeg', 'image/webp', 'model/gltf-binary']
  ),
  (
    'generated', 'generated', true, 256 * 1024 * 1024,
    -- The last one: drawings that cannot be cleaned, so that no browser shows them.
    array[
      'image/png', 'image/jpeg', 'image/webp', 'image/svg+xml', 'model/gltf-binary',
      'application/octet-stream'
    ]
  ),
  -- Results that were reported. No policy opens it: only the backend and the dashboard read it.
  (
    'reported', 'reported', false, 256 * 1024 * 1024,
    array[
      'image/png', 'image/jpeg', 'image/webp', 'image/svg+xml', 'model/gltf-binary',
      'application/octet-stream'
    ]
  )
on conflict (id) do update set
  -- What is private stays so.
  public = buckets.public and excluded.public,
  file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;

-- supabase/schemas/60_storage/01_upload_limits.sql

-- Whether a user may store more. Policies ask it, so it runs with the rights of its owner: it takes
-- nothing from its caller and tells nothing but yes or no.

create or replace function private.may_store(p_user_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return p_user_id is not null
    and not private.is_blocked(p_user_id)
    and (
      auth.jwt() ->> 'is_anonymous' is distinct from 'true'
      or exists (select from private.limits where allows_anonymous_users)
    );
end;
$$;

comment on function private.may_store is 'Whether the caller, who is this user, may store anything: no blocked user may, and one without an account only where the project allows it.';

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
  if jsonb_typeof(v_metadata) = 'string' and pg_input_is_valid(v_metadata #>> '{}', 'jsonb') then
    v_metadata := (v_metadata #>> '{}')::jsonb;
  end if;
  -- A number, or text.
  v_size := coalesce(v_metadata ->> 'size', v_metadata ->> 'contentLength');
  return case when v_size ~ '^[0-9]{1,18}$' then v_size::numeric else 0 end
    -- What an app tells of its file is kept in the database: up to 1 MB each.
    + coalesce(pg_column_size(p_user_metadata), 0);
end;
$$;

comment on function private.stored_bytes is 'What a file of Storage takes, with what its app tells of it; the file itself counts nothing before it is there.';

create or replace function private.may_upload()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
-- With the folder known the planner reads a range of an index; the name of it is Storage's own.
set plan_cache_mode = 'force_custom_plan'
as $$
declare
  v_user_id uuid := auth.uid();
  v_folder text := v_user_id || '/%';
  v_limits private.limits;
  v_files bigint;
  v_bytes numeric;
begin
  if not private.may_store(v_user_id) then
    return false;
  end if;
  select * into v_limits from private.limits;
  if not v_limits.allows_signed_uploads
    and current_setting('storage.operation', true) ~ '^(storage\.)?object\.sign_upload_url$'
  then
    return false;
  end if;
  -- No more is read than a user may have.
  select count(*), sum(private.stored_bytes(stored.metadata, stored.user_metadata))
  into v_files, v_bytes
  from (
    select objects.metadata, objects.user_metadata
    from storage.objects
    where objects.bucket_id = 'inputs' and objects.name like v_folder
    limit v_limits.user_stored_files
  ) as stored;
  return coalesce(v_files < v_limits.user_stored_files, true)
    and coalesce(v_bytes < v_limits.user_stored_bytes, true);
end;
$$;

comment on function private.may_upload is 'Whether the caller may upload another input, or replace one: not blocked, not without an account, and below the limits of files and bytes.';

-- No role of the Data API may enter the schema: a policy calls it, and nobody else can.
grant execute on function private.may_upload to authenticated;

-- supabase/schemas/60_storage/02_storage_policies.sql

-- Each user has a folder of their own in both buckets: writes inputs, reads results. Public results
-- are read by their URL, which no policy guards; these policies serve listing and private buckets.
-- Whether a user may store more is asked once for each statement.

create policy "Users read files in their own folder" on storage.objects
  for select to authenticated
  using (
    bucket_id in ('inputs', 'generated')
    and (storage.foldername(name))[1] = (select auth.uid())::text
  );

create policy "Users add inputs to their own folder" on storage.objects
  for insert to authenticated
  with check (
    bucket_id = 'inputs'
    and (storage.foldername(name))[1] = (select auth.uid())::text
    and (select private.may_upload())
  );

create policy "Users replace inputs in their own folder" on storage.objects
  for update to authenticated
  using (
    bucket_id = 'inputs'
    and (storage.foldername(name))[1] = (select auth.uid())::text
  )
  with check (
    bucket_id = 'inputs'
    and (storage.foldername(name))[1] = (select auth.uid())::text
    and (select private.may_upload())
  );

create policy "Users delete files in their own folder" on storage.objects
  for delete to authenticated
  using (
    bucket_id in ('inputs', 'generated')
    and (storage.foldername(name))[1] = (select auth.uid())::text
  );

-- supabase/schemas/60_storage/03_input_asset_limits.sql

-- How many rows a user may have in public.input_assets, and who may add any. What one row may hold
-- is said by its constraints.

create or replace function private.check_input_asset_limits()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_allowed integer := (select user_input_assets from private.limits);
  v_user_id uuid;
begin
  if auth.uid() is not null and not private.may_store(auth.uid()) then
    raise exception 'This user may not add input assets'
      using errcode = 'insufficient_privilege';
  end if;
  for v_user_id in select distinct user_id from added loop
    -- Those who add at the same time count one after the other.
    perform pg_advisory_xact_lock(hashtextextended('input assets ' || v_user_id, 0));
    if (
      select count(*) > v_allowed
      from (
        select from public.input_assets where user_id = v_user_id limit v_allowed + 1
      ) as counted
    ) then
      raise exception 'Limit of % input assets for each user reached; delete some', v_allowed
        using errcode = 'check_violation', constraint = 'input_assets_user_limit';
    end if;
  end loop;
  return null;
end;
$$;

comment on function private.check_input_asset_limits is 'Trigger: no user has more rows than private.limits.user_input_assets, and whoever may store nothing adds none.';

create or replace trigger input_assets_limits
  after insert on public.input_assets
  referencing new table as added
  for each statement
  execute function private.check_input_asset_limits();

-- supabase/schemas/70_monitoring/01_thresholds.sql

-- What an operator looks at, in the dashboard and in a terminal. Nothing in here is for apps.

create schema monitoring;
revoke all on schema monitoring from public;
comment on schema monitoring is 'What an operator looks at: views of now and of the last days, and alerts. Never exposed through the Data API.';

create table monitoring.thresholds (
  name text not null,
  value numeric not null,
  meaning text not null,

  constraint thresholds_pkey primary key (name),
  constraint thresholds_are_not_negative check (value >= 0)
);

comment on table monitoring.thresholds is 'From where on something is an alert. A change of a row applies from the next query on.';

alter table monitoring.thresholds enable row level security;

insert into monitoring.thresholds (name, value, meaning) values
  ('queue_old_seconds', 300, 'For how long a task may wait that is its user''s next, or is to be polled'),
  ('silent_seconds', 120, 'For how long work may be due without a sign of a worker'),
  ('unserved_seconds', 300, 'After how long of that the health check answers 503'),
  ('pause_seconds', 60, 'For how long from now a lane may be paused'),
  ('ambiguous_share', 0.05, 'Share of ambiguous calls in an hour'),
  ('ambiguous_calls', 3, 'How many of them there are at least'),
  ('missed_deadlines', 3, 'How many tasks of a lane may reach their deadline in an hour'),
  ('stuck_seconds', 300, 'For how long a task may be held by nobody, or be overdue'),
  ('dead_letter_hours', 24, 'How long a dead letter raises an alert'),
  ('unlisted_host_seconds', 3600, 'For how long a result on a host that is not listed raises an alert'),
  ('shutdown_days', 30, 'How many days before a model in use is shut down'),
  ('budget_50_share', 0.5, 'Share of a cap from which on it is a first warning'),
  ('budget_80_share', 0.8, 'Share of a cap from which on it is a second'),
  ('spend_rate_factor', 5, 'How many times of a usual hour the last one may have cost'),
  ('spend_rate_share', 0.1, 'and which share of the project''s cap of a day'),
  ('spend_rate_usd', 4, 'or, where there is no such cap, how many USD'),
  ('price_drift_share', 0.15, 'How far from the price list a provider''s calls may be'),
  ('price_drift_calls', 10, 'How many of them there are at least'),
  ('submits_paused_seconds', 3600, 'For how long submits may be paused');

create or replace function monitoring.threshold(p_name text)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
declare
  v_value numeric;
begin
  -- A missing row would compare to nothing, and no alert would ever be raised.
  select value into strict v_value from monitoring.thresholds where name = p_name;
  return v_value;
end;
$$;

comment on function monitoring.threshold is 'From where on something is an alert.';

create or replace function monitoring.seconds_since(p_time timestamptz)
returns integer
language sql
stable
set search_path = ''
return case when p_time > now() then 0 else extract(epoch from now() - p_time) end::integer;

comment on function monitoring.seconds_since is 'Seconds from a time until now; null if there is none.';

create or replace function monitoring.seconds_ago(p_threshold text)
returns timestamptz
language sql
stable
set search_path = ''
return now() - make_interval(secs => monitoring.threshold(p_threshold)::double precision);

comment on function monitoring.seconds_ago is 'The time that lies a threshold in seconds back.';

-- supabase/schemas/70_monitoring/02_lanes.sql

-- Lanes as they are now: what waits, what is under way, and how their providers are.

create or replace function monitoring.queue_names()
returns table (lane text, kind text, queue text, is_there boolean)
language sql
stable
set search_path = ''
as $$
  select
    lanes.provider, queues.kind, queues.queue,
    private.has_queue(queues.queue)
  from private.lanes, private.lane_queues(lanes.provider) as queues;
$$;

comment on function monitoring.queue_names is 'The queues of each lane (see private.lane_queues), and whether they exist.';

create or replace function monitoring.due_since(p_queue text)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  v_since timestamptz;
begin
  execute format(
    'select vt from pgmq.%I where vt <= now() order by vt limit 1', 'q_' || p_queue
  ) into v_since;
  return v_since;
end;
$$;

comment on function monitoring.due_since is 'Since when the first message of a queue is to be looked at; null if none is.';

create or replace function monitoring.queue_depths()
returns table (lane text, queue text, messages bigint, due bigint, due_since timestamptz)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_queue record;
begin
  for v_queue in
    select * from monitoring.queue_names() as names where names.is_there order by 1, 2 desc
  loop
    lane := v_queue.lane;
    queue := v_queue.kind;
    execute format(
      'select count(*), count(*) filter (where vt <= now()) from pgmq.%I', 'q_' || v_queue.queue
    ) into messages, due;
    due_since := monitoring.due_since(v_queue.queue);
    return next;
  end loop;
end;
$$;

comment on function monitoring.queue_depths is 'How much is in each queue.';

create or replace view monitoring.queues with (security_invoker = true) as
select
  lane, queue, messages, due, due_since, monitoring.seconds_since(due_since) as oldest_seconds
from monitoring.queue_depths();

comment on view monitoring.queues is 'Depth and age of each lane''s queues: ready (to be started), polls (the provider is at it). Messages that are not due are in a worker''s hands, or wait for their next attempt.';

create or replace view monitoring.lanes with (security_invoker = true) as
select
  lanes.provider as lane,
  lanes.max_in_flight - private.free_slots(lanes) as in_flight,
  lanes.max_in_flight,
  (
    select coalesce(sum(results), 0)
    from private.results_in_window(lanes.provider)
  ) as started_in_minute,
  private.results_per_minute(lanes) as results_per_minute,
  coalesce(greatest(lanes.paused_until, lanes.rate_limited_until) > now(), false) as paused,
  lanes.paused_until,
  lanes.consecutive_failures,
  failure.error_code as last_failure,
  failure.finished_at as last_failure_at
from private.lanes
left join lateral (
  select error_code, finished_at
  from private.provider_calls
  where provider = lanes.provider
    and started_at > now() - interval '1 day'
    and error_code is not null
    and private.is_provider_failure(error_code)
  order by started_at desc
  limit 1
) as failure on true;

comment on view monitoring.lanes is 'Each lane against its limits: tasks under way, results started in the last 60 seconds, pause. last_failure: how the provider itself failed last, within a day.';

create or replace view monitoring.paused_lanes with (security_invoker = true) as
select
  lane, paused, paused_until, consecutive_failures,
  case
    when consecutive_failures > 0 then coalesce(last_failure, 'failures')
    else coalesce(last_failure || ', or by hand', 'by hand')
  end as reason,
  last_failure_at
from monitoring.lanes
where paused_until is not null or consecutive_failures > 0;

comment on view monitoring.paused_lanes is 'Lanes that rest, or try one task at a time after a pause, or whose provider fails.';

-- supabase/schemas/70_monitoring/03_tasks.sql

-- How tasks fared, by operation and provider.

create or replace view monitoring.operations with (security_invoker = true) as
select
  period, operation, provider, finished, complete, failed, canceled,
  round(complete::numeric / nullif(complete + failed, 0), 4) as success_rate,
  wait[1] as wait_p50,
  wait[2] as wait_p95,
  run[1] as run_p50,
  run[2] as run_p95
from (
  select
    periods.period,
    tasks.operation,
    tasks.provider,
    count(*) as finished,
    count(*) filter (where tasks.status = 'complete') as complete,
    count(*) filter (where tasks.status = 'failed') as failed,
    count(*) filter (where tasks.status = 'canceled') as canceled,
    percentile_cont(array[0.5, 0.95])
      within group (order by date_part('epoch', tasks.started_at - tasks.created_at)) as wait,
    percentile_cont(array[0.5, 0.95])
      within group (order by date_part('epoch', tasks.finished_at - tasks.started_at)) as run
  from public.tasks
  join (values ('hour', interval '1 hour'), ('day', interval '1 day')) as periods (period, length)
    on tasks.finished_at > now() - periods.length
  -- The longest of them, so that the index finds where to begin.
  where tasks.finished_at > now() - interval '1 day'
  group by periods.period, tasks.operation, tasks.provider
) as ended;

comment on view monitoring.operations is 'What ended in the last hour and in the last day: how much of it well (canceled ones aside), and its seconds from submit to start and from start to end.';

create or replace view monitoring.hours with (security_invoker = true) as
select
  date_trunc('hour', finished_at) as hour,
  provider,
  count(*) as finished,
  count(*) filter (where status = 'complete') as complete,
  count(*) filter (where status = 'failed') as failed,
  avg(extract(epoch from started_at - created_at))::double precision as wait_mean,
  avg(extract(epoch from finished_at - started_at))::double precision as run_mean
from public.tasks
where finished_at > date_trunc('hour', now()) - interval '23 hours'
group by 1, 2;

comment on view monitoring.hours is 'What ended in each hour of the last day, for charts. Times in seconds.';

create or replace view monitoring.failures with (security_invoker = true) as
select
  provider, operation, error_code,
  count(*) filter (where finished_at > now() - interval '1 hour') as last_hour,
  count(*) as last_day,
  max(finished_at) as last_at
from public.tasks
where finished_at > now() - interval '1 day' and error_code is not null
group by provider, operation, error_code;

comment on view monitoring.failures is 'Why tasks failed in the last day.';

create or replace view monitoring.stuck_tasks with (security_invoker = true) as
select
  id, provider as lane, operation, 'past its deadline' as reason, deadline_at as since,
  created_at, deadline_at, lease_expires_at, claims_without_outcome, last_error
from public.tasks
where finished_at is null and deadline_at < now() - interval '1 minute'
union all
select
  id, provider, operation,
  case
    when lease_expires_at < now() - interval '1 minute' then 'its worker is lost'
    else format('%s workers were lost with it alone', losses_alone)
  end,
  case
    when lease_expires_at < now() - interval '1 minute' then lease_expires_at
    else started_at
  end,
  created_at, deadline_at, lease_expires_at, claims_without_outcome, last_error
from public.tasks
where finished_at is null and (lease_expires_at is not null or handle is not null)
  and deadline_at >= now() - interval '1 minute'
  and (
    lease_expires_at < now() - interval '1 minute'
    or losses_alone >= private.max_losses_alone()
  );

comment on view monitoring.stuck_tasks is 'Tasks that should be further than they are, each with one reason.';

create or replace view monitoring.dead_letters with (security_invoker = true) as
select
  dead.id, dead.dead_lettered_at, dead.queue, dead.task_id, tasks.operation,
  coalesce(tasks.losses_alone >= private.max_losses_alone(), false) as poison, dead.reason
from private.dead_letters as dead
left join public.tasks on tasks.id = dead.task_id
where dead.replayed_at is null;

comment on view monitoring.dead_letters is 'What could not be served, and was not replayed. poison: as many workers were lost with it alone as private.max_losses_alone().';

-- supabase/schemas/70_monitoring/04_billable_calls.sql

-- What was called, and for how much.

create or replace function monitoring.billable_calls_since(p_since timestamptz)
returns table (
  day date,
  provider text,
  calls bigint,
  succeeded bigint,
  failed bigint,
  under_way bigint,
  ambiguous bigint,
  results bigint,
  cost_usd numeric,
  cost_unknown bigint,
  ambiguous_cost_usd numeric,
  ambiguous_cost_unknown bigint
)
language sql
stable
set search_path = ''
as $$
  select
    days.beginning::date, sums.provider,
    sum(sums.calls)::bigint,
    coalesce(sum(sums.calls) filter (where sums.outcome = 'succeeded'), 0)::bigint,
    coalesce(sum(sums.calls) filter (where sums.outcome = 'failed'), 0)::bigint,
    coalesce(sum(sums.calls) filter (where sums.outcome is null), 0)::bigint,
    coalesce(sum(sums.calls) filter (where sums.outcome = 'ambiguous'), 0)::bigint,
    coalesce(sum(sums.results) filter (where sums.outcome = 'succeeded'), 0)::bigint,
    coalesce(sum(sums.cost) filter (where sums.outcome is distinct from 'ambiguous'), 0),
    coalesce(sum(sums.calls - sums.with_cost) filter (where sums.outcome = 'succeeded'), 0)::bigint,
    coalesce(sum(sums.cost) filter (where sums.outcome = 'ambiguous'), 0),
    coalesce(sum(sums.calls - sums.with_cost) filter (where sums.outcome = 'ambiguous'), 0)::bigint
  from generate_series(
    date_trunc('day', p_since at time zone 'UTC'), now() at time zone 'UTC', interval '1 day'
  ) as days (beginning)
  -- Day by day, so that it is a range of the index each time, and no row's day has to be worked
  -- out.
  cross join lateral (
    select
      provider, outcome, count(*) as calls, count(cost_usd) as with_cost,
      sum(result_count) as results, sum(cost_usd) as cost
    from private.provider_calls
    where provider = any (array(select lanes.provider from private.lanes))
      and started_at >= greatest(days.beginning at time zone 'UTC', p_since)
      and started_at < (days.beginning + interval '1 day') at time zone 'UTC'
      -- What never went out is no call.
      and sent_at is not null
    group by provider, outcome
  ) as sums
  group by 1, 2;
$$;

comment on function monitoring.billable_calls_since is 'Calls of each provider and day (UTC) from a time on. cost_usd is an estimate from the provider''s own account of usage; cost_unknown counts results without one. Ambiguous calls, which may have been billed for nothing, are apart.';

create or replace view monitoring.billable_calls with (security_invoker = true) as
select *
from monitoring.billable_calls_since(date_trunc('day', now(), 'UTC') - interval '144 hours');

comment on view monitoring.billable_calls is 'Billable calls of each provider on each of the last seven days (UTC).';

create or replace view monitoring.ambiguous_calls with (security_invoker = true) as
select
  id, task_id, provider, operation, started_at, finished_at,
  model, provider_request_id, handle is not null as accepted, cost_usd
from private.provider_calls
where provider = any (array(select lanes.provider from private.lanes))
  and started_at > now() - interval '7 days'
  and outcome = 'ambiguous';

comment on view monitoring.ambiguous_calls is 'Calls of the last seven days of which nobody knows whether they were billed: the worker or the answer was lost, or nobody waited any longer for its end.';

-- supabase/schemas/70_monitoring/05_content.sql

-- What users ask for that they should not, and what they were given that they should not have been.

create or replace view monitoring.refused_users with (security_invoker = true) as
select
  refusals.user_id,
  count(*) as refusals,
  min(refusals.refused_at) as first_refused_at,
  max(refusals.refused_at) as last_refused_at,
  (array_agg(refusals.refused_by order by refusals.refused_at desc, refusals.id desc))[1]
    as last_refused_by,
  private.is_blocked(refusals.user_id) as is_blocked
from private.content_refusals as refusals
join private.content_limits as limits on refusals.refused_at > now() - limits.counted_for
group by refusals.user_id;

comment on view monitoring.refused_users is 'Users with refusals of content that count, and whether they are blocked.';

create or replace view monitoring.reports with (security_invoker = true) as
select
  reports.task_id, tasks.user_id, tasks.operation, tasks.provider, reports.reason,
  reports.reported_at, reports.hidden_at, reports.asset_urls
from private.reports
join public.tasks on tasks.id = reports.task_id
where reports.closed_at is null;

comment on view monitoring.reports is 'Results that users have reported, until the report is closed. The files are in the bucket reported, under the same names.';

-- supabase/schemas/70_monitoring/05_money.sql

-- What is spent, against the caps, and by whom; and whether the price lists are true.

create or replace view monitoring.budgets with (security_invoker = true) as
select 'project' as scope, '' as scope_id, 'project' as name, 'day' as period,
  project_usd_per_day as cap_usd
from private.limits
union all
select 'project', '', 'project', 'month', project_usd_per_month
from private.limits
union all
select 'provider', lanes.provider, lanes.provider, 'day',
  coalesce(lanes.usd_per_day, limits.provider_usd_per_day)
from private.lanes, private.limits
union all
select 'key', api_keys.id::text, api_keys.prefix, 'day',
  coalesce(api_keys.usd_per_day, limits.key_usd_per_day)
from private.api_keys, private.limits
where api_keys.active;

comment on view monitoring.budgets is 'Every cap there may be, in USD, as it is now: of the project, of each provider, of each API key that is not revoked. cap_usd null: no cap.';

create or replace function monitoring.spent()
returns table (scope text, scope_id text, day date, used_usd numeric)
language sql
stable
set search_path = ''
as $$
  select sums.scope, sums.scope_id, sums.day, sum(sums.used_usd)
  from (
    select spending.scope, spending.scope_id, spending.day, spending.used_usd
    from private.spending
    union all
    -- What is not added there yet.
    select scopes.scope, scopes.scope_id, stripes.day, stripes.used_usd
    from private.spending_stripes as stripes
    cross join lateral (
      values
        ('project', ''),
        ('provider', stripes.provider),
        ('key', nullif(stripes.api_key_id, private.no_key())::text)
    ) as scopes (scope, scope_id)
    where scopes.scope_id is not null
  ) as sums
  group by 1, 2, 3;
$$;

comment on function monitoring.spent is 'What is spent and reserved in each day (UTC), by project, provider and API key, also what is still in stripes.';

create or replace view monitoring.spending with (security_invoker = true) as
select
  used.scope, used.scope_id, coalesce(budgets.name, used.scope_id) as name,
  used.period, used.period_start, used.used_usd, budgets.cap_usd,
  round(used.used_usd / nullif(budgets.cap_usd, 0), 4) as share
from (
  select sums.scope, sums.scope_id, periods.period,
    date_trunc(periods.period, sums.day::timestamp)::date as period_start,
    sum(sums.used_usd) as used_usd
  from (
    select scope, scope_id, day, used_usd from monitoring.spent()
    union all
    -- So that today is there where nothing was spent yet.
    select scope, scope_id, (now() at time zone 'UTC')::date, 0 from monitoring.budgets
  ) as sums
  join (values ('day'), ('month')) as periods (period)
    on periods.period = 'day' or sums.scope = 'project'
  group by 1, 2, 3, 4
) as used
left join monitoring.budgets
  on budgets.scope = used.scope
  and budgets.scope_id = used.scope_id
  and budgets.period = used.period;

comment on view monitoring.spending is 'What is spent, and reserved for what has not ended, in each day and month (UTC) against the cap as it is now: of the project, of each provider and of each API key. A task counts on the day of its submit. share: of the cap; null where there is none.';

create or replace function monitoring.spend_since(p_since timestamptz)
returns table (
  day date,
  provider text,
  plan text,
  tasks bigint,
  calls bigint,
  billed_usd numeric,
  reserved_usd numeric
)
language sql
stable
set search_path = ''
as $$
  with spent as (
    select
      coalesce(tasks.created_at, calls.started_at) as booked_at, calls.provider, tasks.plan,
      tasks.id as task_id, 1 as calls,
      case
        when calls.outcome is null then 0
        else private.call_cost_usd(calls.outcome, calls.cost_usd, calls.estimate_usd)
      end as billed_usd,
      0 as reserved_usd
    from private.provider_calls as calls
    left join public.tasks on tasks.id = calls.task_id
    where calls.provider = any (array(select lanes.provider from private.lanes))
      and calls.started_at >= p_since
      and calls.sent_at is not null
    union all
    select
      tasks.created_at, tasks.provider, tasks.plan, tasks.id, 0, 0,
      greatest(tasks.reserved_usd - billed.usd, 0)
    from public.tasks
    cross join lateral (
      select coalesce(
        sum(private.call_cost_usd(calls.outcome, calls.cost_usd, calls.estimate_usd)), 0
      ) as usd
      from private.provider_calls as calls
      where calls.task_id = tasks.id and calls.outcome is not null
    ) as billed
    where tasks.finished_at is null or tasks.winds_down
  )
  select
    (booked_at at time zone 'UTC')::date, provider, coalesce(plan, 'deleted'),
    count(distinct task_id), sum(calls), sum(billed_usd), sum(reserved_usd)
  from spent
  where booked_at >= p_since
  group by 1, 2, 3;
$$;

comment on function monitoring.spend_since is 'What was spent from a time on, by the day (UTC) of the submit, by provider and plan: billed_usd by the ledger, where a call without a told cost counts as its list price; reserved_usd for what has not ended. plan deleted: the task is gone, and its calls count where they were made.';

create or replace view monitoring.spend_by_day with (security_invoker = true) as
select *
from monitoring.spend_since(date_trunc('day', now(), 'UTC') - interval '144 hours');

comment on view monitoring.spend_by_day is 'What was spent on each of the last seven days (UTC), by provider and plan; see monitoring.spend_since.';

create or replace view monitoring.dearest_users with (security_invoker = true) as
select
  dearest.user_id, today.plan, coalesce(today.tasks, 0) as tasks, dearest.used_usd as usd
from (
  select spending.user_id, spending.used_usd
  from private.user_spending as spending
  where spending.day = (now() at time zone 'UTC')::date and spending.used_usd > 0
  order by spending.used_usd desc, spending.user_id
  limit 10
) as dearest
left join lateral (
  select
    count(*) as tasks,
    (array_agg(tasks.plan order by tasks.created_at desc))[1] as plan
  from public.tasks
  where tasks.user_id = dearest.user_id
    and tasks.created_at >= date_trunc('day', now(), 'UTC')
) as today on true;

comment on view monitoring.dearest_users is 'The ten users who have spent most today (UTC), reservations included, with the plan of their last submit.';

create or replace view monitoring.price_drift with (security_invoker = true) as
select
  provider, coalesce(model, 'unnamed') as model, count(*) as calls,
  sum(cost_usd) as told_usd, sum(list_price_usd) as list_usd,
  round(sum(cost_usd) / sum(list_price_usd) - 1, 4) as drift
from private.provider_calls
where provider = any (array(select lanes.provider from private.lanes))
  and started_at > now() - interval '7 days'
  and outcome = 'succeeded'
  and cost_usd is not null
  and list_price_usd > 0
group by provider, coalesce(model, 'unnamed');

comment on view monitoring.price_drift is 'What providers told their calls of the last seven days to cost, against the price list. drift 0.15: 15 % more than listed. Only calls whose cost was told, and whose list price has all that is billed.';

-- supabase/schemas/70_monitoring/05_workers.sql

-- Who works, and what wakes them.

create or replace view monitoring.workers with (security_invoker = true) as
select
  id, started_at, seen_at, private.is_worker_live(seen_at) as live, may_claim
from private.workers;

comment on view monitoring.workers is 'Workers that have tasks. One that has nothing to do is not here.';

create or replace function monitoring.cron_runs()
returns table (
  job text, schedule text, active boolean, started_at timestamptz, status text, message text
)
language plpgsql
stable
set search_path = ''
as $$
begin
  if to_regclass('cron.job') is null or to_regclass('cron.job_run_details') is null then
    return;
  end if;
  -- As text, because without the extension the tables are not there.
  return query execute $query$
    select
      coalesce(job.jobname::text, job.jobid::text), job.schedule, job.active,
      last.ran_at, last.status, last.return_message
    from cron.job as job
    left join lateral (
      -- One that never came to run has an end only, and one that is about to has neither.
      select coalesce(start_time, end_time) as ran_at, status, return_message
      from cron.job_run_details as details
      where details.jobid = job.jobid and coalesce(start_time, end_time) is not null
      order by details.runid desc
      limit 1
    ) as last on true
  $query$;
end;
$$;

comment on function monitoring.cron_runs is 'Last run of each job of pg_cron; nothing where pg_cron is not there.';

create or replace view monitoring.cron_jobs with (security_invoker = true) as
select
  job, schedule, active, started_at, monitoring.seconds_since(started_at) as seconds_ago, status,
  message
from monitoring.cron_runs();

comment on view monitoring.cron_jobs is 'Jobs of pg_cron, and how each ran last.';

create or replace view monitoring.maintenance_jobs with (security_invoker = true) as
select job, run_every, nullif(last_run_at, '-infinity') as last_run_at, last_failed_at, last_error
from private.maintenance_jobs;

comment on view monitoring.maintenance_jobs is 'When workers last looked for what should not be.';

-- supabase/schemas/70_monitoring/06_alert_kinds.sql

-- What can be wrong, and what to do about it: a word of each in docs/operations.md.

create table monitoring.alert_kinds (
  code text not null,
  severity text not null,
  advice text not null,

  constraint alert_kinds_pkey primary key (code),
  constraint alert_kinds_severity_is_known check (severity in ('critical', 'warning'))
);

comment on table monitoring.alert_kinds is 'Every alert there is. critical: users wait or are refused, or money is lost, until somebody does something.';

alter table monitoring.alert_kinds enable row level security;

insert into monitoring.alert_kinds (code, severity, advice) values
  ('queue_missing', 'critical', 'Create it: select private.restore_queues()'),
  ('worker_silent', 'critical', 'Look whether the schedule runs and what the worker logs'),
  ('cron_silent', 'critical', 'Look at cron.job_run_details; restart the database if the scheduler is gone'),
  ('cron_failing', 'warning', 'Read the message and mend what the job calls'),
  ('maintenance_failing', 'warning', 'Read the message and mend what the job does; it is tried again by itself'),
  ('queue_old', 'warning', 'Raise the lane''s limits if the provider allows it'),
  ('lane_paused', 'warning', 'Look at the provider''s status page; the lane tries one task by itself when the pause is over'),
  ('provider_auth', 'critical', 'Set a valid key of the provider in the secrets of the functions'),
  ('provider_credits', 'critical', 'Add credits at the provider'),
  ('ambiguous_calls', 'warning', 'Look for lost workers and broken connections in the logs; compare with the provider''s bill'),
  ('deadlines_missed', 'warning', 'Look at the lane''s queue and the provider''s run time'),
  ('tasks_stuck', 'warning', 'Look at monitoring.stuck_tasks and the worker''s logs'),
  ('poison_task', 'warning', 'Look for the task in the worker''s logs before it is done again'),
  ('dead_letters', 'warning', 'Look at monitoring.dead_letters; replay them with deno task replay'),
  ('content_refusals', 'warning', 'Look at monitoring.refused_users and at what the user asks for; unblock the user, or let the block last'),
  ('result_reported', 'warning', 'Look at the result in the bucket reported, then close the report: select private.close_report(task)'),
  ('unlisted_host', 'critical', 'If the host is the provider''s, add it to the provider''s setting of result hosts before the results are deleted there'),
  ('model_shutdown', 'warning', 'Configure another model before that day'),
  ('budget_50', 'warning', 'Look at monitoring.spend_by_day whether it is as it should be'),
  ('budget_80', 'warning', 'Look who spends it in monitoring.dearest_users; raise the cap with deno task budgets, or let it hold'),
  ('budget_used', 'critical', 'Raise the cap with deno task budgets, or wait until the day or month is over: what does not fit is refused until then'),
  ('spend_rate', 'warning', 'Look who spends it in monitoring.dearest_users; block whoever should not'),
  ('price_drift', 'warning', 'Compare with the provider''s price list, and change the caps until the prices in the code are right'),
  ('submits_paused', 'warning', 'If the work is done, let them in: deno task submits resume');

create type monitoring.finding as (code text, subject text, what text, since timestamptz);
comment on type monitoring.finding is 'Something that is wrong: which kind of alert, about what, a message, since when.';
revoke all on type monitoring.finding from public;

create table monitoring.model_shutdowns (
  provider text not null,
  model text not null,
  shut_down_on date not null,

  constraint model_shutdowns_pkey primary key (provider, model)
);

comment on table monitoring.model_shutdowns is 'Models whose providers have announced their end. An alert only where one of them is in use; add a row when a provider announces another.';

alter table monitoring.model_shutdowns enable row level security;

-- https://developers.openai.com/api/docs/deprecations
insert into monitoring.model_shutdowns (provider, model, shut_down_on) values
  ('openai', 'dall-e-2', '2026-05-12'),
  ('openai', 'dall-e-3', '2026-05-12'),
  ('openai', 'gpt-image-1', '2026-10-23'),
  ('openai', 'gpt-image-1-mini', '2026-12-01'),
  ('openai', 'gpt-image-1.5', '2026-12-01'),
  ('openai', 'gpt-image-1.5-2025-12-16', '2026-12-01'),
  ('openai', 'chatgpt-image-latest', '2026-12-01');

-- supabase/schemas/70_monitoring/07_live_findings.sql

-- What is wrong with queues, lanes and workers at this moment. Cheap however much there is, because
-- the health check asks for it, which everybody may call.

create or replace function monitoring.find_queue_problems()
returns setof monitoring.finding
language plpgsql
stable
set search_path = ''
as $$
declare
  v_queue record;
  v_since timestamptz;
begin
  for v_queue in select * from monitoring.queue_names() loop
    if not v_queue.is_there then
      return next (
        'queue_missing', v_queue.queue, 'The queue is missing', null
      )::monitoring.finding;
      continue;
    end if;
    v_since := monitoring.due_since(v_queue.queue);
    if v_since < monitoring.seconds_ago('queue_old_seconds') then
      return next (
        'queue_old', v_queue.queue,
        format(
          'The first task to be %s has waited for %s s',
          case v_queue.kind when 'polls' then 'polled' else 'started' end,
          monitoring.seconds_since(v_since)
        ),
        v_since
      )::monitoring.finding;
    end if;
  end loop;
end;
$$;

comment on function monitoring.find_queue_problems is 'Queues that are missing or not worked off.';

create or replace function monitoring.failing_since(p_provider text)
returns timestamptz
language sql
stable
set search_path = ''
return (
  select min(calls.finished_at)
  from private.provider_calls as calls
  where calls.provider = p_provider
    and calls.started_at > coalesce(
      (
        select max(started_at)
        from private.provider_calls
        where provider = p_provider
          and started_at > now() - interval '1 day'
          and outcome = 'succeeded'
      ),
      now() - interval '1 day'
    )
    and calls.error_code is not null
    and private.is_provider_failure(calls.error_code)
);

comment on function monitoring.failing_since is 'The first failure of a provider since its last success, within a day.';

create or replace function monitoring.find_lane_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'lane_paused', provider,
    case
      when paused_until = 'infinity' then 'Nothing is started until somebody ends the pause'
      when paused_until > now() then format(
        'Nothing is started for %s s', ceil(extract(epoch from paused_until - now()))
      )
      else 'One task at a time is started, to find out whether the provider works again'
    end || format('; failures in a row: %s', consecutive_failures),
    monitoring.failing_since(provider)
  from private.lanes
  where paused_until is not null
    and (
      (
        consecutive_failures >= private.circuit_breaker_failures()
        -- Where nobody has come since yesterday, nobody knows.
        and (paused_until > now() or monitoring.failing_since(provider) is not null)
      )
      or paused_until > now()
        + make_interval(secs => monitoring.threshold('pause_seconds')::double precision)
    );
$$;

comment on function monitoring.find_lane_problems is 'Lanes that rest for longer than one that is asked too often.';

create or replace function monitoring.claimable_since(p_lane private.lanes)
returns timestamptz
language sql
stable
set search_path = ''
return least(
  monitoring.due_since(private.polls_queue(p_lane.provider)),
  case
    when greatest(p_lane.paused_until, p_lane.rate_limited_until) > now() then null
    when private.free_slots(p_lane) <= 0 or private.free_results(p_lane) <= 0 then null
    when p_lane.paused_until is not null and private.half_open_slots(p_lane.provider) <= 0 then null
    else (
      select greatest(due.since, p_lane.paused_until)
      from monitoring.due_since(p_lane.provider) as due (since)
      where due.since is not null
    )
  end
);

comment on function monitoring.claimable_since is 'Since when a claim would find a task in a lane; null if it would find none.';

create or replace function monitoring.has_sign_of_worker()
returns boolean
language sql
stable
set search_path = ''
return exists (
    select from private.workers where seen_at > monitoring.seconds_ago('silent_seconds')
  )
  or exists (
    select from public.tasks
    where finished_at is null and (lease_expires_at is not null or handle is not null)
      and lease_expires_at > now()
  )
  or exists (
    select from private.provider_calls
    where provider = any (array(select lanes.provider from private.lanes))
      and started_at > monitoring.seconds_ago('silent_seconds')
  )
  or exists (
    select from public.tasks
    where finished_at > monitoring.seconds_ago('silent_seconds') and status = 'complete'
  );

comment on function monitoring.has_sign_of_worker is 'Whether a worker has done anything in the last minutes.';

create or replace function monitoring.find_worker_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    -- Always the same subject, so that one problem is not reported once for each lane.
    'worker_silent', 'worker',
    format(
      'Work is due for %s s (%s), and no worker does it',
      monitoring.seconds_since(min(due.since)), string_agg(due.provider, ', ' order by due.provider)
    ),
    min(due.since)
  from (
    select lanes.provider, monitoring.claimable_since(lanes) as since
    from private.lanes
    -- A missing queue is an alert of its own.
    where not exists (
      select from monitoring.queue_names() as names
      where names.lane = lanes.provider and not names.is_there
    )
  ) as due
  where due.since < monitoring.seconds_ago('silent_seconds')
  having count(*) > 0 and not monitoring.has_sign_of_worker();
$$;

comment on function monitoring.find_worker_problems is 'Whether there is something to do and nobody who does it.';

create or replace function monitoring.live_findings()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select * from monitoring.find_queue_problems()
  union all
  select * from monitoring.find_lane_problems()
  union all
  select * from monitoring.find_worker_problems();
$$;

comment on function monitoring.live_findings is 'What is wrong at this moment.';

-- supabase/schemas/70_monitoring/08_content_alerts.sql

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

-- supabase/schemas/70_monitoring/08_health.sql

-- What the health check asks.

create or replace function monitoring.health()
returns table (postgres text, pgmq text, broken text[], problems text[])
language sql
stable
set search_path = ''
as $$
  with findings as materialized (select * from monitoring.live_findings())
  select
    current_setting('server_version'),
    (select extversion from pg_catalog.pg_extension where extname = 'pgmq'),
    array(
      select distinct code from findings
      where code = 'queue_missing'
        or code = 'worker_silent' and since < monitoring.seconds_ago('unserved_seconds')
      order by code
    ),
    array(
      select code from findings
      union
      -- At once, not only when it has lasted for too long.
      select 'submits_paused' from private.submit_pause where paused_since is not null
      order by code
    );
$$;

comment on function monitoring.health is 'For the health check: codes of what is wrong, and of that what means that nothing works. No names, no numbers: everybody may read it.';

create sequence monitoring.write_check;

comment on sequence monitoring.write_check is 'Written by the health check. A sequence is one row in one place: nothing grows, and nothing waits.';

create or replace function monitoring.try_write()
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pg_catalog.setval('monitoring.write_check', 1);
end;
$$;

comment on function monitoring.try_write is 'Fails where nothing can be written: in the platform''s read-only mode, with a disk that is full.';

-- supabase/schemas/70_monitoring/08_money_alerts.sql

-- Alerts about money: budgets, how fast it goes, prices; and submits that are paused.

create or replace function monitoring.find_budget_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    case
      when refused.cap_usd is not null or spending.used_usd >= spending.cap_usd then 'budget_used'
      when spending.used_usd >= monitoring.threshold('budget_80_share') * spending.cap_usd
        then 'budget_80'
      else 'budget_50'
    end,
    spending.name || ' ' || spending.period,
    format(
      '$%s of $%s are spent or reserved%s; the %s ends at %s UTC',
      round(spending.used_usd, 2), spending.cap_usd,
      case when refused.cap_usd is not null then ', and requests were refused for it' end,
      spending.period,
      to_char(
        spending.period_start + ('1 ' || spending.period)::interval, 'YYYY-MM-DD HH24:MI'
      )
    ),
    refused.refused_at
  from monitoring.spending
  left join private.refused_budgets as refused
    on refused.scope = spending.scope
    and refused.scope_id = spending.scope_id
    and refused.period = spending.period
    and refused.period_start = spending.period_start
    -- Under a higher cap there is room again.
    and refused.cap_usd >= spending.cap_usd
  -- A cap of nothing is no budget, but a way to turn a provider or a key off.
  where spending.cap_usd > 0
    and spending.period_start
      = date_trunc(spending.period, now() at time zone 'UTC')::date
    and (
      refused.cap_usd is not null
      or spending.used_usd >= monitoring.threshold('budget_50_share') * spending.cap_usd
    );
$$;

comment on function monitoring.find_budget_problems is 'Caps of which today or this month much is used, or all: one alert for each of them, the worst that is true.';

create or replace function monitoring.spent_in_hours(p_from integer, p_to integer)
returns table (hours_ago integer, usd numeric)
language sql
stable
set search_path = ''
as $$
  select
    floor(extract(epoch from now() - started_at) / 3600)::integer,
    sum(private.call_cost_usd(outcome, cost_usd, estimate_usd))
  from private.provider_calls
  where provider = any (array(select lanes.provider from private.lanes))
    and started_at > now() - make_interval(hours => p_to)
    and started_at <= now() - make_interval(hours => p_from)
    and sent_at is not null
  group by 1;
$$;

comment on function monitoring.spent_in_hours is 'What the calls of each hour have cost, counted back from now: 0 is the last hour. Hours without calls have no row.';

create or replace function monitoring.find_spend_rate()
returns setof monitoring.finding
language plpgsql
stable
set search_path = ''
as $$
declare
  v_hour numeric;
  v_least numeric;
  v_usual numeric;
begin
  select sum(usd) into v_hour from monitoring.spent_in_hours(0, 1);
  select
    coalesce(
      project_usd_per_day * monitoring.threshold('spend_rate_share'),
      monitoring.threshold('spend_rate_usd')
    )
  into v_least
  from private.limits;
  -- The week is read only where it matters.
  if v_hour is null or v_hour <= v_least then
    return;
  end if;
  select coalesce(percentile_cont(0.5) within group (order by usd)::numeric, 0)
  into v_usual
  from monitoring.spent_in_hours(1, 7 * 24)
  where usd > 0;
  if v_hour > monitoring.threshold('spend_rate_factor') * v_usual then
    return next (
      'spend_rate', 'project',
      format(
        'The calls of the last hour cost $%s, those of a usual hour $%s',
        round(v_hour, 2), round(v_usual, 2)
      ),
      null
    )::monitoring.finding;
  end if;
end;
$$;

comment on function monitoring.find_spend_rate is 'Whether the last hour was far dearer than usual: than the median of those hours of the last seven days in which something was spent.';

create or replace function monitoring.find_price_drift()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'price_drift', provider || ' ' || model,
    format(
      'It told $%s for %s calls of the last seven days; by the price list they are $%s: %s %% %s',
      round(told_usd, 2), calls, round(list_usd, 2), round(100 * abs(drift)),
      case when drift > 0 then 'more' else 'less' end
    ),
    null::timestamptz
  from monitoring.price_drift
  where calls >= monitoring.threshold('price_drift_calls')
    and abs(drift) > monitoring.threshold('price_drift_share');
$$;

comment on function monitoring.find_price_drift is 'Models whose price list is not true any more. Where they are dearer, budgets count too little until a task has ended; where they are cheaper, too much.';

create or replace function monitoring.find_submit_pause()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'submits_paused', 'project',
    format('New requests are refused for %s minutes', monitoring.seconds_since(paused_since) / 60),
    paused_since
  from private.submit_pause
  where paused_since < monitoring.seconds_ago('submits_paused_seconds');
$$;

comment on function monitoring.find_submit_pause is 'A pause of submits that somebody may have forgotten.';

-- supabase/schemas/70_monitoring/08_provider_alerts.sql

-- What is wrong with providers, and with what is known of them.

create or replace function monitoring.find_access_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    last.error_code, lanes.provider,
    case last.error_code
      when 'provider_auth' then 'The provider refuses the key'
      else 'The provider says that the credits are used up'
    end,
    monitoring.failing_since(lanes.provider)
  from private.lanes
  join lateral (
    select error_code
    from private.provider_calls
    where provider = lanes.provider
      and started_at > now() - interval '1 day'
      and outcome is not null
      and sent_at is not null
    order by started_at desc
    limit 1
  ) as last on last.error_code in ('provider_auth', 'provider_credits');
$$;

comment on function monitoring.find_access_problems is 'Providers that had no key or money for the last call. A call that they answer ends the alert.';

create or replace function monitoring.find_ambiguous_calls()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'ambiguous_calls', provider,
    format(
      '%s of %s calls in the last hour may have been billed for nothing',
      count(*) filter (where outcome = 'ambiguous'), count(*)
    ),
    min(finished_at) filter (where outcome = 'ambiguous')
  from private.provider_calls
  where provider = any (array(select lanes.provider from private.lanes))
    and started_at > now() - interval '1 hour'
    and outcome is not null
    and sent_at is not null
  group by provider
  having count(*) filter (where outcome = 'ambiguous') >= monitoring.threshold('ambiguous_calls')
    and count(*) filter (where outcome = 'ambiguous')
      > monitoring.threshold('ambiguous_share') * count(*);
$$;

comment on function monitoring.find_ambiguous_calls is 'Providers with a large share of ambiguous calls.';

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
      select lanes.provider, latest.model
      from private.lanes
      cross join lateral (
        select calls.model
        from private.provider_calls as calls
        where calls.provider = lanes.provider and calls.started_at > now() - interval '1 day'
        order by calls.started_at desc
        limit 1000
      ) as latest
    );
$$;

comment on function monitoring.find_model_shutdowns is 'Models that come to their end and are in use: among the latest 1000 calls of a provider, within a day.';

create or replace function monitoring.find_unlisted_hosts()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'unlisted_host', provider || ' ' || host,
    'Results that are paid lie on a host that is not listed, and are not fetched', first_seen_at
  from private.unlisted_hosts
  where last_seen_at > monitoring.seconds_ago('unlisted_host_seconds');
$$;

comment on function monitoring.find_unlisted_hosts is 'Hosts to which a provider pointed lately for a result, and that are not listed.';

-- supabase/schemas/70_monitoring/08_schedule_alerts.sql

-- Jobs that do not run, or fail.

create or replace function monitoring.period_of(p_schedule text)
returns interval
language sql
immutable
set search_path = ''
return case
  when p_schedule ~ '^\d{1,2} seconds?$' then p_schedule::interval
  when p_schedule ~ '^\*( \*){4}$' then interval '1 minute'
  when p_schedule ~ '^\*/\d{1,2}( \*){4}$'
    then make_interval(mins => substring(p_schedule from '^\*/(\d+)')::integer)
end;

comment on function monitoring.period_of is 'How often a job of pg_cron runs that runs every few seconds or minutes; null for any other schedule.';

create or replace function monitoring.find_cron_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'cron_failing', job, format('Its last run failed: %s', left(message, 200)), started_at
  from monitoring.cron_runs()
  where active and status = 'failed'
  union all
  select
    'cron_silent', job,
    format(
      'It should run %s, and ran last %s s ago', schedule, monitoring.seconds_since(started_at)
    ),
    started_at
  from monitoring.cron_runs()
  where active
    and started_at
      < monitoring.seconds_ago('silent_seconds') - 2 * monitoring.period_of(schedule);
$$;

comment on function monitoring.find_cron_problems is 'Jobs that failed, or that should have run.';

create or replace function monitoring.find_maintenance_problems()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'maintenance_failing', job, format('It failed last time: %s', left(last_error, 200)),
    last_failed_at
  from private.maintenance_jobs
  where last_failed_at >= last_run_at;
$$;

comment on function monitoring.find_maintenance_problems is 'Jobs of workers that failed when they were done last.';

-- supabase/schemas/70_monitoring/08_task_alerts.sql

-- What goes wrong with tasks.

create or replace function monitoring.find_missed_deadlines()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'deadlines_missed', provider,
    format('%s tasks reached their deadline in the last hour', count(*)),
    min(finished_at)
  from public.tasks
  where finished_at > now() - interval '1 hour'
    and error_code = 'timeout'
    and finished_at >= deadline_at
  group by provider
  having count(*) >= monitoring.threshold('missed_deadlines');
$$;

comment on function monitoring.find_missed_deadlines is 'Lanes whose tasks do not end in time.';

create or replace function monitoring.find_stuck_tasks()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    'tasks_stuck', stuck.lane,
    format('%s tasks are stuck (%s)', count(*), string_agg(distinct stuck.reason, ', ')),
    min(stuck.since)
  from monitoring.stuck_tasks as stuck
  join private.lanes on lanes.provider = stuck.lane
  where stuck.since < monitoring.seconds_ago('stuck_seconds')
    -- A lost task is not started again before its lane is.
    and (stuck.reason <> 'its worker is lost' or lanes.paused_until is null)
  group by stuck.lane;
$$;

comment on function monitoring.find_stuck_tasks is 'Lanes with tasks that nobody gets on with.';

create or replace function monitoring.find_dead_letters()
returns setof monitoring.finding
language sql
stable
set search_path = ''
as $$
  select
    case when poison then 'poison_task' else 'dead_letters' end, queue,
    case
      when poison then format(
        '%s workers were lost with each of %s tasks alone', private.max_losses_alone(), count(*)
      )
      else format('%s tasks or messages could not be served', count(*))
    end || format(' (numbers %s to %s)', min(id), max(id)),
    min(dead_lettered_at)
  from monitoring.dead_letters
  where dead_lettered_at
    > now() - make_interval(hours => monitoring.threshold('dead_letter_hours')::integer)
  group by poison, queue;
$$;

comment on function monitoring.find_dead_letters is 'Queues whose messages could not be served lately.';

-- supabase/schemas/70_monitoring/09_alerts.sql

-- All alerts there are.

create or replace function monitoring.alerts()
returns table (code text, severity text, subject text, message text, since timestamptz)
language sql
stable
set search_path = ''
as $$
  with findings as (
    select * from monitoring.live_findings()
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

comment on function monitoring.alerts is 'What is wrong now: what, and what to do about it; the critical first. No row: nothing.';

-- supabase/schemas/70_monitoring/10_send_alerts.sql

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

-- supabase/schemas/80_operations/01_retention.sql

-- Retention: finished data is deleted in batches.

create table private.retention (
  kind text not null,
  keep interval,

  constraint retention_pkey primary key (kind),
  constraint retention_keep_is_positive check (keep > interval '0')
);

comment on table private.retention is 'How long finished data is kept. A change of a row applies from the next pruning on.';
comment on column private.retention.keep is 'Null: for ever.';

alter table private.retention enable row level security;

insert into private.retention (kind, keep) values
  ('schedule runs', '1 day'),
  ('archived messages', '7 days'),
  ('dead letters', '90 days'),
  -- Longer than private.content_limits counts them.
  ('content refusals', '30 days'),
  -- From when on a report counts as closed, whoever has looked: its files are removed.
  ('open reports', '90 days'),
  ('provider calls', '400 days'),
  ('spending', '400 days'),
  ('spending of users', '40 days'),
  -- Nothing was made: there is nothing in them but what was asked for, and that is the most of it.
  ('canceled tasks', '1 day'),
  ('failed parameters', '1 day'),
  ('failed tasks', '30 days'),
  ('unused inputs', '7 days'),
  -- Their images and models go with them, out of the app's gallery.
  ('finished tasks', null);

create or replace function private.has_unsettled(p_user_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.tasks where user_id = p_user_id and finished_at is null
  ) or exists (
    select
    from private.dead_letters
    join public.tasks on tasks.id = dead_letters.task_id
    where tasks.user_id = p_user_id and dead_letters.replayed_at is null
  );
end;
$$;

comment on function private.has_unsettled is 'Whether the user has a task under way, or one that may be replayed: it may build on results of any other of their tasks.';

create or replace function private.is_settled(p_task_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return not exists (
    select from private.provider_calls where task_id = p_task_id and outcome is null
  ) and not exists (
    select from private.dead_letters where task_id = p_task_id and replayed_at is null
  );
end;
$$;

comment on function private.is_settled is 'Whether no provider works on a task any more, and nobody may replay it.';

create or replace function private.delete_archived_messages(p_before timestamptz, p_batch integer)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_queue text;
  v_count bigint;
  v_total bigint := 0;
begin
  for v_queue in select queue from private.queues() as queue where private.has_queue(queue) loop
    execute format(
      $query$
        delete from pgmq.%1$I
        where msg_id in (
          select msg_id from pgmq.%1$I where archived_at < $1 order by archived_at limit $2
        )
      $query$,
      'a_' || v_queue
    ) using p_before, p_batch;
    get diagnostics v_count = row_count;
    v_total := v_total + v_count;
  end loop;
  return v_total;
end;
$$;

comment on function private.delete_archived_messages is 'Deletes messages that were archived before, at most p_batch of each queue. Returns how many.';

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
      where runid in (
        select runid
        from cron.job_run_details
        where end_time < p_before
        order by runid
        limit p_batch
      );
    when 'dead letters' then
      -- One that was not replayed still waits for somebody to look at it.
      delete from private.dead_letters
      where id in (
        select id from private.dead_letters
        where replayed_at < p_before
        order by id
        limit p_batch
        -- Locked: a user is being deleted, and waits for none of these.
        for update skip locked
      );
    when 'provider calls' then
      -- Those of an unfinished task decide whether it may be submitted again.
      delete from private.provider_calls
      where id in (
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
      );
    when 'spending' then
      -- A cap of a month counts all of its days.
      delete from private.refused_budgets
      where period_start
        < (least(p_before, date_trunc('month', now(), 'UTC')) at time zone 'UTC')::date;
      delete from private.spending
      where (scope, scope_id, day) in (
        select scope, scope_id, day
        from private.spending
        where day < (least(p_before, date_trunc('month', now(), 'UTC')) at time zone 'UTC')::date
        limit p_batch
        for update skip locked
      );
    when 'spending of users' then
      delete from private.user_spending
      where (user_id, day) in (
        select user_id, day
        from private.user_spending
        where day < (p_before at time zone 'UTC')::date
        limit p_batch
        for update skip locked
      );
    when 'canceled tasks' then
      -- Those that have cost nothing: without parameters.
      delete from public.tasks
      where id in (
        select id
        from public.tasks
        where status = 'canceled' and parameters = '{}' and finished_at < p_before
        order by finished_at
        limit p_batch
        for update skip locked
      );
    when 'failed parameters' then
      update public.tasks
      set parameters = '{}'
      where id in (
        select id
        from public.tasks
        where status = 'failed' and parameters <> '{}' and finished_at < p_before
          and private.is_settled(tasks.id)
        order by finished_at
        limit p_batch
        for update skip locked
      );
    when 'failed tasks' then
      delete from public.tasks
      where id in (
        select id
        from public.tasks
        where status = 'failed' and finished_at < p_before and private.is_settled(tasks.id)
        order by finished_at
        limit p_batch
        for update skip locked
      );
    when 'content refusals' then
      delete from private.content_refusals
      where id in (
        select id from private.content_refusals
        where refused_at < p_before
        order by id
        limit p_batch
        for update skip locked
      );
    when 'open reports' then
      update private.reports set closed_at = now()
      where task_id in (
        select task_id from private.reports
        where closed_at is null and reported_at < p_before
        order by reported_at
        limit p_batch
        for update skip locked
      );
    when 'finished tasks' then
      -- With their images and models. Their files are orphans then, and workers remove them.
      delete from public.tasks
      where id in (
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
      );
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

comment on function private.delete_old is 'Deletes a batch of one kind of private.retention that ended before a time; of failed tasks what was asked for; or closes reports. Returns how many; null for an unknown kind.';

create or replace function private.prune(p_batch integer default 10000)
returns table (kind text, deleted bigint)
language plpgsql
set search_path = ''
as $$
declare
  v_rule private.retention;
begin
  for v_rule in select * from private.retention where keep is not null order by retention.kind loop
    kind := v_rule.kind;
    deleted := private.delete_old(v_rule.kind, now() - v_rule.keep, p_batch);
    return next;
  end loop;
end;
$$;

comment on function private.prune is 'Deletes what is over and older than private.retention says, at most so many rows of each kind, and of each queue. Returns how many.';

-- supabase/schemas/80_operations/02_schedule.sql

-- What wakes the worker on the platform, and does maintenance when there is nothing to wake it for.
-- Where pg_cron, pg_net or Vault are missing nothing is scheduled; private.install_schedule() may
-- be called again at any time.

create or replace function private.vault_secret(p_name text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  if to_regnamespace('vault') is null then
    return null;
  end if;
  return (select decrypted_secret from vault.decrypted_secrets where name = p_name);
end;
$$;

comment on function private.vault_secret is 'A secret of Vault; null where there is no such secret, or no Vault.';

create or replace function private.connect_worker(p_url text, p_secret text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_secret record;
begin
  if p_url is null or p_url !~ '^https?://[^/]+/functions/v1/worker$' then
    raise exception
      'p_url must be https://REF.supabase.co/functions/v1/worker, with the project''s reference: %',
      p_url;
  end if;
  if p_secret is null or length(p_secret) < 16 then
    raise exception 'p_secret must be WORKER_SECRET of the functions, of at least 16 characters';
  end if;
  for v_secret in
    select *
    from (values ('worker_url', p_url), ('worker_secret', p_secret)) as secrets (name, value)
  loop
    if exists (select from vault.secrets where name = v_secret.name) then
      perform vault.update_secret(id, v_secret.value) from vault.secrets where name = v_secret.name;
    else
      perform vault.create_secret(v_secret.value, v_secret.name);
    end if;
  end loop;
end;
$$;

comment on function private.connect_worker is 'Keeps in Vault, as worker_url and worker_secret, how the schedule reaches the worker. Again with other values to change them.';

create or replace function private.wake_up_obstacle()
returns text
language plpgsql
stable
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

comment on function private.wake_up_obstacle is 'Why a schedule is not to wake the worker now; null if it is to.';

create or replace function private.wake_worker()
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_obstacle text := private.wake_up_obstacle();
  v_url text;
  v_secret text;
begin
  if v_obstacle is not null then
    return v_obstacle;
  end if;
  v_url := private.vault_secret('worker_url');
  v_secret := private.vault_secret('worker_secret');
  if v_url is null or v_secret is null or to_regnamespace('net') is null then
    return 'the worker cannot be reached: select * from private.schedule_problems()';
  end if;
  -- The worker answers at once. Nobody else's request waits for one that does not.
  perform net.http_post(
    url => v_url,
    body => '{}'::jsonb,
    headers => jsonb_build_object('Content-Type', 'application/json', 'apikey', v_secret),
    timeout_milliseconds => 3000
  );
  return 'woken';
end;
$$;

comment on function private.wake_worker is 'Wakes the worker if a message is due and fewer workers are live than private.max_workers. Returns what was done; raises nothing, since it is called every few seconds.';

create or replace function private.scheduled_jobs()
returns table (name text, schedule text, command text)
language sql
immutable
set search_path = ''
as $$
  values
    ('makeit3d-wake', '10 seconds', 'select private.wake_worker()'),
    ('makeit3d-reconcile', '* * * * *', 'select private.reconcile_if_due()'),
    -- Each time a transaction of some 10,000 rows: 14 million of each kind and queue a day.
    ('makeit3d-prune', '* * * * *', 'select private.prune()');
$$;

comment on function private.scheduled_jobs is 'What is done how often.';

create or replace function private.schedule_problems()
returns setof text
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select format(
    'Extension %s is missing: enable it, then select * from private.install_schedule()', extension
  )
  from (
    values ('pg_cron', 'cron'), ('pg_net', 'net'), ('supabase_vault', 'vault')
  ) as needed (extension, schema)
  where to_regnamespace(schema) is null;

  return query
  select format(
    'Vault has no secret %s: select private.connect_worker(url of the worker, WORKER_SECRET)', name
  )
  from unnest(array['worker_url', 'worker_secret']) as name
  where to_regnamespace('vault') is not null and private.vault_secret(name) is null;

  if to_regnamespace('cron') is not null then
    return query
    select case
      when job.jobid is null or not job.active
        then format(
          'Job %s is not scheduled: select * from private.install_schedule()', wanted.name
        )
      else format(
        'Job %s is scheduled as %s instead of %s', wanted.name, job.schedule, wanted.schedule
      )
    end
    from private.scheduled_jobs() as wanted
    left join cron.job on job.jobname = wanted.name
    where job.jobid is null or not job.active or job.schedule <> wanted.schedule;
  end if;
end;
$$;

comment on function private.schedule_problems is 'What keeps the schedule from waking the worker in time, for the operator; no row if nothing does.';

create or replace function private.install_schedule()
returns setof text
language plpgsql
set search_path = ''
as $$
declare
  v_job record;
begin
  if to_regnamespace('cron') is not null then
    perform cron.unschedule(jobid)
    from cron.job
    where jobname like 'makeit3d-%' and jobname not in (select name from private.scheduled_jobs());
    for v_job in select * from private.scheduled_jobs() loop
      begin
        -- A job of that name is replaced.
        perform cron.schedule(v_job.name, v_job.schedule, v_job.command);
      exception
        when invalid_parameter_value then
          -- pg_cron before 1.5 knows no seconds.
          raise notice '% runs only every minute: %', v_job.name, sqlerrm;
          perform cron.schedule(v_job.name, '* * * * *', v_job.command);
      end;
    end loop;
  end if;
  return query select * from private.schedule_problems();
end;
$$;

comment on function private.install_schedule is 'Schedules the jobs anew, as far as the extensions for it are there, and returns what is missing.';

-- On the platform these are at hand, and Vault is there already. Elsewhere they may be missing, or
-- the server may not be set up for them.
do $$
declare
  v_statement text;
  v_problem text;
begin
  for v_statement in
    select statement
    from (
      values
        ('pg_cron', 'create extension if not exists pg_cron'),
        ('pg_net', 'create extension if not exists pg_net with schema extensions'),
        ('supabase_vault', 'create extension if not exists supabase_vault')
    ) as wanted (name, statement)
    join pg_available_extensions using (name)
  loop
    begin
      execute v_statement;
    exception
      when others then raise notice '%: %', v_statement, sqlerrm;
    end;
  end loop;

  for v_problem in select * from private.install_schedule() loop
    raise notice '%', v_problem;
  end loop;
end;
$$;

-- supabase/schemas/80_operations/02_unused_inputs.sql

-- Inputs that nothing uses any more.

create or replace function private.is_used_input(p_name text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from private.input_uses as uses
    left join public.tasks on tasks.id = uses.task_id
    where uses.name = p_name
      and (
        uses.input_asset_id is not null
        or tasks.status not in ('failed', 'canceled')
        -- A provider may still be reading it, or an operator will have it done again.
        or not private.is_settled(tasks.id)
      )
  );
end;
$$;

comment on function private.is_used_input is 'Whether a row of an app names a file, or a task that is not over without a result.';

create or replace function private.is_unused_input(p_name text, p_changed_at timestamptz)
returns boolean
language sql
stable
set search_path = ''
return coalesce(
    p_changed_at < (select now() - keep from private.retention where kind = 'unused inputs'), false
  )
  -- What else a project keeps in that bucket is none of ours.
  and p_name ~ '^[0-9a-f-]{36}/.'
  and not private.is_used_input(p_name);

comment on function private.is_unused_input is 'Whether it is a file of a user that is old enough to go, and that nothing uses.';

-- supabase/schemas/80_operations/02_walk_buckets.sql

-- Looking for files that nothing needs, page by page: only Storage can remove them, so workers ask
-- for their names.

create or replace function private.is_removable_file(
  p_job text,
  p_name text,
  p_created_at timestamptz,
  p_changed_at timestamptz
)
returns boolean
language sql
stable
set search_path = ''
return case p_job
  when 'orphaned files' then private.is_orphaned_file(p_name, p_created_at)
  when 'unused inputs' then private.is_unused_input(p_name, p_changed_at)
end;

comment on function private.is_removable_file is 'Whether a file is one that this maintenance job removes.';

create or replace function private.next_removable_files(
  p_job text,
  p_bucket text,
  p_limit integer,
  p_files integer default 5000
)
returns setof text
language plpgsql
set search_path = ''
as $$
declare
  v_after text;
  v_file record;
  v_seen integer := 0;
  v_found integer := 0;
begin
  insert into private.file_cursors (bucket_id) values (p_bucket) on conflict do nothing;
  select last_name into v_after from private.file_cursors where bucket_id = p_bucket for update;
  for v_file in
    select
      name,
      private.is_removable_file(p_job, name, created_at, changed_at) as is_removable
    from private.files_after(p_bucket, v_after, p_files)
  loop
    exit when v_found = p_limit;
    v_seen := v_seen + 1;
    v_after := v_file.name;
    if v_file.is_removable then
      v_found := v_found + 1;
      return next v_file.name;
    end if;
  end loop;
  if v_seen < p_files and v_found < p_limit then
    v_after := '';
  end if;
  update private.file_cursors set last_name = v_after where bucket_id = p_bucket;
end;
$$;

comment on function private.next_removable_files is 'What a maintenance job removes among the next p_files files of its bucket, at most p_limit; the next call goes on behind them, and from the start when the bucket is through. What could not be removed is found again then. A task that names an unused input in the moment before it is removed fails as invalid_input.';

create or replace function private.removable_files_if_due(
  p_job text,
  p_bucket text,
  p_limit integer
)
returns setof text
language plpgsql
set search_path = ''
as $$
declare
  v_names text[];
begin
  if not private.take_maintenance_job(p_job) then
    return;
  end if;
  v_names := array(select private.next_removable_files(p_job, p_bucket, p_limit));
  if cardinality(v_names) = p_limit then
    perform private.repeat_maintenance_job(p_job);
  end if;
  return query select unnest(v_names);
end;
$$;

comment on function private.removable_files_if_due is 'The same when the job is due, however many ask; at once again while there are as many as are wanted.';

-- supabase/schemas/80_operations/03_operator.sql

-- What an operator does to many rows at once while workers are at work: locked in the order that
-- workers lock them in, so that neither waits for the other for ever.

create or replace function private.lock_lanes(p_provider text default null)
returns setof text
language plpgsql
set search_path = ''
as $$
begin
  return query
  select provider from private.lanes
  where provider = p_provider or p_provider is null
  order by provider
  for no key update;
  if not found then
    raise exception 'There is no lane %', coalesce(p_provider, 'at all');
  end if;
end;
$$;

comment on function private.lock_lanes is 'Locks a lane, or all of them, as a claim does.';

create or replace function private.pause_by_hand(p_provider text default null)
returns setof text
language plpgsql
set search_path = ''
as $$
declare
  v_lanes text[] := array(select private.lock_lanes(p_provider));
begin
  return query
  update private.lanes set paused_until = 'infinity' where provider = any (v_lanes)
  returning provider;
end;
$$;

comment on function private.pause_by_hand is 'For the operator: starts nothing of a lane, or of all, until private.end_pause. Returns their names.';

create or replace function private.end_pause(p_provider text default null)
returns setof text
language plpgsql
set search_path = ''
as $$
declare
  v_lanes text[] := array(select private.lock_lanes(p_provider));
begin
  delete from private.failing_users where provider = any (v_lanes);
  update private.pools set rate_limited_until = null where provider = any (v_lanes);
  return query
  update private.lanes
  set
    paused_until = null, rate_limited_until = null, consecutive_failures = 0, failing_since = null
  where provider = any (v_lanes)
  returning provider;
end;
$$;

comment on function private.end_pause is 'For the operator: opens a lane, or all, with its pools and users, whatever paused them. Returns their names.';

-- supabase/schemas/80_operations/04_small_tables.sql

-- These have so few rows that Postgres would never count them by itself, and would plan for
-- hundreds what every submit reads of them.

analyze
  private.limits, private.plans, private.submit_pause, private.content_limits, private.lanes,
  private.pools;
