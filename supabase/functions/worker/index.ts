import { waitUntil } from "../../../shared/background.ts";
import { databaseUrlOf, publicUrlOf, readSettings, secretKeyOf } from "../../../shared/config.ts";
import { connect } from "../../../shared/database.ts";
import { consoleLog } from "../../../shared/log.ts";
import { createAdapters } from "../../../shared/providers/adapters.ts";
import { configuredProviders } from "../../../shared/providers/configured_providers.ts";
import { createRedact } from "../../../shared/redact.ts";
import { secretsOf } from "../../../shared/setting_secrecy.ts";
import { sleep } from "../../../shared/sleep.ts";
import { createAssetStore } from "../../../shared/storage/asset_store.ts";
import { checkBucket } from "../../../shared/storage/check_bucket.ts";
import { createCallerTasks } from "../../../shared/tasks/caller_tasks.ts";
import { createWorkQueue } from "../../../shared/tasks/work_queue.ts";
import { createWorkerApp } from "./app.ts";
import { Drain } from "./drain.ts";
import { createMaintenance } from "./maintenance.ts";
import { MAX_INPUT_BYTES } from "./memory_limits.ts";
import { MemorySemaphore } from "./memory_semaphore.ts";
import { settings } from "./settings.ts";
import { endUserPseudonym } from "./step/end_user.ts";
import { markCallSent } from "./step/mark_call_sent.ts";
import { ownParameters } from "./step/own_parameters.ts";
import { runStep, type StepDependencies } from "./step/run_step.ts";
import { createSaveResults } from "./step/save_results.ts";

/** How often a busy worker polls the queues. */
const POLL_MILLISECONDS = 1_000;

const startedAt = Date.now();
let isEnding = false;
addEventListener("beforeunload", () => isEnding = true);
const values = readSettings(settings, (name) => Deno.env.get(name));
const secrets = secretsOf(settings, values);
const log = consoleLog("worker", secrets);
const sql = connect(databaseUrlOf(values), "worker");
const queue = createWorkQueue(sql, crypto.randomUUID(), createRedact(secrets));
const tasks = createCallerTasks(sql);
const adapters = createAdapters(configuredProviders(values));
const bucket = { bucket: values.GENERATED_BUCKET, isPublic: values.GENERATED_BUCKET_PUBLIC };
const store = createAssetStore({
  supabaseUrl: values.SUPABASE_URL,
  publicUrl: publicUrlOf(values),
  secretKey: secretKeyOf(values),
  ...bucket,
});
const memory = new MemorySemaphore(MAX_INPUT_BYTES);

const stepDependencies: StepDependencies = {
  findAdapter: (provider) => adapters.get(provider),
  saveResults: createSaveResults(store),
  ownParameters: (claim) => ownParameters(tasks, claim),
  readAsset: store.read,
  markCallSent: (claim, signal) => markCallSent(queue, claim, signal),
  endUser: (userId) => endUserPseudonym(userId, publicUrlOf(values)),
  random: Math.random,
  now: () => new Date(),
};

const drain = new Drain({
  queue,
  log,
  runStep: (claim, signal) => {
    // A task that the provider has accepted does not read its inputs again.
    const inputBytes = claim.handle === null ? claim.inputBytes : 0;
    return memory.hold(inputBytes, signal, () => runStep(claim, signal, stepDependencies));
  },
  // The platform ends an isolate at a fixed age, whatever it is doing, and says so shortly before.
  mayClaim: () => !isEnding && Date.now() - startedAt < values.WORKER_BUDGET_SECONDS * 1000,
  sleep: (signal) => sleep(POLL_MILLISECONDS, signal),
});

const runMaintenance = createMaintenance({
  log,
  queue,
  store,
  bucket: values.GENERATED_BUCKET,
  checkBucket: () => checkBucket(sql, bucket),
  now: () => Date.now(),
});

const app = createWorkerApp({
  log,
  secrets: values.WORKER_SECRET,
  wake: () => {
    waitUntil(drain.wake());
    waitUntil(runMaintenance());
  },
});

Deno.serve(app.fetch);
