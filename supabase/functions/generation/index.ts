import { createAuthenticator } from "../../../shared/auth/authenticate.ts";
import { createUserLimit } from "../../../shared/auth/user_limit.ts";
import { waitUntil } from "../../../shared/background.ts";
import {
  databaseUrlOf,
  publicUrlOf,
  readSettings,
  secretKeyOf,
  tokenSettingsOf,
} from "../../../shared/config.ts";
import { API_LIMIT_SECONDS, connect } from "../../../shared/database.ts";
import { databaseRegion } from "../../../shared/database_region.ts";
import { logClearText } from "../../../shared/database_clear_text.ts";
import { consoleLog } from "../../../shared/log.ts";
import { configuredProviders } from "../../../shared/providers/configured_providers.ts";
import { secretsOf } from "../../../shared/setting_secrecy.ts";
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
const log = consoleLog("generation", secretsOf(settings, values));
const databaseUrl = databaseUrlOf(values);
const sql = connect(databaseUrl, "generation", {
  limitSeconds: API_LIMIT_SECONDS,
  onClearText: logClearText(log),
});
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
  log,
  corsOrigins: values.CORS_ORIGINS,
  authenticator: createAuthenticator(
    sql,
    tokenSettingsOf(values),
    log,
    createUserLimit({ perMinute: values.USER_REQUESTS_PER_MINUTE, what: "requests" }),
  ),
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
    region: databaseRegion(databaseUrl.url),
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
