import type postgres from "postgres";
import { createOpenaiAdapter } from "../../shared/providers/openai/adapter.ts";
import { consoleLog } from "../../shared/log.ts";
import { createAssetStore } from "../../shared/storage/asset_store.ts";
import { createSaveResults } from "../../supabase/functions/worker/step/save_results.ts";
import { waitUntil } from "../../tests/support/wait_until.ts";
import type { Client } from "../client.ts";
import { addTasks, closeLane, dropTasks, openLane } from "../lane.ts";
import { repeat } from "../load.ts";
import type { Drain } from "../results.ts";
import { projectUrl, secrets, wakeWorker, withDatabase } from "../stack.ts";
import { OVERRIDES } from "../stack_settings.ts";
import { median } from "../statistics.ts";

/** As many as a worker works on at once. */
const CALLERS = 20;
const TIMEOUT_SECONDS = 60;

/**
 * Tasks from waiting to complete with a provider that answers at once, beside as many calls of the
 * provider and uploads of their results without queue and database.
 */
export async function measureDrainedTasks(
  clients: readonly [Client, ...Client[]],
  { rounds, tasks }: { readonly rounds: number; readonly tasks: number },
): Promise<Drain> {
  const doDirectly = createDirectWork(clients[0].userId);
  const userIds = clients.map(({ userId }) => userId);
  const pairs: { backend: number; floor: number }[] = [];
  await withDatabase(2, async (sql) => {
    for (let round = 0; round <= rounds; round++) {
      const backend = await drain(sql, userIds, tasks);
      const floor = (await repeat(tasks, doDirectly, CALLERS)).perSecond;
      if (round > 0) pairs.push({ backend, floor });
    }
    await dropTasks(sql);
  });
  return {
    tasks,
    callers: CALLERS,
    backendPerSecond: median(pairs.map(({ backend }) => backend)),
    floorPerSecond: median(pairs.map(({ floor }) => floor)),
    ratio: median(pairs.map(({ backend, floor }) => backend / floor)),
    atLeast: 0.5,
  };
}

/** Returns tasks a second. */
async function drain(
  sql: postgres.Sql,
  userIds: readonly string[],
  tasks: number,
): Promise<number> {
  await closeLane(sql);
  await dropTasks(sql);
  await addTasks(sql, userIds, tasks);
  await openLane(sql);
  const start = performance.now();
  await wakeWorker();
  await waitUntil(
    "all results",
    async () => {
      const rows = await sql`select from public.tasks where status <> 'complete' limit 1`;
      return rows.length === 0;
    },
    TIMEOUT_SECONDS,
    10,
  );
  return tasks / ((performance.now() - start) / 1000);
}

/** The same call and the same upload by the same code. */
function createDirectWork(userId: string): () => Promise<void> {
  const adapter = createOpenaiAdapter({
    apiKey: OVERRIDES.OPENAI_API_KEY,
    baseUrl: OVERRIDES.OPENAI_BASE_URL,
    model: "gpt-image-2",
  });
  const store = createAssetStore({
    supabaseUrl: projectUrl,
    publicUrl: projectUrl,
    secretKey: secrets.secretKey,
    bucket: "generated",
    isPublic: true,
  });
  const saveResults = createSaveResults(store, consoleLog("bench", []));
  const { signal } = new AbortController();
  const nothing = (): Promise<void> => Promise.resolve();
  const context = {
    signal,
    readAsset: () => Promise.reject(new Error("No input in this work")),
    endUser: "bench",
    seed: 0,
    markSent: nothing,
    reserveMemory: nothing,
  };
  const parameters = { n: 1, size: "1024x1024", prompt: "A red cube" };
  return async () => {
    const progress = await adapter.submit["text-to-image"]?.(parameters, context);
    if (progress?.state !== "succeeded") throw new Error("The provider answered no picture");
    const claim = { taskId: crypto.randomUUID(), userId, handle: null, failedAttempts: 0 };
    await saveResults(claim, "image", progress.outputs, signal);
  };
}
