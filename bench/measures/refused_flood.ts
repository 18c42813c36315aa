import { setTimeout } from "node:timers/promises";
import type { Client } from "../client.ts";
import { addTasks, closeLane, dropTasks } from "../lane.ts";
import { limitActiveTasks, raiseLimits } from "../limits.ts";
import { putUnderLoad } from "../load.ts";
import type { Flood } from "../results.ts";
import { withDatabase } from "../stack.ts";
import { median, medianTiming, type Timing } from "../statistics.ts";

/** Far more than an app sends that tries again as soon as it is refused. */
const REFUSED_PER_SECOND = 50;
/** More than one of the others has by the end of a round. */
const ACTIVE_TASKS = 200;

/**
 * Submits of other users, one after the other, while a user at the limit goes on submitting; beside
 * the same submits without. Flood and quiet take turns.
 */
export async function measureRefusedFlood(
  flooder: Client,
  nextClient: () => Client,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<Flood> {
  return await withDatabase(1, async (sql) => {
    await closeLane(sql);
    const measure = async (): Promise<Timing> =>
      await putUnderLoad({ callers: 1, seconds, calls: 50_000 }, () => nextClient().submit());
    const pairs: { readonly quiet: Timing; readonly flooded: Timing }[] = [];
    try {
      for (let round = 0; round <= rounds; round++) {
        await dropTasks(sql);
        await addTasks(sql, [flooder.userId], ACTIVE_TASKS);
        await limitActiveTasks(sql, ACTIVE_TASKS);
        const quiet = await measure();
        const flooded = await whileFlooding(flooder, measure);
        if (round > 0) pairs.push({ quiet, flooded });
      }
    } finally {
      await raiseLimits(sql);
      await dropTasks(sql);
    }
    return {
      refusedPerSecond: REFUSED_PER_SECOND,
      quiet: medianTiming(pairs.map(({ quiet }) => quiet)),
      flooded: medianTiming(pairs.map(({ flooded }) => flooded)),
      p95Ratio: median(pairs.map(({ quiet, flooded }) => flooded.p95 / quiet.p95)),
      atMost: 1.2,
    };
  });
}

/** Sends at a fixed pace, whether or not the last one has been answered. */
async function whileFlooding<T>(flooder: Client, work: () => Promise<T>): Promise<T> {
  const refusals: Promise<void>[] = [];
  const end = new AbortController();
  async function flood(): Promise<void> {
    while (!end.signal.aborted) {
      refusals.push(flooder.submitInVain());
      await setTimeout(1000 / REFUSED_PER_SECOND);
    }
  }
  const flooding = flood();
  try {
    return await work();
  } finally {
    end.abort();
    await flooding;
    await Promise.all(refusals);
  }
}
