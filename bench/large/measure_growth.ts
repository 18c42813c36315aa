import { setTimeout } from "node:timers/promises";
import type postgres from "postgres";
import type { Client } from "../client.ts";
import { addTasks, closeLane, dropTasks } from "../lane.ts";
import { repeat } from "../load.ts";
import type { Growth } from "../results.ts";
import { withDatabase } from "../stack.ts";
import { timeClaims } from "./time_claims.ts";

const CALLS = 200;
/** For a database that is called empty: users with two tasks each, so that a claim finds its fill. */
const USERS_IN_EMPTY = 20;
/** What must not become slower than this by size. A sweep looks at all that waits. */
const AT_MOST = { submit: 1.5, status: 1.5, look: 1.5, claim: 1.5, sweep: undefined };

const NAMES = {
  submit: "Submit, over HTTP",
  status: "Status, over HTTP",
  look: "Look for work in a closed lane, SQL",
  claim: "Claim, SQL",
  sweep: "Sweep once a minute, SQL",
};

type Medians = Readonly<Record<keyof typeof NAMES, number>>;

export interface Size {
  readonly finished: number;
  readonly waiting: number;
}

/**
 * Times the same things in an empty database, in a large one, and once more in an empty one, so that
 * a machine that becomes slower is not taken for a database that does.
 */
export async function measureGrowth(
  clients: readonly [Client, ...Client[]],
  size: Size,
): Promise<{ readonly growth: Growth[]; readonly loadSeconds: number }> {
  return await withDatabase(1, async (sql) => {
    await closeLane(sql);
    await measureEmpty(clients, sql); // warms up
    const before = await measureEmpty(clients, sql);
    const start = performance.now();
    await fill(sql, clients.map(({ userId }) => userId), size);
    await settle(sql);
    const loadSeconds = (performance.now() - start) / 1000;
    const large = await measureAll(clients[0], sql);
    const after = await measureEmpty(clients, sql);

    const things = ["submit", "status", "look", "claim", "sweep"] as const;
    const growth = things.map((thing) => {
      const empty = (before[thing] + after[thing]) / 2;
      const atMost = AT_MOST[thing];
      return {
        name: NAMES[thing],
        empty,
        large: large[thing],
        ratio: large[thing] / empty,
        ...(atMost !== undefined && { atMost }),
      };
    });
    return { growth, loadSeconds };
  });
}

async function measureEmpty(
  clients: readonly [Client, ...Client[]],
  sql: postgres.Sql,
): Promise<Medians> {
  await dropTasks(sql);
  const users = clients.slice(0, USERS_IN_EMPTY).map(({ userId }) => userId);
  await addTasks(sql, users, 2 * USERS_IN_EMPTY);
  await settle(sql);
  return await measureAll(clients[0], sql);
}

/** In milliseconds. */
async function measureAll(client: Client, sql: postgres.Sql): Promise<Medians> {
  const id = await client.submit();
  await repeat(CALLS / 4, () => client.submit());
  const submit = await repeat(CALLS, () => client.submit());
  await repeat(CALLS / 4, () => client.readStatus(id));
  const status = await repeat(CALLS, () => client.readStatus(id));
  return { submit: submit.p50, status: status.p50, ...await timeClaims(sql) };
}

/** Fills the tables; nobody may be at work. */
export async function fill(
  sql: postgres.Sql,
  userIds: readonly string[],
  { finished, waiting }: Size,
): Promise<void> {
  await dropTasks(sql);
  const script = await Deno.readTextFile(new URL("fill.sql", import.meta.url));
  const settings = {
    "bench.finished": String(finished),
    "bench.waiting": String(waiting),
    "bench.users": userIds.join(","),
  };
  await sql.begin(async (transaction) => {
    for (const [name, value] of Object.entries(settings)) {
      await transaction`select set_config(${name}, ${value}, true)`;
    }
    await transaction.unsafe(script).simple();
  });
}

/** What Postgres would do by itself in the next minutes, and slow down what is measured meanwhile. */
async function settle(sql: postgres.Sql): Promise<void> {
  await sql`vacuum (analyze) public.tasks, public.concept_images, private.provider_calls`;
  await sql`vacuum (analyze) pgmq.q_openai, pgmq.a_openai`;
  await sql`checkpoint`;
  await setTimeout(500);
}
