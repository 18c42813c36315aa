import { waitUntil } from "../background.ts";
import type { Database } from "../database.ts";
import type { Log } from "../log.ts";

const INTERVAL_MILLISECONDS = 60_000;

export interface KeyUsageOptions {
  readonly log: Log;
  readonly now?: () => number;
  /** Continues the work after the request is answered. */
  readonly background?: (work: Promise<void>) => void;
}

/**
 * Records when an API key was last used, to the minute: in the background, once a minute in this
 * isolate, and in the database once a minute for all isolates.
 */
export function createKeyUsage(
  sql: Database,
  { log, now = Date.now, background = waitUntil }: KeyUsageOptions,
): (id: string) => void {
  const recordedAt = new Map<string, number>();

  async function write(id: string): Promise<void> {
    try {
      await sql`
        update private.api_keys set last_used_at = now()
        where id = ${id} and (last_used_at is null or last_used_at < now() - interval '1 minute')
      `;
    } catch (error) {
      // No request depends on it, and the next minute's use is recorded again.
      log.warn("use of an API key not recorded", { reason: String(error) });
    }
  }

  return (id) => {
    const last = recordedAt.get(id);
    if (last !== undefined && now() - last < INTERVAL_MILLISECONDS) return;
    recordedAt.set(id, now());
    background(write(id));
  };
}
