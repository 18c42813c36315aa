import { createShowResults } from "../../../shared/storage/show_results.ts";
import { createSignAssets } from "../../../shared/storage/sign_assets.ts";
import {
  databaseAddressOf,
  publicKeyOf,
  publicUrlOf,
  readSettings,
  secretsOf,
  tokenSettingsOf,
} from "../../../shared/config.ts";
import { connect } from "../../../shared/database.ts";
import { createAuthenticate } from "../../../shared/auth/authenticate.ts";
import { consoleLog } from "../../../shared/log.ts";
import { createCancelTask } from "../../../shared/tasks/cancel_task.ts";
import { createReadTask } from "../../../shared/tasks/read_task.ts";
import { createTasksStatusApp } from "./app.ts";
import { settings } from "./settings.ts";

const values = readSettings(settings, (name) => Deno.env.get(name));
const log = consoleLog("tasks-status", secretsOf(values));
const publicUrl = publicUrlOf(values);
const sql = connect(databaseAddressOf(values), "tasks-status");

const app = createTasksStatusApp({
  log,
  corsOrigins: values.CORS_ORIGINS,
  authenticate: createAuthenticate(sql, tokenSettingsOf(values), log),
  readTask: createReadTask(sql),
  showResults: createShowResults(
    { projectUrls: [publicUrl, values.SUPABASE_URL], isPublic: values.GENERATED_BUCKET_PUBLIC },
    createSignAssets({
      supabaseUrl: values.SUPABASE_URL,
      publicUrl,
      publicKey: publicKeyOf(values),
    }),
  ),
  cancelTask: createCancelTask(sql),
});

Deno.serve(app.fetch);
