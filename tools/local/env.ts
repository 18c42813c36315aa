/** `deno task env`: prints the settings of the running stack as dotenv lines. */
import { DEFAULT_PORT, main, print, printError, readPort } from "../command_line.ts";
import { env } from "../commands/local_commands.ts";
import { appEnvironmentOfRunningStack, environmentOfRunningStack } from "./running_stack.ts";

await main(env, async ({ values: { app, port: portText } }) => {
  const port = readPort(portText) ?? DEFAULT_PORT;
  const environment = app
    ? await appEnvironmentOfRunningStack(port)
    : await environmentOfRunningStack(port);
  for (const [name, value] of Object.entries(environment)) {
    print(`${name}=${value.includes(" ") ? `'${value}'` : value}`);
  }
  // Where it does not end up in the file that somebody writes the rest to.
  if (!app) printError("Some of these are secrets; what may be built into an app: --app");
});
