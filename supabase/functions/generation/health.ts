import type { Database } from "../../../shared/database.ts";
import { ApiError } from "../../../shared/contract/errors.ts";

export interface Health {
  readonly status: "ok";
  /** Versions of what the service stands on. */
  readonly versions: { readonly postgres: string; readonly pgmq: string };
}

/** Looks whether requests can be accepted now; throws an ApiError (503) if not. */
export type CheckHealth = () => Promise<Health>;

export function createCheckHealth(sql: Database): CheckHealth {
  return async () => {
    try {
      const [row] = await sql<{ postgres: string; pgmq: string; queues: number }[]>`
        select
          current_setting('server_version') as postgres,
          (select extversion from pg_catalog.pg_extension where extname = 'pgmq') as pgmq,
          (
            select count(*)::integer
            from private.lanes
            join pgmq.list_queues() as queues on queues.queue_name = lanes.provider
          ) as queues
      `;
      if (!row || row.queues === 0) throw new Error("No lane has a queue");
      return { status: "ok", versions: { postgres: row.postgres, pgmq: row.pgmq } };
    } catch (cause) {
      throw new ApiError("unavailable", "The database or its queues cannot be reached", { cause });
    }
  };
}
