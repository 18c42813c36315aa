/** `deno task keys`: creates, imports, lists and revokes the API keys of apps. */
import { main } from "../command_line.ts";
import { keys } from "../commands/operator_commands.ts";
import { createKey, importKey, listKeys, revokeKey } from "./keys/commands.ts";
import { readNewKey } from "./keys/new_key.ts";
import { runOnDatabase, type Work } from "./run_command.ts";

await main(keys, async ({ action, operands: [operand = ""], values }) => {
  // Everything a person may have mistyped is told before anything is connected to.
  const work: Record<typeof action, () => Work> = {
    create: () => {
      const key = readNewKey(values, new Date());
      return (sql, { localPort }) => createKey(sql, key, localPort === undefined ? "live" : "dev");
    },
    import: () => {
      const key = readNewKey(values, new Date());
      return (sql) => importKey(sql, operand, key);
    },
    list: () => listKeys,
    revoke: () => (sql) => revokeKey(sql, operand),
  };
  await runOnDatabase(values.port, work[action]());
});
