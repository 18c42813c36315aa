import { type Client, inTurns } from "../client.ts";
import { closeLane, dropTasks } from "../lane.ts";
import type { Throughput } from "../results.ts";
import { compareInRounds } from "../rounds.ts";
import { withDatabase } from "../stack.ts";

const QUEUE = "bench";

/**
 * Accepted submits over HTTP, beside a bare `pgmq.send`. The lane is closed, so that the worker looks
 * for work at each wake, and finds none. Each is another user's than the one before.
 */
export async function measureSubmits(
  clients: readonly [Client, ...Client[]],
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<Throughput[]> {
  return await withDatabase(64, async (sql) => {
    await closeLane(sql);
    await sql`select pgmq.create(${QUEUE})`;
    const nextClient = inTurns(...clients);
    const message = sql.json({ task_id: crypto.randomUUID() });
    try {
      return await compareInRounds(
        [1, 16, 64].map((callers) => ({
          name: "Accepted submits",
          callers,
          ...(callers === 16 && { atLeast: 0.25 }),
          backend: () => nextClient().submit(),
          floor: () => sql`select pgmq.send(${QUEUE}, ${message})`,
        })),
        { rounds, seconds, prepare: () => dropTasks(sql) },
      );
    } finally {
      await sql`select pgmq.drop_queue(${QUEUE})`;
      await dropTasks(sql);
    }
  });
}
