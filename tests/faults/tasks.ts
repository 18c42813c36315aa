import type postgres from "postgres";
import { type AssetKind, isOperationId } from "../../shared/contract/operations.ts";
import { findOperation, isProviderId } from "../../shared/providers/catalog.ts";

/** What is asked for. */
export interface Request {
  readonly userId: string;
  readonly provider: string;
  readonly operation: string;
  readonly output: AssetKind;
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
  readonly timeLimitSeconds: number;
  /** How long its call may take. Default: no isolate is too old for it. */
  readonly maxCallSeconds?: number;
  readonly inputBytes?: number;
  /** Names the request: the same again is the same task. */
  readonly clientTaskId: string;
}

/** Accepts a request as the API does once it has checked it. */
export async function submitTask(sql: postgres.Sql, request: Request): Promise<string> {
  const { pool, estimateUsd } = describe(request);
  const [row] = await sql<{ id: string }[]>`
    select id from private.submit_task(
      ${request.userId}, ${request.clientTaskId}, ${request.operation}, ${request.provider},
      ${sql.json(request.parameters)}, ${request.output}, 1, ${request.timeLimitSeconds}, 'faults',
      p_input_bytes => ${request.inputBytes ?? 0},
      p_max_call_seconds => ${request.maxCallSeconds ?? 0}, p_pool => ${pool},
      p_estimate_usd => ${estimateUsd}
    )
  `;
  if (!row) throw new Error("No row of the submitted task");
  return row.id;
}

function describe(
  { provider, operation, parameters }: Request,
): { readonly pool: string; readonly estimateUsd: number } {
  const declared = isProviderId(provider) && isOperationId(operation)
    ? findOperation(provider, operation)
    : undefined;
  if (!declared) throw new Error(`${provider} has no ${operation}`);
  return declared.describe(parameters, undefined);
}

/** What a task has come to. */
export interface TaskFacts {
  readonly status: string;
  readonly errorCode: string | null;
  /** Outcomes of the ledger, in order. */
  readonly calls: readonly string[];
  /** States of its rows in concept_images and models. */
  readonly assets: readonly string[];
  /** Files in its folder of the bucket. */
  readonly files: readonly string[];
  readonly assetUrls: readonly string[];
  /** Messages in any queue. */
  readonly messages: number;
}

export async function readFacts(sql: postgres.Sql, id: string): Promise<TaskFacts> {
  const [row] = await sql<Omit<TaskFacts, "messages">[]>`
    select
      status,
      error_code as "errorCode",
      asset_urls as "assetUrls",
      array(
        select coalesce(outcome, 'under way') from private.provider_calls
        where task_id = tasks.id order by attempt
      ) as calls,
      array(
        select status from public.concept_images where celery_task_id = tasks.id
        union all
        select status from public.models where celery_task_id = tasks.id
      ) as assets,
      array(
        select name from storage.objects
        where bucket_id = 'generated' and split_part(name, '/', 3) = tasks.id::text
          and name not like '%/0.preview.%'
      ) as files
    from public.tasks
    where id = ${id}
  `;
  if (!row) throw new Error(`No task ${id}`);
  return { ...row, messages: await countMessages(sql, id) };
}

/** Messages of a task, or of all, in the queues of all lanes. */
export async function countMessages(sql: postgres.Sql, id?: string): Promise<number> {
  const queues = await sql<{ queue: string }[]>`select queues as queue from private.queues()`;
  const counts = await Promise.all(queues.map(async ({ queue }) => {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::integer from pgmq.${sql(`q_${queue}`)}
      where ${id ?? null}::text is null or message ->> 'task_id' = ${id ?? null}
    `;
    return row?.count ?? 0;
  }));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Lets the lease of a worker that is gone run out, and the message be seen, now. */
export async function makeDue(sql: postgres.Sql, id: string): Promise<void> {
  await sql`
    update public.tasks set lease_expires_at = clock_timestamp()
    where id = ${id} and lease_expires_at is not null
  `;
  await sql`
    select pgmq.set_vt(queue, message_id, 0) from public.tasks
    where id = ${id} and finished_at is null
  `;
}

export async function isFinal(sql: postgres.Sql, id: string): Promise<boolean> {
  const [row] = await sql<{ final: boolean }[]>`
    select finished_at is not null as final from public.tasks where id = ${id}
  `;
  return row?.final ?? false;
}
