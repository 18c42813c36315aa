import type postgres from "postgres";
import type { TaskErrorCode } from "../../shared/tasks/task.ts";
import { LEASE_SECONDS } from "./vocabulary.ts";

/** What a worker reports of a task, with the arguments that belong to it. */
export type Settlement =
  | {
    readonly kind: "complete";
    readonly urls: readonly string[];
    /** What the provider tells; null: nothing; the usual if left out. */
    readonly costUsd?: number | null;
  }
  | {
    readonly kind: "failure";
    readonly code: TaskErrorCode;
    readonly isRetryable: boolean;
    readonly isFinal: boolean;
    readonly isAmbiguous: boolean;
    /** We ended the call ourselves. */
    readonly isOwnCut: boolean;
    /** What is full, if the provider is asked too often. */
    readonly scope: "lane" | "pool";
    readonly delay: number;
    readonly retryAfter: number | null;
    /** As of what is complete, but nothing if left out. */
    readonly costUsd?: number | null;
  }
  | { readonly kind: "snooze"; readonly delay: number }
  | { readonly kind: "release" }
  | { readonly kind: "mark call sent" }
  | { readonly kind: "extend" };

/** What a call costs that went well. */
const COST_USD = 0.04;

/** What the ledger says of what is complete. */
export function toldCost({ costUsd = COST_USD }: Settlement & { kind: "complete" }): number | null {
  return costUsd;
}

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
      return settleWith({
        kind: "complete",
        asset_urls: settlement.urls,
        call: { cost_usd: toldCost(settlement) },
      });
    case "failure":
      return settleWith({
        kind: "failure",
        error_code: settlement.code,
        detail: "Why",
        is_retryable: settlement.isRetryable,
        is_final: settlement.isFinal,
        is_ambiguous: settlement.isAmbiguous,
        is_billed: false,
        is_own_cut: settlement.isOwnCut,
        pause_scope: settlement.scope,
        delay_seconds: settlement.delay,
        call: {
          retry_after_seconds: settlement.retryAfter,
          cost_usd: settlement.costUsd ?? null,
        },
      });
    case "snooze":
      return settleWith({
        kind: "snooze",
        handle: `job of ${id}`,
        delay_seconds: settlement.delay,
        progress: 50,
      });
    case "release":
      return settleWith({ kind: "release" });
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
