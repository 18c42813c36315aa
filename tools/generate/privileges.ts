/** `deno task privileges`: writes who may do what in the running stack's database. */
import postgres from "postgres";
import { main, print, readCommandLine } from "../command_line.ts";
import { environmentOfRunningStack } from "../local/running_stack.ts";
import { listPrivileges, privilegesFile } from "./list_privileges.ts";

await main(async () => {
  const { port } = readCommandLine(Deno.args);
  const { DATABASE_URL = "" } = await environmentOfRunningStack(port);
  const sql = postgres(DATABASE_URL, { max: 1, onnotice: () => {} });
  try {
    await Deno.writeTextFile(privilegesFile, await listPrivileges(sql));
  } finally {
    await sql.end();
  }
  print(`Written ${privilegesFile}: look at what has changed before you commit it`);
});
