/** `deno task users`: blocks and unblocks users, exports and deletes what there is of one. */
import { main } from "../command_line.ts";
import { users } from "../commands/operator_commands.ts";
import { runOnDatabase, type Work } from "./run_command.ts";
import { blockUser, unblockUser } from "./users/block.ts";
import { readBlock } from "./users/block_options.ts";
import { deleteUser } from "./users/delete_user.ts";
import { exportUser } from "./users/export_user.ts";
import { listBlockedUsers } from "./users/list.ts";
import { projectStorage } from "./users/project_storage.ts";

await main(users, async ({ action, operands: [user = ""], values }) => {
  const { port, to, yes } = values;
  // Everything a person may have mistyped is told before anything is connected to.
  const work: Record<typeof action, () => Work> = {
    block: () => {
      const block = readBlock(values, new Date());
      return (sql) => blockUser(sql, user, block);
    },
    unblock: () => (sql) => unblockUser(sql, user),
    list: () => listBlockedUsers,
    export: () => async (sql) => await exportUser(sql, await projectStorage(port), user, to),
    delete: () => (sql) => deleteUser(sql, user, yes),
  };
  await runOnDatabase(port, work[action]());
});
