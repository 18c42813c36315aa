import { createCallerTasks } from "../../shared/tasks/caller_tasks.ts";
import type { Client } from "../client.ts";
import { closeLane, dropTasks } from "../lane.ts";
import type { Throughput } from "../results.ts";
import { compareInRounds } from "../rounds.ts";
import { withDatabase } from "../stack.ts";

/** Status reads over HTTP, beside the same read under the same role without HTTP. */
export async function measureStatusReads(
  client: Client,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<Throughput[]> {
  return await withDatabase(64, async (sql) => {
    await closeLane(sql);
    const id = await client.submit();
    const tasks = createCallerTasks(sql);
    try {
      return await compareInRounds(
        [1, 16, 64].map((callers) => ({
          name: "Status reads",
          callers,
          atLeast: 0.4,
          backend: () => client.readStatus(id),
          floor: () => tasks.read(id, client.userId),
        })),
        { rounds, seconds, prepare: () => Promise.resolve() },
      );
    } finally {
      await dropTasks(sql);
    }
  });
}
