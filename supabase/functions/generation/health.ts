import type { CheckBucket } from "../../../shared/storage/check_bucket.ts";
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
  checkBucket: CheckBucket,
  { now, patience }: HealthTimes = { now: Date.now, patience: PATIENCE_MILLISECONDS },
): CheckHealth {
  let last: Promise<HealthBody> | undefined;
  let askedAt = -Infinity;

  async function look(): Promise<HealthBody> {
    const answers = Promise.all([readHealth(sql), checkBucket()]);
    const [row, wrongBucket] = await within(patience, answers).catch((cause) => {
      throw new ApiError("unavailable", "The database cannot be reached", { cause });
    });
    if (wrongBucket !== undefined) throw new ApiError("unavailable", wrongBucket);
    return bodyOf(row);
  }

  return () => {
    // A failure is kept, too: a database in trouble is not to be asked more often.
    if (!last || now() - askedAt >= KEEP_MILLISECONDS) {
      askedAt = now();
      last = look();
    }
    return last;
  };
}

async function readHealth(sql: Database): Promise<HealthRow> {
  const [row] = await sql<HealthRow[]>`
    select postgres, pgmq, broken, problems from monitoring.health()
  `;
  if (!row) throw new Error("The database answered no row");
  return row;
}

function bodyOf({ postgres, pgmq, broken, problems }: HealthRow): HealthBody {
  if (broken.length > 0) {
    const reasons = broken.map((code) => REASONS[code] ?? code);
    throw new ApiError("unavailable", `${reasons.join("; ")} (${broken.join(", ")})`);
  }
  return { status: "ok", versions: { postgres, pgmq }, problems: [...problems] };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`No answer within ${milliseconds} ms`)),
    milliseconds,
  );
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
