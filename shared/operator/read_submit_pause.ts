import type { Database } from "../database.ts";

/** Whether new requests are refused, and with what. */
export interface SubmitPause {
  /** Null: they are accepted. */
  readonly since: Date | null;
  /** What apps are told. */
  readonly message: string;
  readonly retryAfterSeconds: number;
}

/** The maintenance switch as it is now. */
export async function readSubmitPause(sql: Database): Promise<SubmitPause> {
  const [row] = await sql<[SubmitPause]>`
    select paused_since as since, message, retry_after_seconds as "retryAfterSeconds"
    from private.submit_pause
  `;
  return row;
}
