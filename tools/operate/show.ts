/**
 * `deno task show ID`: one task's life, from all tables. Of the running stack, or of the database that
 * DATABASE_URL names.
 */
import { parseArgs } from "node:util";
import { DEFAULT_PORT, main, taskCommand } from "../command_line.ts";
import { findTask } from "./show/find_task.ts";
import { taskPage } from "./show/task_page.ts";
import { runCommand } from "./run_command.ts";

const USAGE = `Usage: ${taskCommand("show")} ID [--port PORT]

ID is that of a task (celery_task_id), the task_id that its app has chosen, a request id, or
the id of a trace.`;

await main(async () => {
  const { values, positionals: [id, ...others] } = parseArgs({
    args: Deno.args,
    options: { port: { type: "string", default: String(DEFAULT_PORT) } },
    allowPositionals: true,
  });
  if (!id || others.length > 0) throw new Error(USAGE);
  await runCommand(values.port, async (sql) => taskPage(sql, await findTask(sql, id)));
});
