import type postgres from "postgres";
import { z } from "zod";

/** As Postgres writes it into JSON; to the millisecond, which is enough to compare. */
const time = z.string().transform((text) => Date.parse(text) / 1000);

const tasks = z.array(z.object({
  id: z.string(),
  provider: z.string(),
  operation: z.string(),
  status: z.string(),
  error_code: z.string().nullable(),
  created_at: time,
  started_at: time.nullable(),
  finished_at: time.nullable(),
  deadline_at: time,
  lease_expires_at: time.nullable(),
  handle: z.string().nullable(),
  claims_without_outcome: z.number(),
  user_id: z.string().nullable(),
  plan: z.string(),
  reserved_usd: z.number(),
  winds_down: z.boolean(),
}));

const calls = z.array(z.object({
  id: z.number(),
  provider: z.string(),
  result_count: z.number(),
  started_at: time,
  sent_at: time.nullable(),
  outcome: z.string().nullable(),
  error_code: z.string().nullable(),
  cost_usd: z.number().nullable(),
  estimate_usd: z.number().nullable(),
  list_price_usd: z.number().nullable(),
  task_id: z.string().nullable(),
  model: z.string().nullable(),
}));

const caps = z.array(z.object({
  project_usd_per_day: z.number().nullable(),
  project_usd_per_month: z.number().nullable(),
  provider_usd_per_day: z.number().nullable(),
  key_usd_per_day: z.number().nullable(),
}));

const apiKeys = z.array(z.object({
  id: z.string(),
  prefix: z.string(),
  usd_per_day: z.number().nullable(),
  active: z.boolean(),
}));

const spending = z.array(z.object({
  scope: z.string(),
  scope_id: z.string(),
  day: z.string(),
  used_usd: z.number(),
}));

const stripes = z.array(z.object({
  provider: z.string(),
  api_key_id: z.string(),
  day: z.string(),
  used_usd: z.number(),
}));

const userSpending = z.array(z.object({
  user_id: z.string(),
  day: z.string(),
  used_usd: z.number(),
}));

const lanes = z.array(z.object({
  provider: z.string(),
  usd_per_day: z.number().nullable(),
  max_in_flight: z.number(),
  results_per_minute: z.number().nullable(),
  // "infinity" is no time.
  paused_until: time.nullable(),
  consecutive_failures: z.number(),
}));

const deadLetters = z.array(z.object({
  id: z.number(),
  task_id: z.string().nullable(),
  replayed_at: z.string().nullable(),
}));

const refusals = z.array(z.object({
  id: z.number(),
  user_id: z.string(),
  refused_by: z.string(),
  refused_at: time,
}));

const reports = z.array(z.object({
  task_id: z.string(),
  reason: z.string(),
  closed_at: z.string().nullable(),
}));

const messages = z.array(z.object({ vt: time }));
const workers = z.array(z.object({ id: z.string(), seen_at: time }));
const maintenanceJobs = z.array(z.object({ job: z.string() }));
const jobs = z.array(z.object({ jobname: z.string() }));

export type RawTask = z.infer<typeof tasks>[number];
export type RawCall = z.infer<typeof calls>[number];

/** What the tables hold in one moment. */
export interface RawRows {
  /** Of the transaction, in seconds. */
  readonly now: number;
  readonly tasks: readonly RawTask[];
  readonly calls: readonly RawCall[];
  readonly lanes: z.infer<typeof lanes>;
  readonly caps: z.infer<typeof caps>;
  readonly apiKeys: z.infer<typeof apiKeys>;
  readonly spending: z.infer<typeof spending>;
  readonly stripes: z.infer<typeof stripes>;
  readonly userSpending: z.infer<typeof userSpending>;
  readonly deadLetters: z.infer<typeof deadLetters>;
  readonly refusals: z.infer<typeof refusals>;
  readonly reports: z.infer<typeof reports>;
  /** By the name of the queue. */
  readonly messages: ReadonlyMap<string, z.infer<typeof messages>>;
  readonly workers: z.infer<typeof workers>;
  readonly maintenanceJobs: z.infer<typeof maintenanceJobs>;
  readonly jobs: z.infer<typeof jobs>;
}

/** Every row of a table or view as JSON. */
export async function rowsOf(sql: postgres.ISql, name: string): Promise<unknown[]> {
  const rows = await sql.unsafe<{ row: unknown }[]>(`select to_jsonb(t) as row from ${name} as t`);
  return rows.map(({ row }) => row);
}

export async function readRawRows(sql: postgres.ISql): Promise<RawRows> {
  const [clock] = await sql<{ now: unknown }[]>`select to_jsonb(now()) as now`;
  // The local stack has no pg_cron.
  const [cron] = await sql<{ job: string | null }[]>`select to_regclass('cron.job')::text as job`;
  const queues = await sql<{ queue_name: string }[]>`select queue_name from pgmq.list_queues()`;
  const bodies = new Map<string, z.infer<typeof messages>>();
  for (const { queue_name: queue } of queues) {
    bodies.set(queue, messages.parse(await rowsOf(sql, `pgmq.q_${queue}`)));
  }
  return {
    now: time.parse(clock?.now),
    tasks: tasks.parse(await rowsOf(sql, "public.tasks")),
    calls: calls.parse(await rowsOf(sql, "private.provider_calls")),
    lanes: lanes.parse(await rowsOf(sql, "private.lanes")),
    caps: caps.parse(await rowsOf(sql, "private.limits")),
    apiKeys: apiKeys.parse(await rowsOf(sql, "private.api_keys")),
    spending: spending.parse(await rowsOf(sql, "private.spending")),
    stripes: stripes.parse(await rowsOf(sql, "private.spending_stripes")),
    userSpending: userSpending.parse(await rowsOf(sql, "private.user_spending")),
    deadLetters: deadLetters.parse(await rowsOf(sql, "private.dead_letters")),
    refusals: refusals.parse(await rowsOf(sql, "private.content_refusals")),
    reports: reports.parse(await rowsOf(sql, "private.reports")),
    messages: bodies,
    workers: workers.parse(await rowsOf(sql, "private.workers")),
    maintenanceJobs: maintenanceJobs.parse(await rowsOf(sql, "private.maintenance_jobs")),
    jobs: cron?.job ? jobs.parse(await rowsOf(sql, "cron.job")) : [],
  };
}
