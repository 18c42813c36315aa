import type postgres from "postgres";
import type { Rows, Task } from "./rows.ts";
import { QUEUES } from "./vocabulary.ts";

export type * from "./rows.ts";

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
