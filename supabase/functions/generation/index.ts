import { createUserLimit } from "../../../shared/auth/user_limit.ts";
import { waitUntil } from "../../../shared/background.ts";
import { databaseUrlOf, publicUrlOf, readSettings, secretKeyOf } from "../../../shared/config.ts";
import { databaseRegion } from "../../../shared/database_region.ts";
import { connectApi } from "../../../shared/http/connect_api.ts";
import { configuredProviders } from "../../../shared/providers/configured_providers.ts";
import { createAssetLookup } from "../../../shared/storage/asset_lookup.ts";
import { checkBucket } from "../../../shared/storage/check_bucket.ts";
import { projectUrlsOf } from "../../../shared/storage/project_urls.ts";
import { createCallerTasks } from "../../../shared/tasks/caller_tasks.ts";
import { createGenerationApp } from "./app.ts";
import { type AvailabilityOptions, createAvailability } from "./availability.ts";
import { configuredModeration } from "./configured_moderation.ts";
import { createHealthCheck } from "./health.ts";
import { createMetrics } from "./metrics.ts";
import { createModerate } from "./moderate.ts";
import { settings } from "./settings.ts";
import { createWakeWorker } from "./wake_worker.ts";

const values = readSettings(settings, (name) => Deno.env.get(name));
const { log, sql, appOptions } = connectApi("generation", settings, values);
const publicUrl = publicUrlOf(values);
const providers = configuredProviders(values);

const tasks = createCallerTasks(sql);
const assets = createAssetLookup(sql, {
  supabaseUrl: values.SUPABASE_URL,
  secretKey: secretKeyOf(values),
});
const offered = {
  modelOf: (provider) => providers[provider]?.model,
  isAvailable: (provider) => providers[provider] !== undefined,
  isolateSeconds: values.ISOLATE_SECONDS,
} satisfies AvailabilityOptions;
const moderation = configuredModeration(values, providers, assets, log);

const app = createGenerationApp({
  ...appOptions,
  refusals: createUserLimit({
    perMinute: values.USER_REFUSALS_PER_MINUTE,
    what: "refused submits",
  }),
  tasks,
  assets,
  moderate: moderation && createModerate({ moderation, tasks }),
  health: createHealthCheck(
    sql,
    () =>
      checkBucket(sql, {
        bucket: values.GENERATED_BUCKET,
        isPublic: values.GENERATED_BUCKET_PUBLIC,
      }),
    log,
  ),
  metrics: createMetrics(sql),
  operatorSecrets: values.WORKER_SECRET,
  wakeWorker: createWakeWorker({
    workerUrl: `${values.SUPABASE_URL}/functions/v1/worker`,
    secret: values.WORKER_SECRET[0],
    region: databaseRegion(databaseUrlOf(values).url),
    log,
    waitUntil,
  }),
  ...offered,
  availability: createAvailability(sql, offered),
  mostOf: (provider) => providers[provider]?.mostOf,
  functionsUrl: `${publicUrl}/functions/v1`,
  projectUrls: projectUrlsOf(values),
});

Deno.serve(app.fetch);
