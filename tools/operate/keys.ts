/** `deno task keys`: creates, lists and revokes the API keys of apps. */
import { main } from "../command_line.ts";
import { keys } from "../commands/operator_commands.ts";
import { createKey, listKeys, revokeKey } from "./keys/commands.ts";
import { readNewKey } from "./keys/new_key.ts";
import { runOnDatabase, type Work } from "./run_command.ts";

await main(keys, async ({ action, operands: [prefix = ""], values }) => {
  // Everything a person may have mistyped is told before anything is connected to.
  const work: Record<typeof action, () => Work> = {
    create: () => {
      const key = readNewKey(values, new Date());
      return (sql, { localPort }) => createKey(sql, key, localPort === undefined ? "live" : "dev");
    },
    list: () => listKeys,
    revoke: () => (sql) => revokeKey(sql, prefix),
  };
  await runOnDatabase(values.port, work[action]());
});
