import { createAssetStore } from "../../../shared/storage/asset_store.ts";
import { createCheckBucket } from "../../../shared/storage/check_bucket.ts";
import { waitUntil } from "../../../shared/background.ts";
import {
  databaseAddressOf,
  publicUrlOf,
  readSettings,
  secretKeyOf,
  secretsOf,
} from "../../../shared/config.ts";
import { connect } from "../../../shared/database.ts";
import { consoleLog } from "../../../shared/log.ts";
import { createAdapters } from "../../../shared/providers/adapters.ts";
import { providersOf } from "../../../shared/providers/settings.ts";
import { createRedact } from "../../../shared/redact.ts";
import { createClaimedTasks } from "../../../shared/tasks/claimed_tasks.ts";
import { createHouse } from "../../../shared/tasks/house.ts";
import { createOwnsProviderTask } from "../../../shared/tasks/owns_provider_task.ts";
import { wait } from "../../../shared/sleep.ts";
import { createWorkerApp } from "./app.ts";
import { createBeginCall } from "./step/begin_call.ts";
import { Drain } from "./drain.ts";
import { endUserPseudonym } from "./step/end_user.ts";
import { InputBudget } from "./memory_semaphore.ts";
import { createKeepHouse } from "./maintenance.ts";
import { createOwnParameters } from "./step/own_parameters.ts";
import { runStep } from "./step/run_step.ts";
import { createSaveResults } from "./step/save_results.ts";
import { settings } from "./settings.ts";

/** How often a busy worker looks for more. */
const LOOK_MILLISECONDS = 1_000;

/** Each byte is in memory about three times: as it was read, as a file, and on its way. */
const MAX_INPUT_BYTES = 32_000_000;

const startedAt = Date.now();
let isEnding = false;
addEventListener("beforeunload", () => isEnding = true);
const values = readSettings(settings, (name) => Deno.env.get(name));
const secrets = secretsOf(values);
const log = consoleLog("worker", secrets);
const adapters = createAdapters(providersOf(values));
const bucket = { bucket: values.GENERATED_BUCKET, isPublic: values.GENERATED_BUCKET_PUBLIC };
const store = createAssetStore({
  supabaseUrl: values.SUPABASE_URL,
  publicUrl: publicUrlOf(values),
  secretKey: secretKeyOf(values),
  ...bucket,
});
const saveResults = createSaveResults(store);
const sql = connect(databaseAddressOf(values), "worker");
const inputs = new InputBudget(MAX_INPUT_BYTES);
const ownParameters = createOwnParameters(createOwnsProviderTask(sql));

const tasks = createClaimedTasks(sql, crypto.randomUUID(), createRedact(secrets));
const beginCall = createBeginCall(tasks);

const drain = new Drain({
  tasks,
  log,
  runStep: (claim, signal) =>
    // What has been accepted needs its inputs no more.
    inputs.hold(claim.handle === null ? claim.inputBytes : 0, signal, () =>
      runStep(claim, signal, {
        findAdapter: (provider) => adapters.get(provider),
        saveResults,
        ownParameters,
        readAsset: store.read,
        beginCall,
        endUser: (userId) => endUserPseudonym(userId, publicUrlOf(values)),
        random: Math.random,
        now: () => new Date(),
      })),
  // The platform ends an isolate at a fixed age, whatever it is doing, and says so shortly before.
  mayClaim: () => !isEnding && Date.now() - startedAt < values.WORKER_BUDGET_SECONDS * 1000,
  pass: (signal) => wait(LOOK_MILLISECONDS, signal),
});

const keepHouse = createKeepHouse({
  log,
  house: createHouse(sql, values.GENERATED_BUCKET),
  checkBucket: createCheckBucket(sql, bucket),
  remove: store.remove,
  now: () => Date.now(),
});

const app = createWorkerApp({
  log,
  secrets: values.WORKER_SECRET,
  wake: () => {
    waitUntil(drain.wake());
    waitUntil(keepHouse());
  },
});

Deno.serve(app.fetch);
