import type { CanceledBody, TaskStatus } from "../contract/responses.ts";
import type { Database } from "../database.ts";
import type { GenerationCommand } from "../generation/command.ts";
import { rejectBlockedUser } from "./reject_blocked_user.ts";
import { rejectDeletedUser } from "./reject_deleted_user.ts";
import { createSubmits, type Submission, type Submits } from "./submits.ts";
import type { TaskList, TaskListQuery, TaskPlace, TaskVersion, TaskView } from "./task.ts";
import { type UserQuota, userQuota } from "./user_quota.ts";

/** Result of a cancellation. */
export interface Cancellation {
  readonly status: TaskStatus;
  readonly billed: CanceledBody["billed"];
  /** False if the task had already finished otherwise. */
  readonly canceled: boolean;
}

/** Result of a report. */
export interface Report {
  readonly status: TaskStatus;
  /** Null if the task has no result. */
  readonly reportedAt: Date | null;
}

/** What is known of a task at the moment it was deleted. */
export type Purge = Pick<Cancellation, "billed">;

/**
 * What callers of the API do with tasks; each method is one SQL function. Submissions, reads and
 * cancellations of a blocked user are refused with an ApiError (403).
 */
export interface CallerTasks extends Submits {
  /**
   * What a user may ask for, and what is left of it. Throws an ApiError for a user who is gone (401), and
   * for a blocked one (403).
   */
  quota(userId: string, plan: string): Promise<UserQuota>;
  /** Counts a request that was refused for its content, for the user. */
  countRefusal(userId: string): Promise<void>;
  /** Finds the task that a command was accepted as before; undefined if there is none. */
  findReplay(command: GenerationCommand, userId: string): Promise<Submission | undefined>;
  /**
   * Reads one of the caller's own tasks, under the role `authenticated` and the caller's id, so that row
   * level security decides, as it does for the app's own queries. Undefined for any other id.
   *
   * @param withCost Whether to look up what it has cost, which not every app may know. Default: no.
   */
  read(id: string, userId: string, withCost?: boolean): Promise<TaskView | undefined>;
  /** Reads a part of the caller's own tasks, newest first, in the same way. */
  list(query: TaskListQuery, userId: string, withCost?: boolean): Promise<TaskList>;
  /**
   * The ids of those tasks that are no longer as they were shown, or are gone. It tells nothing else of
   * them, and asks for no caller: so all who wait can be served at once.
   */
  findChanged(shown: readonly TaskVersion[]): Promise<readonly string[]>;
  /** Ends one of the caller's own tasks; undefined for any other id. */
  cancel(id: string, userId: string): Promise<Cancellation | undefined>;
  /**
   * Deletes one of the caller's own tasks with all that belongs to it, ended or not; undefined for any
   * other id.
   */
  purge(id: string, userId: string): Promise<Purge | undefined>;
  /** Deletes what there is of a user, but the user in Auth. May be repeated at any time. */
  purgeUser(userId: string): Promise<void>;
  /** Hides the results of one of the caller's own tasks; undefined for any other id. */
  report(id: string, userId: string, reason: string): Promise<Report | undefined>;
  /** Whether the provider made one of the user's results under that name; row level security decides. */
  ownsProviderTask(userId: string, providerTaskId: string): Promise<boolean>;
}

/** What the database answers beside: the rest of the row is null if the user is blocked. */
interface Blocked {
  readonly blocked: boolean;
}

