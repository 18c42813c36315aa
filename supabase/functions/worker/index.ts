import { waitUntil } from "../../../shared/background.ts";
import { databaseUrlOf, publicUrlOf, readSettings, secretKeyOf } from "../../../shared/config.ts";
import { connect } from "../../../shared/database.ts";
import { databaseRegion } from "../../../shared/database_region.ts";
import { logClearText } from "../../../shared/database_clear_text.ts";
import { consoleLog } from "../../../shared/log.ts";
import { createAdapters } from "../../../shared/providers/adapters.ts";
import { longestCallSeconds } from "../../../shared/providers/catalog.ts";
import { configuredProviders } from "../../../shared/providers/configured_providers.ts";
import { createRedact } from "../../../shared/redact.ts";
import { secretsOf } from "../../../shared/setting_secrecy.ts";
import { sleep } from "../../../shared/sleep.ts";
import { createAssetStore } from "../../../shared/storage/asset_store.ts";
import { createInputReader } from "../../../shared/storage/input_reader.ts";
import { checkBucket } from "../../../shared/storage/check_bucket.ts";
import { projectUrlsOf } from "../../../shared/storage/project_urls.ts";
import { createReportedFiles } from "../../../shared/storage/reported_files.ts";
import { createCallerTasks } from "../../../shared/tasks/caller_tasks.ts";
import { createModelNotes } from "../../../shared/tasks/model_notes.ts";
import { createWorkQueue, HEARTBEAT_LIMIT_SECONDS } from "../../../shared/tasks/work_queue.ts";
import { sendWakeUp } from "../../../shared/wake_up.ts";
import { createWorkerApp } from "./app.ts";
import { Drain } from "./drain.ts";
import { IsolateBudget } from "./isolate_budget.ts";
import { createMaintenance } from "./maintenance.ts";
import { MAX_RESULT_BYTES_HELD } from "./memory_limits.ts";
import { MemorySemaphore } from "./memory_semaphore.ts";
import { settings } from "./settings.ts";
import { endUserPseudonym } from "./step/end_user.ts";
import { markCallSent } from "./step/mark_call_sent.ts";
import { ownParameters } from "./step/own_parameters.ts";
import { createReadInput } from "./step/read_input.ts";
import { runStep, type StepDependencies } from "./step/run_step.ts";
import { createSavePreview } from "./step/save_preview.ts";
import { createSaveResults } from "./step/save_results.ts";
import { withMemory } from "./step/with_memory.ts";

/** How often a busy worker polls the queues. */
const POLL_MILLISECONDS = 1_000;

const values = readSettings(settings, (name) => Deno.env.get(name));
const isolate = new IsolateBudget({
  lifeSeconds: values.ISOLATE_SECONDS,
  budgetSeconds: values.WORKER_BUDGET_SECONDS,
  maxCallSeconds: longestCallSeconds(values.ISOLATE_SECONDS),
  now: () => performance.now(),
});
addEventListener("beforeunload", () => isolate.end());
const secrets = secretsOf(settings, values);
const log = consoleLog("worker", secrets);
const databaseUrl = databaseUrlOf(values);
const onClearText = logClearText(log);
const sql = connect(databaseUrl, "worker", { connections: 3, onClearText });
const heartbeats = connect(databaseUrl, "worker", {
  connections: 1,
  limitSeconds: HEARTBEAT_LIMIT_SECONDS,
  onClearText,
});
const databases = { sql, heartbeats };
const queue = createWorkQueue(databases, crypto.randomUUID(), createRedact(secrets), log);
const tasks = createCallerTasks(sql);
const adapters = createAdapters(configuredProviders(values));
const bucket = { bucket: values.GENERATED_BUCKET, isPublic: values.GENERATED_BUCKET_PUBLIC };
const storageAccess = { supabaseUrl: values.SUPABASE_URL, secretKey: secretKeyOf(values) };
const store = createAssetStore({ ...storageAccess, publicUrl: publicUrlOf(values), ...bucket });
const workerEndpoint = {
  workerUrl: `${values.SUPABASE_URL}/functions/v1/worker`,
  secret: values.WORKER_SECRET[0],
  region: databaseRegion(databaseUrl.url),
  log,
};

const stepDependencies: Omit<StepDependencies, "reserveMemory"> = {
  findAdapter: (provider) => adapters.get(provider),
  saveResults: createSaveResults(store, log),
  savePreview: createSavePreview(store, log),
  ownParameters: (claim) => ownParameters(tasks, claim),
  readInput: createReadInput(createInputReader(storageAccess), projectUrlsOf(values)),
  markCallSent: (claim, signal, mark) =>
    markCallSent(queue, claim, signal, () => isolate.lifeSeconds, mark),
  endUser: (userId) => endUserPseudonym(userId, publicUrlOf(values)),
  random: Math.random,
};

const resultMemory = new MemorySemaphore(MAX_RESULT_BYTES_HELD);
const drain = new Drain({
  queue,
  log,
  runStep: (claim, signal) =>
    withMemory(
      resultMemory,
      signal,
      (reserveMemory) => runStep(claim, signal, { ...stepDependencies, reserveMemory }),
    ),
  isolate,
  wakeAnother: () => sendWakeUp(workerEndpoint),
  sleep: (signal) => sleep(POLL_MILLISECONDS, signal),
  now: () => performance.now(),
});

const runMaintenance = createMaintenance({
  log,
  queue,
  store,
  reportedFiles: createReportedFiles({ ...storageAccess, bucket: values.GENERATED_BUCKET, store }),
  bucket: values.GENERATED_BUCKET,
  adapters,
  modelNotes: createModelNotes(sql),
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
