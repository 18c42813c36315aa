import type postgres from "postgres";
import { QUEUES } from "./vocabulary.ts";

/** Rows as Postgres writes them; only the columns that the tests name are declared. */
export interface Task {
  readonly id: string;
  /** Null: the user is deleted. */
  readonly user_id: string | null;
  readonly client_task_id: string;
  readonly operation: string;
  readonly provider: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly result_count: number;
  readonly input_bytes: number;
  readonly status: string;
  readonly asset_urls: readonly string[];
  readonly error_code: string | null;
  readonly finished_at: string | null;
  readonly created_at: string;
  readonly deadline_at: string;
  readonly pool: string;
  readonly turn: number;
  readonly max_call_seconds: number;
  readonly least_run_seconds: number;
  readonly winds_down: boolean;
  readonly is_purged: boolean;
  readonly queue: string;
  /** Null once the task is final, and its provider has ended it, too. */
  readonly message_id: number | null;
  readonly lease: number;
  readonly lease_expires_at: string | null;
  readonly claims_without_outcome: number;
  readonly claimed_alone: boolean;
  readonly losses_alone: number;
  readonly failed_attempts: number;
  readonly handle: string | null;
  readonly output: string;
  readonly api_key_id: string | null;
  readonly counts_for_key: boolean;
  readonly estimate_usd: number;
  readonly reserved_usd: number;
  /** The day it counts in. */
  readonly day: string;
}

export interface Call {
  readonly id: number;
  readonly task_id: string | null;
  readonly attempt: number;
  readonly provider: string;
  readonly pool: string;
  readonly result_count: number;
  readonly started_at: string;
  readonly sent_at: string | null;
  readonly handle: string | null;
  readonly outcome: string | null;
  readonly cost_usd: number | null;
  readonly estimate_usd: number | null;
}

export interface Message {
  readonly queue: string;
  readonly msg_id: number;
  readonly vt: string;
  readonly enqueued_at: string;
  readonly message: Readonly<Record<string, unknown>>;
}

export interface Lane {
  readonly provider: string;
  readonly max_in_flight: number;
  readonly results_per_minute: number | null;
  readonly rate_limited_until: string | null;
  readonly paused_until: string | null;
  readonly consecutive_failures: number;
  readonly max_ambiguous_retries: number;
}

export interface Pool {
  readonly provider: string;
  readonly name: string;
  readonly max_in_flight: number;
  readonly rate_limited_until: string | null;
}

export interface Pacing {
  readonly provider: string;
  /** No accepted work of the lane is polled before. */
  readonly next_poll_at: string;
}

/** A user with failures in a lane since the last success there. */
export interface FailingUser {
  readonly provider: string;
  readonly user_id: string;
  readonly paused_until: string | null;
}

export interface Asset {
  readonly celery_task_id: string;
  readonly result_index: number;
  readonly status: string;
  readonly asset_url: string | null;
}

export interface DeadMessage {
  readonly id: number;
  readonly task_id: string | null;
  readonly message: Readonly<Record<string, unknown>>;
  readonly replayed_at: string | null;
}

/** A user whom an operator has blocked. */
export interface BlockedUser {
  readonly user_id: string;
  /** Null: until it is unblocked. */
  readonly blocked_until: string | null;
}

/** What a user's tasks of a day count. */
export interface UserSpending {
  readonly user_id: string;
  readonly day: string;
  readonly used_usd: number;
  readonly images: number;
  readonly models: number;
}

/** What the tasks of a day count for the project, a provider or a key, wherever it is written. */
export interface Budget {
  readonly scope: string;
  readonly scope_id: string;
  readonly day: string;
  readonly usd: number;
}

/** All that the functions under test read and write. */
export interface Rows {
  readonly lanes: readonly Lane[];
  readonly pools: readonly Pool[];
  readonly failing: readonly FailingUser[];
  readonly pacing: readonly Pacing[];
  readonly tasks: readonly Task[];
  readonly assets: readonly Asset[];
  readonly calls: readonly Call[];
  readonly messages: readonly Message[];
  readonly archive: readonly Message[];
  readonly dead: readonly DeadMessage[];
  readonly blocked: readonly BlockedUser[];
  readonly userSpending: readonly UserSpending[];
  readonly budgets: readonly Budget[];
}

/** A look at everything at one moment. */
export interface Snapshot {
  /** The day that counts now. */
  readonly today: string;
  /** By the database's clock, in milliseconds. */
  readonly at: number;
  readonly rows: Rows;
}