export function createCallerTasks(sql: Database): CallerTasks {
  return {
    ...createSubmits(sql),

    async quota(userId, plan) {
      const rows = await sql<({ quota: unknown; isThere: boolean } & Blocked)[]>`
        select
          private.user_quota(${userId}::uuid, ${plan}::text) as quota, blocked,
          exists (select from auth.users where id = ${userId}::uuid) as "isThere"
        from private.is_blocked(${userId}::uuid) as blocked
      `;
      refuseBlocked(rows);
      const [known] = rows;
      if (!known?.isThere) throw rejectDeletedUser();
      return userQuota.parse(known.quota);
    },

    async countRefusal(userId) {
      await sql`select private.refuse_content(${userId}::uuid)`;
    },

    async findReplay({ clientTaskId, operation, provider, parameters }, userId) {
      const rows = await sql<(Submission & Blocked)[]>`
        select
          id, status, true as replayed, conflicts, false as wake, blocked
        from private.find_live_task(
          p_user_id => ${userId}::uuid,
          p_client_task_id => ${clientTaskId}::text,
          p_operation => ${operation}::text,
          p_provider => ${provider}::text,
          p_parameters => ${sql.json(parameters)}::jsonb
        ), private.is_blocked(${userId}::uuid) as blocked
        where id is not null or blocked
      `;
      refuseBlocked(rows);
      return rows[0];
    },

    async read(id, userId, withCost = false) {
      const [task] = await readTasks(sql, [id], userId, withCost);
      return task;
    },

    async list(query, userId, withCost = false) {
      const found = await findPlaces(sql, query, userId);
      const places = found.slice(0, query.limit);
      const tasks = places.length === 0
        ? []
        : await readTasks(sql, places.map(({ id }) => id), userId, withCost);
      const byId = new Map(tasks.map((task) => [task.id, task]));
      return {
        // One that was deleted meanwhile is not there any more.
        tasks: places.flatMap(({ id }) => byId.get(id) ?? []),
        next: found.length > places.length ? places.at(-1) : undefined,
      };
    },

    async findChanged(shown) {
      const ids = shown.map(({ id }) => id);
      const versions = shown.map(({ version }) => version);
      const rows = await sql<{ id: string }[]>`
        select id from private.changed_tasks(${ids}::uuid[], ${versions}::integer[]) as id
      `;
      return rows.map(({ id }) => id);
    },

    async cancel(id, userId) {
      const rows = await sql<(Cancellation & Blocked)[]>`
        select status, billed, canceled, blocked
        from private.cancel_own_task(${userId}::uuid, ${id}::uuid)
      `;
      refuseBlocked(rows);
      return rows[0];
    },

    async purge(id, userId) {
      const [purge] = await sql<Purge[]>`
        select billed from private.purge_task(${userId}::uuid, ${id}::uuid)
      `;
      return purge;
    },

    async purgeUser(userId) {
      // In transactions that are short enough for the limit of a statement.
      for (let isDone = false; !isDone;) {
        const [row] = await sql<{ isDone: boolean }[]>`
          select private.purge_user(${userId}::uuid) as "isDone"
        `;
        isDone = row?.isDone ?? true;
      }
    },

    async report(id, userId, reason) {
      const [report] = await sql<Report[]>`
        select status, reported_at as "reportedAt"
        from private.report_task(${userId}::uuid, ${id}::uuid, ${reason}::text)
      `;
      return report;
    },

    async ownsProviderTask(userId, providerTaskId) {
      const [row] = await sql<{ owned: boolean }[]>`
        select private.owns_provider_task(${userId}::uuid, ${providerTaskId}::text) as owned
      `;
      return row?.owned ?? false;
    },
  };
}

async function readTasks(
  sql: Database,
  ids: readonly string[],
  userId: string,
  withCost: boolean,
): Promise<TaskView[]> {
  const rows = await sql<(TaskView & Blocked)[]>`
    select
      id, version, client_task_id as "clientTaskId", operation, provider, status, progress,
      asset_urls as "assetUrls", results, parameters, missing_results as "missingResults", error_code as "errorCode", error,
      billed, created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt",
      reported_at as "reportedAt", cost_usd::float8 as "costUsd", blocked
    from private.read_tasks(${userId}::uuid, ${ids}::uuid[], ${withCost}::boolean)
  `;
  refuseBlocked(rows);
  return rows;
}

/** One more than was asked for tells that there are more. */
async function findPlaces(
  sql: Database,
  { operation, status, limit, before }: TaskListQuery,
  userId: string,
): Promise<TaskPlace[]> {
  const rows = await sql<(TaskPlace & Blocked)[]>`
    select id, created_microseconds::float8 as "createdMicroseconds", blocked
    from private.list_tasks(
      p_user_id => ${userId}::uuid,
      p_operation => ${operation ?? null}::text,
      p_status => ${status ?? null}::text,
      p_before_microseconds => ${before?.createdMicroseconds ?? null}::bigint,
      p_before_id => ${before?.id ?? null}::uuid,
      p_limit => ${limit + 1}::integer
    )
  `;
  refuseBlocked(rows);
  return rows;
}

function refuseBlocked(rows: readonly Blocked[]): void {
  if (rows.some(({ blocked }) => blocked)) throw rejectBlockedUser();
}
