import type { CheckBucket } from "../../../shared/assets/check_bucket.ts";
import type { Database } from "../../../shared/database.ts";
import { ApiError } from "../../../shared/contract/errors.ts";
import type { HealthBody } from "../../../shared/contract/responses.ts";

/** Looks whether requests can be accepted now; throws an ApiError (503) if not. */
export type CheckHealth = () => Promise<HealthBody>;

export function createCheckHealth(sql: Database, checkBucket: CheckBucket): CheckHealth {
  return async () => {
    const [versions, wrongBucket] = await Promise.all([checkQueues(sql), checkBucket()])
      .catch((cause) => {
        const message = "The database or its queues cannot be reached";
        throw new ApiError("unavailable", message, { cause });
      });
    if (wrongBucket !== undefined) throw new ApiError("unavailable", wrongBucket);
    return { status: "ok", versions };
  };
}

async function checkQueues(sql: Database): Promise<HealthBody["versions"]> {
  const [row] = await sql<{ postgres: string; pgmq: string; missing_queues: string[] }[]>`
    select
      current_setting('server_version') as postgres,
      (select extversion from pg_catalog.pg_extension where extname = 'pgmq') as pgmq,
      array(
        select private.queues()
        except
        select queue_name from pgmq.list_queues()
      ) as missing_queues
  `;
  if (!row) throw new Error("The database answered no row");
  if (row.missing_queues.length > 0) {
    throw new Error(`Queues are missing: ${row.missing_queues.join(", ")}`);
  }
  return { postgres: row.postgres, pgmq: row.pgmq };
}
