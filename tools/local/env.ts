/** `deno task env`: prints the settings of the running stack as dotenv lines. */
import { DEFAULT_PORT, main, print, printError, readPort } from "../command_line.ts";
import { env } from "../commands/local_commands.ts";
import { environmentOfRunningStack } from "./running_stack.ts";
import { isForApps } from "./stack/environment.ts";

await main(env, async ({ values: { app, port } }) => {
  const environment = Object.entries(
    await environmentOfRunningStack(readPort(port) ?? DEFAULT_PORT),
  );
  for (const [name, value] of environment) {
    if (!app || isForApps(name)) print(`${name}=${value.includes(" ") ? `'${value}'` : value}`);
  }
  // Where it does not end up in the file that somebody writes the rest to.
  if (!app) printError("Some of these are secrets; what may be built into an app: --app");
});
