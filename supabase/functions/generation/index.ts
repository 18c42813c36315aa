import { waitUntil } from "../../../shared/background.ts";
import {
  databaseAddressOf,
  publicUrlOf,
  readSettings,
  secretKeyOf,
  secretsOf,
  tokenSettingsOf,
} from "../../../shared/config.ts";
import { connect } from "../../../shared/database.ts";
import { createCheckBucket } from "../../../shared/storage/check_bucket.ts";
import { createFindAsset } from "../../../shared/storage/find_asset.ts";
import { createReadImageSize } from "../../../shared/storage/read_image_size.ts";
import { createCheckAssets } from "../../../shared/generation/check_assets.ts";
import { createCheckTaskReferences } from "../../../shared/tasks/task_references.ts";
import { createAuthenticate } from "../../../shared/auth/authenticate.ts";
import { consoleLog } from "../../../shared/log.ts";
import { providersOf } from "../../../shared/providers/settings.ts";
import { createOwnsProviderTask } from "../../../shared/tasks/owns_provider_task.ts";
import { createFindReplay, createSubmitTask } from "../../../shared/tasks/submit_task.ts";
import { createGenerationApp } from "./app.ts";
import { createCheckHealth } from "./health.ts";
import { settings } from "./settings.ts";
import { createWakeWorker } from "./wake_worker.ts";

const values = readSettings(settings, (name) => Deno.env.get(name));
const log = consoleLog("generation", secretsOf(values));
const sql = connect(databaseAddressOf(values), "generation");
const publicUrl = publicUrlOf(values);
const providers = providersOf(values);

const app = createGenerationApp({
  log,
  corsOrigins: values.CORS_ORIGINS,
  authenticate: createAuthenticate(sql, tokenSettingsOf(values), log),
  checkTaskReferences: createCheckTaskReferences(createOwnsProviderTask(sql)),
  checkAssets: createCheckAssets(
    createFindAsset(sql),
    createReadImageSize(values.SUPABASE_URL, secretKeyOf(values)),
  ),
  findReplay: createFindReplay(sql),
  submitTask: createSubmitTask(sql),
  checkHealth: createCheckHealth(
    sql,
    createCheckBucket(sql, {
      bucket: values.GENERATED_BUCKET,
      isPublic: values.GENERATED_BUCKET_PUBLIC,
    }),
  ),
  wakeWorker: createWakeWorker({
    workerUrl: `${values.SUPABASE_URL}/functions/v1/worker`,
    secret: values.WORKER_SECRET[0],
    log,
    waitUntil,
  }),
  isAvailable: (provider) => providers[provider] !== undefined,
  functionsUrl: `${publicUrl}/functions/v1`,
  projectUrls: [publicUrl, values.SUPABASE_URL],
});

Deno.serve(app.fetch);
