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
  mark text,
  looks smallint not null default 0,

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
    check ((outcome is null) = (finished_at is null)),
  constraint provider_calls_mark_is_short check (length(mark) <= 1000),
  constraint provider_calls_looks_is_counted check (looks >= 0)
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

comment on column private.provider_calls.mark is 'What the provider''s list of its work shows of this call only; opaque to all but the adapter. null: it cannot be looked for.';
comment on column private.provider_calls.looks is 'How often it was looked for in vain after its answer was lost.';

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
