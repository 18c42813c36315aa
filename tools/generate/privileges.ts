/** `deno task privileges`: writes who may do what in the running stack's database. */
import postgres from "postgres";
import { DEFAULT_PORT, main, print, readPort } from "../command_line.ts";
import { privileges } from "../commands/development_commands.ts";
import { environmentOfRunningStack } from "../local/running_stack.ts";
import { listPrivileges, privilegesFile } from "./list_privileges.ts";

await main(privileges, async ({ values }) => {
  const port = readPort(values.port) ?? DEFAULT_PORT;
  const { DATABASE_URL = "" } = await environmentOfRunningStack(port);
  const sql = postgres(DATABASE_URL, { max: 1, onnotice: () => {} });
  try {
    await Deno.writeTextFile(privilegesFile, await listPrivileges(sql));
  } finally {
    await sql.end();
  }
  print(`Written ${privilegesFile}: look at what has changed before you commit it`);
});
