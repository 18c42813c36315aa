import { createAssetStore } from "../../../shared/assets/asset_store.ts";
import { waitUntil } from "../../../shared/background.ts";
import {
  databaseUrlOf,
  providersOf,
  publicUrlOf,
  readSettings,
  secretKeyOf,
  settings,
} from "../../../shared/config.ts";
import { connect } from "../../../shared/database.ts";
import { consoleLog } from "../../../shared/log.ts";
import { createAdapters } from "../../../shared/providers/adapters.ts";
import { isProviderId } from "../../../shared/providers/catalog.ts";
import { createClaimedTasks } from "../../../shared/tasks/claimed_tasks.ts";
import { createWorkerApp } from "./app.ts";
import { Drain } from "./drain.ts";
import { endUserPseudonym } from "./end_user.ts";
import { runStep } from "./run_step.ts";
import { createSaveResults } from "./save_results.ts";

const startedAt = Date.now();
const values = readSettings(settings.worker, (name) => Deno.env.get(name));
const log = consoleLog("worker");
const adapters = createAdapters(providersOf(values));
const store = createAssetStore({
  supabaseUrl: values.SUPABASE_URL,
  publicUrl: publicUrlOf(values),
  secretKey: secretKeyOf(values),
  bucket: values.GENERATED_BUCKET,
});
const saveResults = createSaveResults(store);

const drain = new Drain({
  tasks: createClaimedTasks(connect(databaseUrlOf(values), "worker")),
  log,
  runStep: (claim, signal) =>
    runStep(claim, signal, {
      findAdapter: (provider) => (isProviderId(provider) ? adapters[provider] : undefined),
      saveResults,
      readAsset: store.read,
      endUser: (userId) => endUserPseudonym(userId, publicUrlOf(values)),
      random: Math.random,
      now: () => new Date(),
    }),
  // The platform ends an isolate at a fixed age, whatever it is doing.
  mayClaim: () => Date.now() - startedAt < values.WORKER_BUDGET_SECONDS * 1000,
});

const app = createWorkerApp({
  log,
  secret: values.WORKER_SECRET,
  wake: () => waitUntil(drain.wake()),
});

Deno.serve(app.fetch);