function allOf(tables: string): string {
  return QUEUES.map((queue) => `select '${queue}' as queue, * from pgmq.${tables}_${queue}`)
    .join(" union all ");
}

function rowsOf(source: string, order: string): string {
  return `(select coalesce(jsonb_agg(s order by ${order}), '[]') from (${source}) as s)`;
}

/** A row in which nothing is counted is as none. */
const USER_SPENDING = `
  select user_id, day, sum(used_usd) as used_usd, sum(images) as images, sum(models) as models
  from (
    select user_id, day, used_usd, images, models from private.user_spending
    union all
    select user_id, day, used_usd, images, models from private.spending_changes
    where user_id is not null
  ) as counted
  group by user_id, day
  having (sum(used_usd), sum(images), sum(models)) <> (0, 0, 0)
`;

const BUDGETS = `
  select scope, scope_id, day, sum(usd) as usd
  from (
    select scope, scope_id, day, used_usd as usd from private.spending
    union all
    select 'project', '', day, used_usd from private.spending_stripes
    union all
    select 'provider', provider, day, used_usd from private.spending_stripes
    union all
    select 'key', api_key_id::text, day, used_usd from private.spending_stripes
    where api_key_id <> private.no_key()
    union all
    select 'project', '', day, used_usd from private.spending_changes
    union all
    select 'provider', provider, day, used_usd from private.spending_changes
    union all
    select 'key', api_key_id::text, day, used_usd from private.spending_changes
    where api_key_id <> private.no_key()
  ) as counted
  group by scope, scope_id, day
  having sum(usd) <> 0
`;

const LOOK = `
  select
    extract(epoch from clock_timestamp())::float8 * 1000 as at,
    private.spending_day(now())::text as today,
    jsonb_build_object(
      'lanes', ${rowsOf("select * from private.lanes", "provider")},
      'pools', ${rowsOf("select * from private.pools", "provider, name")},
      'failing', ${rowsOf("select * from private.failing_users", "provider, user_id")},
      'pacing', ${rowsOf("select * from private.poll_pacing", "provider")},
      'tasks', ${
  rowsOf("select *, private.spending_day(created_at) as day from public.tasks", "id")
},
      'assets', ${
  rowsOf(
    `select celery_task_id, result_index, status, asset_url from public.concept_images
     union all
     select celery_task_id, result_index, status, asset_url from public.models`,
    "celery_task_id, result_index",
  )
},
      'calls', ${rowsOf("select * from private.provider_calls", "id")},
      'messages', ${rowsOf(allOf("q"), "queue, msg_id")},
      'archive', ${rowsOf(allOf("a"), "queue, msg_id")},
      'dead', ${rowsOf("select * from private.dead_letters", "id")},
      'blocked', ${rowsOf("select * from private.blocked_users", "user_id")},
      'userSpending', ${rowsOf(USER_SPENDING, "user_id, day")},
      'budgets', ${rowsOf(BUDGETS, "scope, scope_id, day")}
    ) as rows
`;

export async function look(sql: postgres.Sql): Promise<Snapshot> {
  const [snapshot] = await sql.unsafe<Snapshot[]>(LOOK, [], { prepare: true });
  if (!snapshot) throw new Error("The database answered no row");
  return snapshot;
}

/** Whether a moment is still to come. */
export function isAhead(moment: string | null, { at }: Snapshot): boolean {
  return moment !== null && Date.parse(moment) > at;
}

/** Whether a worker that is taken to live has the task. */
export function isHeld(task: Task, snapshot: Snapshot): boolean {
  return isAhead(task.lease_expires_at, snapshot);
}

/** Whether nothing is accepted of a user. */
export function isBlocked(userId: string | null, snapshot: Snapshot): boolean {
  return snapshot.rows.blocked.some(({ user_id, blocked_until }) =>
    user_id === userId && (blocked_until === null || isAhead(blocked_until, snapshot))
  );
}

/** Whether a provider is at it, and somebody will learn how that ends. */
export function isWorkedOn(task: Task, snapshot: Snapshot): boolean {
  if (isFinal(task)) return task.winds_down;
  const isSent = snapshot.rows.calls.some((call) =>
    call.task_id === task.id && call.outcome === null && call.sent_at !== null
  );
  return isSent && (task.handle !== null || isHeld(task, snapshot));
}

export function isFinal({ status }: Task): boolean {
  return ["complete", "failed", "canceled"].includes(status);
}

export function taskById({ rows }: Snapshot, id: string): Task | undefined {
  return rows.tasks.find((task) => task.id === id);
}
