/** `deno task show ID`: one task's life, from all tables. */
import { main } from "../command_line.ts";
import { show } from "../commands/operator_commands.ts";
import { findTask } from "./show/find_task.ts";
import { taskPage } from "./show/task_page.ts";
import { runOnDatabase } from "./run_command.ts";

await main(show, async ({ operands: [id = ""], values }) => {
  await runOnDatabase(
    values.port,
    async (sql, { localPort }) => taskPage(sql, await findTask(sql, id), localPort !== undefined),
  );
});
