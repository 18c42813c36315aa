import { readPurchases } from "../support/simulator.ts";
import { withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

/** Everything a request could leave behind, counted. */
export interface Traces {
  readonly tasks: number;
  readonly results: number;
  /** Messages that were ever sent. */
  readonly messages: number;
  readonly calls: number;
  readonly purchases: number;
  readonly files: number;
  readonly orphans: number;
  /** What operators did, and what came of it. */
  readonly operations: number;
  readonly settings: string;
}

export async function readTraces(): Promise<Traces> {
  const purchases = (await readPurchases()).length;
  return await withDatabase(async (sql) => {
    const [row] = await sql<Omit<Traces, "purchases">[]>`
      select
        (select count(*)::integer from public.tasks) as tasks,
        (select count(*)::integer from public.concept_images)
          + (select count(*)::integer from public.models) as results,
        (select sum(total_messages)::integer from pgmq.metrics_all()) as messages,
        (select count(*)::integer from private.provider_calls) as calls,
        (select count(*)::integer from storage.objects) as files,
        (select coalesce(sum(count), 0)::integer from private.inconsistencies) as orphans,
        (select count(*)::integer from private.operator_actions) as operations,
        concat(
          (select to_jsonb(limits) from private.limits),
          (select to_jsonb(pause) from private.submit_pause as pause),
          (select count(*) from private.blocked_users),
          (
            select jsonb_agg(jsonb_build_array(provider, paused_until, usd_per_day))
            from (select * from private.lanes order by provider) as lanes
          )
        ) as settings
    `;
    if (!row) throw new Error("The database answered no row");
    return { ...row, purchases };
  });
}

/** What other tests have left under way would look like a trace of this one. */
export async function waitForIdleWorkers(): Promise<void> {
  await withDatabase((sql) =>
    waitUntil("the end of every task", async () => {
      const [row] = await sql`select from public.tasks where finished_at is null limit 1`;
      return row === undefined;
    }, 60)
  );
}
