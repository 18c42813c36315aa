import type postgres from "postgres";
import { waitUntil } from "../../tests/support/wait_until.ts";
import type { Client } from "../client.ts";
import { dropTasks, openLane } from "../lane.ts";
import type { InstantProvider } from "../provider.ts";
import type { Delay } from "../results.ts";
import { wakeWorker, withDatabase } from "../stack.ts";
import { OVERRIDES } from "../stack_settings.ts";
import { timingOf } from "../statistics.ts";

const WARM_UPS = 20;
const QUEUE = "bench";
const TIMEOUT_SECONDS = 60;

/**
 * From the begin of a submit until the provider has the call, one task at a time, with a worker that
 * is warm; beside the shortest way: a message sent and read, a worker woken, the provider called.
 */
export async function measureCallDelay(
  client: Client,
  provider: InstantProvider,
  count: number,
): Promise<Delay> {
  return await withDatabase(2, async (sql) => {
    await openLane(sql);
    await sql`select pgmq.create(${QUEUE})`;
    const [backend, floor]: [number[], number[]] = [[], []];
    try {
      for (let number = -WARM_UPS; number < count; number++) {
        const [task, shortest] = [await followTask(client, provider, sql), await takeShortWay(sql)];
        if (number < 0) continue;
        backend.push(task);
        floor.push(shortest);
      }
    } finally {
      await sql`select pgmq.drop_queue(${QUEUE})`;
      await dropTasks(sql);
    }
    return {
      name: "Submit to provider call",
      count,
      backend: timingOf(backend, sumOf(backend) / 1000),
      floor: timingOf(floor, sumOf(floor) / 1000),
      p50AtMost: 25,
      p99AtMost: 150,
    };
  });
}

/** Returns milliseconds to the call, when the task is complete and the worker is idle again. */
async function followTask(
  client: Client,
  provider: InstantProvider,
  sql: postgres.Sql,
): Promise<number> {
  const prompt = crypto.randomUUID();
  const arrival = provider.arrivalOf(prompt);
  const start = performance.now();
  const id = await client.submit(prompt);
  const time = await arrival;
  await waitUntil(
    "a result",
    async () => {
      const rows = await sql`select from public.tasks where id = ${id} and status = 'complete'`;
      return rows.length === 1;
    },
    TIMEOUT_SECONDS,
    10,
  );
  return time - start;
}

async function takeShortWay(sql: postgres.Sql): Promise<number> {
  const start = performance.now();
  await sql`select pgmq.send(${QUEUE}, '{}'::jsonb)`;
  await wakeWorker();
  await sql`select pgmq.pop(${QUEUE})`;
  const body = JSON.stringify({ prompt: "A red cube" });
  const response = await fetch(`${OVERRIDES.OPENAI_BASE_URL}/images/generations`, {
    method: "POST",
    body,
  });
  const milliseconds = performance.now() - start;
  await response.body?.cancel();
  return milliseconds;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
