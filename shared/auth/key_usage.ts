import { waitUntil } from "../background.ts";
import type { Database } from "../database.ts";
import type { Log } from "../log.ts";

const INTERVAL_MILLISECONDS = 60_000;

export interface NoteKeyUseOptions {
  readonly log: Log;
  readonly now?: () => number;
  /** Where the work goes on while the request is answered. */
  readonly background?: (work: Promise<void>) => void;
}

/**
 * Records when an API key was last used, to the minute: behind the request's back, once a minute here,
 * and written once a minute however many isolates note it.
 */
export function createNoteKeyUse(
  sql: Database,
  { log, now = Date.now, background = waitUntil }: NoteKeyUseOptions,
): (id: string) => void {
  const notedAt = new Map<string, number>();

  async function write(id: string): Promise<void> {
    try {
      await sql`
        update private.api_keys set last_used_at = now()
        where id = ${id} and (last_used_at is null or last_used_at < now() - interval '1 minute')
      `;
    } catch (error) {
      // Nothing hangs on it, and the next minute's use is written again.
      log.warn("use of an API key not recorded", { reason: String(error) });
    }
  }

  return (id) => {
    const last = notedAt.get(id);
    if (last !== undefined && now() - last < INTERVAL_MILLISECONDS) return;
    notedAt.set(id, now());
    background(write(id));
  };
}
