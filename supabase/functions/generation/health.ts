import { ApiError } from "../../../shared/contract/errors.ts";
import type { HealthBody } from "../../../shared/contract/responses.ts";
import type { Database } from "../../../shared/database.ts";

/**
 * Looks whether requests are accepted and worked off now; throws an ApiError (503) with the reason if
 * not.
 */
export type CheckHealth = () => Promise<HealthBody>;

/** Everybody may ask: however many do, the database is asked this often at most by an isolate. */
const KEEP_MILLISECONDS = 5_000;

/** A database that takes longer serves nobody. */
const PATIENCE_MILLISECONDS = 5_000;

/** What is wrong when nothing works, for whoever watches; codes of `monitoring.health`. */
const REASONS: Readonly<Record<string, string>> = {
  queue_missing: "A queue is missing",
  worker_silent: "Work is due, and no worker does it",
};

interface HealthRow {
  readonly postgres: string;
  readonly pgmq: string;
  readonly broken: readonly string[];
  readonly problems: readonly string[];
}

export interface HealthTimes {
  /** In milliseconds. */
  now(): number;
  /** How long the database has to answer. */
  readonly patience: number;
}

export function createCheckHealth(
  sql: Database,
  { now, patience }: HealthTimes = { now: Date.now, patience: PATIENCE_MILLISECONDS },
): CheckHealth {
  let last: Promise<HealthBody> | undefined;
  let askedAt = -Infinity;
  return () => {
    // A failure is kept, too: a database in trouble is not to be asked more often.
    if (!last || now() - askedAt >= KEEP_MILLISECONDS) {
      askedAt = now();
      last = ask(sql, patience);
    }
    return last;
  };
}

async function ask(sql: Database, patience: number): Promise<HealthBody> {
  const row = await read(sql, patience);
  if (row.broken.length > 0) {
    const reasons = row.broken.map((code) => REASONS[code] ?? code);
    throw new ApiError("unavailable", `${reasons.join("; ")} (${row.broken.join(", ")})`);
  }
  const { postgres, pgmq, problems } = row;
  return { status: "ok", versions: { postgres, pgmq }, problems: [...problems] };
}

async function read(sql: Database, patience: number): Promise<HealthRow> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`No answer within ${patience} ms`)),
    patience,
  );
  try {
    const rows = sql<HealthRow[]>`
      select postgres, pgmq, broken, problems from monitoring.health()
    `;
    const [row] = await Promise.race([rows, late.promise]);
    if (!row) throw new Error("The database answered no row");
    return row;
  } catch (cause) {
    throw new ApiError("unavailable", "The database cannot be reached", { cause });
  } finally {
    clearTimeout(timer);
  }
}
