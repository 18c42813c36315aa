import { MORE_PLACES, MOST_PLACES, type Outlook } from "../contract/outlook.ts";
import { typicalRuns } from "../contract/typical_runs.ts";
import type { Database } from "../database.ts";
import { remember } from "../remembered.ts";
import { etaOfPending, etaOfRunning, type KnownRuns } from "./eta.ts";
import { LINE_LENGTH, type Place, type PoolLine, startsBefore } from "./pool_line.ts";
import type { TaskView } from "./task.ts";

/** As much of a task as its outlook needs. */
export type OutlookTask = Pick<
  TaskView,
  "id" | "status" | "operation" | "provider" | "startedAt"
>;

/**
 * What is said of the time to come. No place and no time is kept in the database for it: the line of a
 * pool and the last runs of a kind are read for all who ask this isolate within a moment, and what
 * decides a task's place once. So a task that has ended costs nothing, and others next to nothing.
 */
export interface Outlooks {
  /** Of tasks that the user may see, by id; those that have ended have none. */
  of(tasks: readonly OutlookTask[], userId: string): Promise<ReadonlyMap<string, Outlook>>;
}

/** How old a line may be. */
const LINE_MILLISECONDS = 1_000;
/** How old the last runs may be. */
const RUNS_MILLISECONDS = 15_000;
/** Bounds the memory for what is known of tasks. */
const MOST_TASKS = 5_000;
/** With fewer runs than this what is typical says more. */
const LEAST_RUNS = 10;

interface TaskKey extends Place {
  readonly id: string;
  readonly output: string;
  readonly model: string | null;
  readonly pool: string;
  readonly resultCount: number;
  readonly leastRunSeconds: number;
  readonly deadlineAt: Date;
}

export function createOutlooks(sql: Database, now: () => number = Date.now): Outlooks {
  const keys = new Map<string, TaskKey>();
  const lineOf = remember(
    (provider: string, pool: string, results: number, leastRun: number) =>
      readLine(sql, provider, pool, results, leastRun),
    { milliseconds: LINE_MILLISECONDS, now },
  );
  const historyOf = remember(
    (operation: string, provider: string, pool: string, model: string | null) =>
      readHistory(sql, operation, provider, pool, model),
    { milliseconds: RUNS_MILLISECONDS, now },
  );

  async function learnKeys(ids: readonly string[], userId: string): Promise<void> {
    const unknown = ids.filter((id) => !keys.has(id));
    if (unknown.length === 0) return;
    if (keys.size + unknown.length > MOST_TASKS) keys.clear();
    for (const key of await readKeys(sql, userId, unknown)) keys.set(key.id, key);
  }

  async function outlookOf(task: OutlookTask, key: TaskKey): Promise<Outlook> {
    const { operation, provider, startedAt } = task;
    const { pool, model, output, resultCount, leastRunSeconds, deadlineAt } = key;
    const [runSeconds, line] = await Promise.all([
      historyOf(operation, provider, pool, model),
      lineOf(provider, pool, resultCount, leastRunSeconds),
    ]);
    const runs: KnownRuns = runSeconds.length < LEAST_RUNS
      ? { seconds: typicalRuns(provider, output), basedOn: "typical" }
      : { seconds: runSeconds, basedOn: "history" };
    const secondsLeft = (deadlineAt.getTime() - now()) / 1000;
    if (task.status === "processing") {
      const elapsed = startedAt ? (now() - startedAt.getTime()) / 1000 : 0;
      return line.isPausedForGood ? {} : { eta: etaOfRunning(runs, elapsed, secondsLeft) };
    }
    const before = startsBefore(line, key);
    return {
      queue_position: before > MOST_PLACES ? MORE_PLACES : before,
      ...(!line.isPausedForGood && { eta: etaOfPending(runs, line, key, secondsLeft) }),
    };
  }

  return {
    async of(tasks, userId) {
      const going = tasks.filter(({ status }) => status === "pending" || status === "processing");
      if (going.length === 0) return new Map();
      await learnKeys(going.map(({ id }) => id), userId);
      const outlooks = await Promise.all(going.map(async (task) => {
        const key = keys.get(task.id);
        // It was deleted since it was read.
        return key && [task.id, await outlookOf(task, key)] as const;
      }));
      return new Map(outlooks.filter((one) => one !== undefined));
    },
  };
}

async function readKeys(
  sql: Database,
  userId: string,
  ids: readonly string[],
): Promise<TaskKey[]> {
  return await sql<TaskKey[]>`
    select
      id, output, model, pool, turn::float8, message_id::float8 as "messageId",
      result_count as "resultCount", least_run_seconds as "leastRunSeconds",
      deadline_at as "deadlineAt"
    from private.outlook_keys(${userId}::uuid, ${[...ids]}::uuid[])
  `;
}

async function readLine(
  sql: Database,
  provider: string,
  pool: string,
  results: number,
  leastRunSeconds: number,
): Promise<PoolLine> {
  const [line] = await sql<PoolLine[]>`
    select
      turns::float8[], message_ids::float8[] as "messageIds",
      first_start_seconds::float8 as "firstStartSeconds",
      last_start_seconds::float8 as "lastStartSeconds",
      is_paused_for_good as "isPausedForGood"
    from private.pool_line(
      ${provider}::text, ${pool}::text, ${results}::integer, ${leastRunSeconds}::integer,
      ${LINE_LENGTH}::integer
    )
  `;
  if (!line) throw new Error("Cannot read a line: the database answered no row");
  return line;
}

async function readHistory(
  sql: Database,
  operation: string,
  provider: string,
  pool: string,
  model: string | null,
): Promise<readonly number[]> {
  const [history] = await sql<{ readonly runSeconds: readonly number[] }[]>`
    select private.run_history(
      ${operation}::text, ${provider}::text, ${pool}::text, ${model}::text
    ) as "runSeconds"
  `;
  if (!history) throw new Error("Cannot read the last runs: the database answered no row");
  return history.runSeconds;
}
