import { createAuthenticator } from "../../../shared/auth/authenticate.ts";
import { createUserLimit } from "../../../shared/auth/user_limit.ts";
import {
  databaseUrlOf,
  publicKeyOf,
  publicUrlOf,
  readSettings,
  tokenSettingsOf,
} from "../../../shared/config.ts";
import { API_LIMIT_SECONDS, connect } from "../../../shared/database.ts";
import { logClearText } from "../../../shared/database_clear_text.ts";
import { consoleLog } from "../../../shared/log.ts";
import { secretsOf } from "../../../shared/setting_secrecy.ts";
import { createResultUrls } from "../../../shared/storage/result_urls.ts";
import { createUrlSigner } from "../../../shared/storage/url_signer.ts";
import { sleep } from "../../../shared/sleep.ts";
import { createCallerTasks } from "../../../shared/tasks/caller_tasks.ts";
import { createOutlooks } from "../../../shared/tasks/outlooks.ts";
import { createVersionWatch } from "../../../shared/tasks/version_watch.ts";
import { createTasksStatusApp } from "./app.ts";
import { settings } from "./settings.ts";

const values = readSettings(settings, (name) => Deno.env.get(name));
const log = consoleLog("tasks-status", secretsOf(settings, values));
const publicUrl = publicUrlOf(values);
const sql = connect(databaseUrlOf(values), "tasks-status", {
  limitSeconds: API_LIMIT_SECONDS,
  onClearText: logClearText(log),
});
const tasks = createCallerTasks(sql);
const now = (): number => performance.now();
const watch = createVersionWatch({ findChanged: tasks.findChanged, log, now, sleep });
// Those who wait are told what there is while it can be told.
addEventListener("beforeunload", () => watch.end());

const app = createTasksStatusApp({
  log,
  corsOrigins: values.CORS_ORIGINS,
  authenticator: createAuthenticator(
    sql,
    tokenSettingsOf(values),
    log,
    createUserLimit({ perMinute: values.USER_REQUESTS_PER_MINUTE, what: "requests" }),
  ),
  tasks,
  outlooks: createOutlooks(sql),
  resultUrls: createResultUrls(
    { publicUrl, isPublic: values.GENERATED_BUCKET_PUBLIC },
    createUrlSigner({
      supabaseUrl: values.SUPABASE_URL,
      publicUrl,
      publicKey: publicKeyOf(values),
    }),
  ),
  watch,
  now,
});

Deno.serve(app.fetch);
