import { databaseUrlOf, readSettings, settings, tokenSettingsOf } from "../../../shared/config.ts";
import { connect } from "../../../shared/database.ts";
import { createAuthenticate } from "../../../shared/http/authenticate.ts";
import { consoleLog } from "../../../shared/log.ts";
import { createCancelTask } from "../../../shared/tasks/cancel_task.ts";
import { createReadTask } from "../../../shared/tasks/read_task.ts";
import { createTasksStatusApp } from "./app.ts";

const values = readSettings(settings["tasks-status"], (name) => Deno.env.get(name));
const log = consoleLog("tasks-status");
const sql = connect(databaseUrlOf(values), "tasks-status");

const app = createTasksStatusApp({
  log,
  authenticate: createAuthenticate(sql, tokenSettingsOf(values), log),
  readTask: createReadTask(sql),
  cancelTask: createCancelTask(sql),
});

Deno.serve(app.fetch);
