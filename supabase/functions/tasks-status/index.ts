import {
  databaseAddressOf,
  readSettings,
  secretsOf,
  settings,
  tokenSettingsOf,
} from "../../../shared/config.ts";
import { connect } from "../../../shared/database.ts";
import { createAuthenticate } from "../../../shared/http/authenticate.ts";
import { consoleLog } from "../../../shared/log.ts";
import { createCancelTask } from "../../../shared/tasks/cancel_task.ts";
import { createReadTask } from "../../../shared/tasks/read_task.ts";
import { createTasksStatusApp } from "./app.ts";

const values = readSettings(settings["tasks-status"], (name) => Deno.env.get(name));
const log = consoleLog("tasks-status", secretsOf(values));
const sql = connect(databaseAddressOf(values), "tasks-status");

const app = createTasksStatusApp({
  log,
  corsOrigins: values.CORS_ORIGINS,
  authenticate: createAuthenticate(sql, tokenSettingsOf(values), log),
  readTask: createReadTask(sql),
  cancelTask: createCancelTask(sql),
});

Deno.serve(app.fetch);
