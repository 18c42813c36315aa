import { ApiError } from "../../../shared/contract/errors.ts";
import type { HealthBody } from "../../../shared/contract/responses.ts";
import { VERSION } from "../../../shared/contract/version.ts";
import type { Database } from "../../../shared/database.ts";
import { isReadOnly } from "../../../shared/database_failure.ts";
import type { Log } from "../../../shared/log.ts";
import { rejectWhilePaused, type SubmitPause } from "../../../shared/tasks/reject_submit.ts";
import { within } from "../../../shared/within.ts";

export interface HealthCheck {
  /**
   * Whether requests are accepted and processed now. Throws an ApiError (503) if not; while submits
   * are paused in the operator's words, to everybody.
   *
   * @param isOperator Who is told more than that: versions, problems and the reason. A lane that is
   * paused would tell a stranger whether an attack on it works.
   */
  check(isOperator: boolean): Promise<HealthBody>;
}

/** The endpoint needs no key: an isolate asks the database at most this often. */
const CACHE_TTL_MILLISECONDS = 5_000;

/** Timeout of the database check. */
const TIMEOUT_MILLISECONDS = 5_000;

/** Messages for the codes of `monitoring.health` that mean that requests cannot be served. */
const REASONS: Readonly<Record<string, string>> = {
  queue_missing: "A queue is missing",
  worker_silent: "Work is due, and no worker does it",
};

const UNAVAILABLE = "The service is not available at the moment; try again";

const READ_ONLY = "The database takes no writes; its disk may be full";

interface HealthRow {
  readonly postgres: string;
  readonly pgmq: string;
  readonly broken: readonly string[];
  readonly problems: readonly string[];
  /** Null while submits are accepted. */
  readonly pauseMessage: string | null;
  readonly retryAfterSeconds: number | null;
}

interface Health {
  readonly body: HealthBody;
  readonly pause: SubmitPause | undefined;
}

export interface HealthTimes {
  /** In milliseconds. */
  now(): number;
  /** How long the database may take to answer, in milliseconds. */
  readonly timeout: number;
}

export function createHealthCheck(
  sql: Database,
  checkBucket: () => Promise<string | undefined>,
  log: Pick<Log, "error">,
  { now, timeout }: HealthTimes = { now: Date.now, timeout: TIMEOUT_MILLISECONDS },
): HealthCheck {
  let cached: Promise<Health> | undefined;
  let cachedAt = -Infinity;

  async function read(): Promise<Health> {
    const answers = Promise.all([readHealth(sql), checkBucket()]);
    const [row, wrongBucket] = await within(timeout, "answer", answers).catch((cause) => {
      const reason = isReadOnly(cause) ? READ_ONLY : "The database cannot be reached";
      throw new ApiError("unavailable", reason, { cause });
    });
    if (wrongBucket !== undefined) throw new ApiError("unavailable", wrongBucket);
    return { body: bodyOf(row), pause: pauseOf(row) };
  }

  function ask(): Promise<Health> {
    // A failure is cached, too: a database in trouble must not be asked more often.
    if (!cached || now() - cachedAt >= CACHE_TTL_MILLISECONDS) {
      cachedAt = now();
      cached = read();
      // Once for all who are answered by it: strangers may ask as often as they like.
      cached.catch((error) => log.error("not healthy", error));
    }
    return cached;
  }

  return {
    async check(isOperator) {
      const { body, pause } = await ask().catch((cause) => {
        // Without the cause, which is logged already.
        throw isOperator ? cause : new ApiError("unavailable", UNAVAILABLE);
      });
      if (pause) throw rejectWhilePaused(isOperator ? withCode(pause) : pause);
      return isOperator ? body : { status: body.status };
    },
  };
}

/** What is read and cannot be written accepts nothing. */
async function readHealth(sql: Database): Promise<HealthRow> {
  const [row] = await sql<HealthRow[]>`
    select
      postgres, pgmq, broken, problems,
      message as "pauseMessage", retry_after_seconds as "retryAfterSeconds"
    from monitoring.health(), monitoring.try_write()
    left join private.submit_pause on paused_since is not null
  `;
  if (!row) throw new Error("The database answered no row");
  return row;
}

function bodyOf({ postgres, pgmq, broken, problems }: HealthRow): HealthBody {
  if (broken.length > 0) {
    const reasons = broken.map((code) => REASONS[code] ?? code);
    throw new ApiError("unavailable", `${reasons.join("; ")} (${broken.join(", ")})`);
  }
  const versions = { backend: VERSION, postgres, pgmq };
  return { status: "ok", versions, problems: [...problems] };
}

function pauseOf({ pauseMessage, retryAfterSeconds }: HealthRow): SubmitPause | undefined {
  if (pauseMessage === null || retryAfterSeconds === null) return undefined;
  return { pauseMessage, retryAfterSeconds };
}

/** So that the operator, and what verifies a deployment, can tell that nothing else is wrong. */
function withCode({ pauseMessage, retryAfterSeconds }: SubmitPause): SubmitPause {
  return { pauseMessage: `${pauseMessage} (submits_paused)`, retryAfterSeconds };
}
