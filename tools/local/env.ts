/** `deno task env`: prints the settings of the running stack as dotenv lines. */
import { main, print, readCommandLine } from "../command_line.ts";
import { environmentOfRunningStack } from "./running_stack.ts";

await main(async () => {
  const { port } = readCommandLine(Deno.args);
  const environment = await environmentOfRunningStack(port);
  for (const [name, value] of Object.entries(environment)) {
    print(`${name}=${value.includes(" ") ? `'${value}'` : value}`);
  }
});
