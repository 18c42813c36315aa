import assert from "node:assert/strict";
import { readSettings } from "../../shared/config.ts";
import { createWakeWorker } from "../../supabase/functions/generation/wake_worker.ts";
import { createWorkerApp } from "../../supabase/functions/worker/app.ts";
import { settings } from "../../supabase/functions/worker/settings.ts";
import { recordLog } from "../../testing/recorded_log.ts";
import { withServer } from "../../testing/serve.ts";

const [OLD, NEW] = ["the-old-worker-secret", "the-new-worker-secret"];
/** What WORKER_SECRET is set to, one after the other. */
const STAGES = [OLD, `${OLD},${NEW}`, `${NEW},${OLD}`, NEW];

function secretsOf(value: string): readonly [string, ...string[]] {
  const environment: Record<string, string> = {
    SUPABASE_URL: "http://127.0.0.1",
    WORKER_SECRET: value,
  };
  return readSettings(settings, (name) => environment[name]).WORKER_SECRET;
}

/** Rings once as a submit does. Returns how often the worker woke. */
async function ring(ringing: string, opening: string): Promise<number> {
  const { log } = recordLog();
  let wakes = 0;
  const app = createWorkerApp({ log, secrets: secretsOf(opening), wake: () => void wakes++ });
  await withServer(app.fetch, async (address) => {
    const rung: Promise<void>[] = [];
    createWakeWorker({
      workerUrl: `${address}/worker`,
      secret: secretsOf(ringing)[0],
      log,
      waitUntil: (work) => void rung.push(work),
    })();
    await Promise.all(rung);
  });
  return wakes;
}

Deno.test("while the worker's secret is changed, no wake-up is lost", async (t) => {
  for (const [stage, value] of STAGES.entries()) {
    // Functions live on for minutes with the settings they were started with.
    for (const before of STAGES.slice(Math.max(0, stage - 1), stage + 1)) {
      await t.step(`rung with ${before}, opened by ${value}`, async () => {
        assert.equal(await ring(before, value), 1);
      });
      await t.step(`rung with ${value}, opened by ${before}`, async () => {
        assert.equal(await ring(value, before), 1);
      });
    }
  }
});

Deno.test("a secret that is gone opens nothing", async () => {
  assert.equal(await ring(OLD, NEW), 0);
});
