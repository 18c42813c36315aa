import { taskCommand } from "./command_line.ts";
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
