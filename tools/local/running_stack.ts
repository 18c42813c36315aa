import postgres from "postgres";
import { taskCommand } from "../command_line.ts";
import { environmentOf } from "./stack/environment.ts";
import { foldersOf } from "./stack/folders.ts";
import { findStarter } from "./stack/leftovers.ts";
import { loadSecrets, portsFrom } from "./stack/settings.ts";

/** The environment of the stack that runs on a port. Throws an error that says how to start one. */
export async function environmentOfRunningStack(port: number): Promise<Record<string, string>> {
  const { stack } = foldersOf(port);
  if ((await findStarter(stack)) === undefined) {
    throw new Error(
      `No stack is running on port ${port}. Start one with: ${taskCommand("dev")} --port ${port}`,
    );
  }
  return environmentOf(portsFrom(port), await loadSecrets(stack));
}

/** For the commands of operators: the database that DATABASE_URL names, else that of the running stack. */
export async function connectToOperate(port: number): Promise<postgres.Sql> {
  const own = Deno.env.get("DATABASE_URL");
  const url = own ?? (await environmentOfRunningStack(port))["DATABASE_URL"] ?? "";
  // It may be the pooler's, which keeps no prepared statements.
  return postgres(url, { max: 1, prepare: false, onnotice: () => {} });
}
