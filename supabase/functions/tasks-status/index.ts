import { publicKeyOf, publicUrlOf, readSettings } from "../../../shared/config.ts";
import { connectApi } from "../../../shared/http/connect_api.ts";
import { createResultUrls } from "../../../shared/storage/result_urls.ts";
import { createUrlSigner } from "../../../shared/storage/url_signer.ts";
import { sleep } from "../../../shared/sleep.ts";
import { createCallerTasks } from "../../../shared/tasks/caller_tasks.ts";
import { createOutlooks } from "../../../shared/tasks/outlooks.ts";
import { createVersionWatch } from "../../../shared/tasks/version_watch.ts";
import { createTasksStatusApp } from "./app.ts";
import { settings } from "./settings.ts";

const values = readSettings(settings, (name) => Deno.env.get(name));
const { log, sql, appOptions } = connectApi("tasks-status", settings, values);
const publicUrl = publicUrlOf(values);
const tasks = createCallerTasks(sql);
const now = (): number => performance.now();
const watch = createVersionWatch({ findChanged: tasks.findChanged, log, now, sleep });
// Those who wait are told what there is while it can be told.
addEventListener("beforeunload", () => watch.end());

const app = createTasksStatusApp({
  ...appOptions,
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
