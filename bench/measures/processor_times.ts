import { createCallerTasks } from "../../shared/tasks/caller_tasks.ts";
import { type Client, inTurns } from "../client.ts";
import { closeLane, dropTasks } from "../lane.ts";
import { repeat } from "../load.ts";
import { PARTS, type ProcessorTime, processorTimeOf } from "../processor_time.ts";
import type { ProcessorShare } from "../results.ts";
import { withDatabase } from "../stack.ts";

const QUEUE = "bench";
const CALLERS = 16;
const CALLS = 2_000;

/** What one call costs each part of the stack: on a machine that is busy, that is what counts. */
export async function measureProcessorTimes(
  clients: readonly [Client, ...Client[]],
): Promise<ProcessorShare[]> {
  return await withDatabase(CALLERS, async (sql) => {
    await closeLane(sql);
    await sql`select pgmq.create(${QUEUE})`;
    const nextClient = inTurns(...clients);
    const id = await clients[0].submit();
    const tasks = createCallerTasks(sql);
    const things = [
      ["Submit", "generation", () => nextClient().submit()],
      ["Its floor", "generation", () => sql`select pgmq.send(${QUEUE}, '{}'::jsonb)`],
      ["Status", "tasks-status", () => clients[0].readStatus(id)],
      ["Its floor", "tasks-status", () => tasks.read(id, clients[0].userId)],
    ] as const;
    const shares: ProcessorShare[] = [];
    for (const [name, functionName, call] of things) {
      await repeat(CALLS / 10, call, CALLERS);
      const time = await processorTimeOf(functionName, () => repeat(CALLS, call, CALLERS));
      if (time) shares.push({ name, microseconds: perCall(time) });
    }
    await sql`select pgmq.drop_queue(${QUEUE})`;
    await dropTasks(sql);
    return shares;
  });
}

function perCall(time: ProcessorTime): ProcessorShare["microseconds"] {
  return PARTS.map((part) => time[part] / CALLS);
}
