import type postgres from "postgres";
import type { TaskErrorCode } from "../../shared/tasks/task.ts";
import { LEASE_SECONDS, QUEUES } from "./vocabulary.ts";

export interface Request {
  readonly userId: string;
  readonly clientTaskId: string;
  readonly operation: string;
  readonly provider: string;
  readonly parameters: Readonly<Record<string, postgres.JSONValue>>;
  readonly results: number;
  readonly seconds: number;
}

export interface Submission {
  readonly id: string;
  readonly status: string;
  readonly replayed: boolean;
  readonly conflicts: readonly string[];
}

export async function submit(sql: postgres.Sql, request: Request): Promise<Submission> {
  const [submission] = await sql<Submission[]>`
    select id, status, replayed, conflicts
    from private.submit_task(
      ${request.userId}::uuid, ${request.clientTaskId}::text, ${request.operation}::text,
      ${request.provider}::text, ${sql.json(request.parameters)}::jsonb, 'image',
      ${request.results}::integer, ${request.seconds}::integer, 'request'
    )
  `;
  if (!submission) throw new Error("No row of submit_task");
  return submission;
}

/** A task as a worker is given it. */
export interface Given {
  readonly id: string;
  readonly lane: string;
  readonly lease: number;
  readonly handle: string | null;
}

export async function claim(
  sql: postgres.Sql,
  limit: number,
  workerId: string | null = null,
): Promise<Given[]> {
  return await sql<Given[]>`
    select id, provider as lane, lease::integer, handle
    from private.claim_tasks(${limit}::integer, ${LEASE_SECONDS}::integer, ${workerId}::uuid)
  `;
}

/** The heartbeat of a worker. */
export async function extend(
  sql: postgres.Sql,
  held: readonly { readonly id: string; readonly lease: number }[],
  workerId: string,
): Promise<void> {
  await sql`
    select private.extend_leases(
      ${held.map(({ id }) => id)}::uuid[], ${held.map(({ lease }) => lease)}::bigint[],
      ${LEASE_SECONDS}::integer, ${workerId}::uuid
    )
  `;
}

/** What a worker reports of a task, with the arguments that belong to it. */
export type Settlement =
  | { readonly kind: "complete"; readonly urls: readonly string[] }
  | {
    readonly kind: "failure";
    readonly code: TaskErrorCode;
    readonly isRetryable: boolean;
    readonly isFinal: boolean;
    readonly isAmbiguous: boolean;
    readonly delay: number;
    readonly retryAfter: number | null;
  }
  | { readonly kind: "snooze"; readonly delay: number }
  | { readonly kind: "mark call sent" }
  | { readonly kind: "extend" };

/** What a worker says while it goes on with the task. */
export const GOING_ON: readonly Settlement["kind"][] = ["mark call sent", "extend"];

/** The state it reached, `held` if the task stays in hand; null if the lease was not good for it. */
export async function settle(
  sql: postgres.Sql,
  { id, lease }: { readonly id: string; readonly lease: number },
  settlement: Settlement,
): Promise<string | null> {
  if (settlement.kind === "complete" || settlement.kind === "snooze") {
    await makeCall(sql, id, lease);
  }
  const [row] = await settling(sql, id, lease, settlement);
  return row?.state ?? null;
}

/** Nothing comes of a call that was not made, in time. */
async function makeCall(sql: postgres.Sql, id: string, lease: number): Promise<void> {
  await sql`
    update private.provider_calls
    set sent_at = coalesce(sent_at, clock_timestamp())
    where task_id = ${id} and attempt = ${lease} and outcome is null
      and (private.lock_leased_task(${id}::uuid, ${lease}::bigint)).id is not null
  `;
}

function settling(
  sql: postgres.Sql,
  id: string,
  lease: number,
  settlement: Settlement,
): Promise<{ state: string | null }[]> {
  const settleWith = (outcome: postgres.JSONValue): Promise<{ state: string | null }[]> =>
    sql`
      select private.settle_task(
        ${id}::uuid, ${lease}::bigint, ${sql.json(outcome)}::jsonb
      ) as state
    `;
  switch (settlement.kind) {
    case "complete":
      return settleWith({ kind: "complete", asset_urls: settlement.urls });
    case "failure":
      return settleWith({
        kind: "failure",
        error_code: settlement.code,
        detail: "Why",
        is_retryable: settlement.isRetryable,
        is_final: settlement.isFinal,
        is_ambiguous: settlement.isAmbiguous,
        is_billed: false,
        delay_seconds: settlement.delay,
        call: { retry_after_seconds: settlement.retryAfter },
      });
    case "snooze":
      return settleWith({
        kind: "snooze",
        handle: `job of ${id}`,
        delay_seconds: settlement.delay,
        progress: 50,
      });
    case "mark call sent":
      return sql`select case when private.mark_call_sent(${id}::uuid, ${lease}::bigint) then 'held' end as state`;
    case "extend":
      return sql`
        select 'held' as state
        from private.extend_leases(
          array[${id}::uuid], array[${lease}::bigint], ${LEASE_SECONDS}::integer
        )
      `;
  }
}

export interface Cancellation {
  readonly status: string;
  readonly billed: string;
  readonly canceled: boolean;
}

export async function cancel(
  sql: postgres.Sql,
  userId: string,
  id: string,
): Promise<Cancellation | undefined> {
  const [cancellation] = await sql<Cancellation[]>`
    select status, billed, canceled from private.cancel_task(${userId}::uuid, ${id}::uuid)
  `;
  return cancellation;
}

export async function sweep(sql: postgres.Sql): Promise<void> {
  await sql`select private.reconcile()`;
}

export async function expire(sql: postgres.Sql): Promise<void> {
  await sql`select private.expire_tasks()`;
}

/** Some worker was in touch all the time: no lease that runs out gets grace. */
export async function keepInTouch(sql: postgres.Sql): Promise<void> {
  await sql`update private.worker_contact set last_contact_at = now(), grace_until = '-infinity'`;
}

/** Time passes: everything is as much older. */
export async function passTime(sql: postgres.Sql, seconds: number): Promise<void> {
  const columns: Record<string, string[]> = {
    "public.tasks": [
      ["created_at", "started_at", "finished_at"],
      ["deadline_at", "lease_expires_at", "accepted_at"],
    ].flat(),
    "private.provider_calls": ["started_at", "sent_at", "finished_at"],
    "private.lanes": ["paused_until"],
    ...Object.fromEntries(QUEUES.map((queue) => [`pgmq.q_${queue}`, ["vt", "enqueued_at"]])),
  };
  const statements = Object.entries(columns).map(([table, names]) => {
    const older = names.map((name) => `${name} = ${name} - interval '${seconds} seconds'`);
    return `update ${table} set ${older.join(", ")}`;
  });
  await sql.unsafe(statements.join("; ")).simple();
}
