/** A part of a task's page: what a query finds for its id, $1. */
export interface Section {
  readonly title: string;
  /** One row is shown as lines, a column each; else a table. */
  readonly isOneRow?: true;
  readonly query: string;
}

const SUBMIT: Section = {
  title: "Submit",
  isOneRow: true,
  query: `
    select
      tasks.id, tasks.client_task_id as task_id, tasks.request_id, tasks.traceparent,
      tasks.created_at as at,
      tasks.operation, tasks.provider, tasks.model, tasks.result_count as results,
      coalesce(tasks.user_id::text || coalesce(', ' || users.email, ''), 'deleted') as "user",
      tasks.plan,
      case
        when keys.id is not null then keys.prefix || ' of ' || keys.client_name
        when tasks.api_key_id is not null then 'a key that is gone'
      end as api_key,
      '$' || trim_scale(tasks.estimate_usd) as estimate, tasks.parameters::text as parameters
    from public.tasks
    left join auth.users on users.id = tasks.user_id
    left join private.api_keys as keys on keys.id = tasks.api_key_id
    where tasks.id = $1::uuid
  `,
};

const STATE: Section = {
  title: "State",
  isOneRow: true,
  query: `
    select
      status, started_at, finished_at, deadline_at, progress, error_code, error, last_error,
      reported_at,
      nullif(concat_ws(
        ', ',
        case when winds_down then 'winds down: its provider has not ended it' end,
        case when is_purged then 'is purged, and shown to nobody' end,
        case when reported_at is not null then 'its results are hidden' end
      ), '') as note,
      round(extract(epoch from started_at - created_at), 3) as seconds_until_start,
      round(extract(epoch from finished_at - started_at), 3) as seconds_of_work
    from public.tasks
    where id = $1::uuid
  `,
};

const CLAIMS: Section = {
  title: "Claims",
  isOneRow: true,
  query: `
    select
      lease as claims, lease_expires_at as held_until, failed_attempts,
      case when finished_at is null then claims_without_outcome end as claims_without_outcome,
      losses_alone, lost_at, accepted_at, handle,
      provider_task_id
    from public.tasks
    where id = $1::uuid
  `,
};

const CALLS: Section = {
  title: "Calls of the provider (USD)",
  query: `
    select
      attempt, started_at, sent_at, finished_at, coalesce(outcome, 'under way') as outcome,
      error_code, model, provider_request_id, trim_scale(cost_usd) as told,
      trim_scale(list_price_usd) as listed,
      trim_scale(estimate_usd) as estimate,
      trim_scale(private.call_cost_usd(outcome, cost_usd, estimate_usd)) as counted
    from private.provider_calls
    where task_id = $1::uuid
    order by attempt
  `,
};

const COST: Section = {
  title: "Cost",
  isOneRow: true,
  query: `
    select
      '$' || trim_scale(coalesce(sum(private.call_cost_usd(
        calls.outcome, calls.cost_usd, calls.estimate_usd
      )), 0)) as calls,
      '$' || trim_scale(max(tasks.reserved_usd)) || case
        when bool_or(tasks.finished_at is null or tasks.winds_down) then ', reserved'
        else ', settled'
      end as in_budgets,
      to_char(max(tasks.created_at) at time zone 'UTC', 'YYYY-MM-DD') || ' (UTC)' as of_the_day
    from public.tasks
    left join private.provider_calls as calls on calls.task_id = tasks.id
    where tasks.id = $1::uuid
  `,
};

const INPUTS: Section = {
  title: "Input files, as they were checked at the submit",
  query: `
    select
      input ->> 'bucket' as bucket, input ->> 'path' as path, input ->> 'bytes' as bytes,
      exists (
        select from storage.objects
        where bucket_id = input ->> 'bucket' and name = input ->> 'path'
      ) as is_there
    from public.tasks, jsonb_array_elements(coalesce(inputs, '[]')) as input
    where tasks.id = $1::uuid
  `,
};

const RESULTS: Section = {
  title: "Results",
  query: `
    select result_index as number, kind, status, asset_url, metadata ->> 'warning' as warning
    from (
      select 'image' as kind, result_index, status, asset_url, metadata, celery_task_id
      from public.concept_images
      union all
      select 'model', result_index, status, asset_url, metadata, celery_task_id
      from public.models
    ) as results
    where celery_task_id = $1::uuid
    order by result_index
  `,
};

const FILES: Section = {
  title: "Files of its results in Storage",
  query: `
    select
      objects.bucket_id as bucket, objects.name, objects.metadata ->> 'size' as bytes,
      objects.created_at
    from public.tasks
    join storage.objects
      on objects.name like tasks.user_id || '/%/' || tasks.id || '/%'
    where tasks.id = $1::uuid
    order by objects.name
  `,
};

const TROUBLE: Section = {
  title: "Trouble",
  query: `
    select 'dead letter ' || id as what, dead_lettered_at as at, reason as words
    from private.dead_letters where task_id = $1::uuid
    union all
    select 'refused by ' || refused_by, refused_at, null
    from private.content_refusals where task_id = $1::uuid
    union all
    select 'reported', reports.reported_at, reports.reason
    from private.reports where task_id = $1::uuid
    order by 2
  `,
};

/** A task's life, in the order in which it goes. Its place in the queue stands between the first two. */
export const sections = {
  before: [SUBMIT],
  after: [STATE, CLAIMS, CALLS, COST, INPUTS, RESULTS, FILES, TROUBLE],
} as const;
