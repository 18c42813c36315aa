import { setTimeout } from "node:timers/promises";
import type postgres from "postgres";
import type { Client } from "../client.ts";
import { addTasks, closeLane, dropTasks, openLane } from "../lane.ts";
import { repeat } from "../load.ts";
import type { Growth } from "../results.ts";
import { withDatabase } from "../stack.ts";
import { median } from "../statistics.ts";

const CALLS = 200;
const CLAIMS = 60;
/** For a database that is called empty: what a claim needs to find something. */
const WAITING_IN_EMPTY = 20;
const AT_MOST = 1.5;

export interface Size {
  readonly finished: number;
  readonly waiting: number;
}

/**
 * Times the same things in an empty database, in a large one, and once more in an empty one, so that
 * a machine that becomes slower is not taken for a database that does.
 */
export async function measureGrowth(
  client: Client,
  size: Size,
): Promise<{ readonly growth: Growth[]; readonly loadSeconds: number }> {
  return await withDatabase(1, async (sql) => {
    await closeLane(sql);
    const before = await measureEmpty(client, sql);
    const start = performance.now();
    await fill(sql, size);
    const loadSeconds = (performance.now() - start) / 1000;
    const large = await measureAll(client, sql);
    const after = await measureEmpty(client, sql);

    const growth = Object.entries(large).map(([name, milliseconds]) => {
      const empty = ((before[name] ?? 0) + (after[name] ?? 0)) / 2;
      return { name, empty, large: milliseconds, ratio: milliseconds / empty, atMost: AT_MOST };
    });
    return { growth, loadSeconds };
  });
}

async function measureEmpty(client: Client, sql: postgres.Sql): Promise<Record<string, number>> {
  await dropTasks(sql);
  await addTasks(sql, client.userId, WAITING_IN_EMPTY);
  await settle(sql);
  return await measureAll(client, sql);
}

/** Medians in milliseconds, by what is done. */
async function measureAll(client: Client, sql: postgres.Sql): Promise<Record<string, number>> {
  const id = await client.submit();
  await repeat(CALLS / 4, () => client.submit());
  const submit = await repeat(CALLS, () => client.submit());
  await repeat(CALLS / 4, () => client.readStatus(id));
  const status = await repeat(CALLS, () => client.readStatus(id));
  const look: number[] = [];
  const claim: number[] = [];
  for (let number = 0; number < CLAIMS; number++) {
    look.push(await timeClaim(sql, { open: false }));
    claim.push(await timeClaim(sql, { open: true }));
  }
  return {
    "Submit, over HTTP": submit.p50,
    "Status, over HTTP": status.p50,
    "Look for work in closed lanes, SQL": median(look),
    "Claim, SQL": median(claim),
  };
}

class RolledBack extends Error {}

/** Milliseconds of one look for work, all of which is undone. */
async function timeClaim(sql: postgres.Sql, { open }: { open: boolean }): Promise<number> {
  let milliseconds = 0;
  await sql.begin(async (transaction) => {
    if (open) await openLane(transaction);
    await transaction`select from private.lanes for no key update`;
    const start = performance.now();
    const claims = await transaction`select id from private.claim_tasks(20, 13)`;
    milliseconds = performance.now() - start;
    if (claims.length > 0 !== open) throw new Error(`Claimed ${claims.length}`);
    throw new RolledBack();
  }).catch((error) => {
    if (!(error instanceof RolledBack)) throw error;
  });
  return milliseconds;
}

async function fill(sql: postgres.Sql, { finished, waiting }: Size): Promise<void> {
  await dropTasks(sql);
  const script = await Deno.readTextFile(new URL("fill.sql", import.meta.url));
  await sql.begin(async (transaction) => {
    await transaction`select set_config('bench.finished', ${String(finished)}, true)`;
    await transaction`select set_config('bench.waiting', ${String(waiting)}, true)`;
    await transaction.unsafe(script).simple();
  });
  await settle(sql);
}

/** What Postgres would do by itself in the next minutes, and slow down what is measured meanwhile. */
async function settle(sql: postgres.Sql): Promise<void> {
  await sql`vacuum (analyze) public.tasks, public.concept_images, private.provider_calls`;
  await sql`vacuum (analyze) pgmq.q_openai, pgmq.a_openai`;
  await sql`checkpoint`;
  await setTimeout(500);
}
