/** `deno task stop`: stops the local stack, whoever started it, or what is left of one. */
import { DEFAULT_PORT, main, print, readPort } from "../command_line.ts";
import { stop } from "../commands/local_commands.ts";
import { foldersOf } from "./stack/folders.ts";
import { stopStack } from "./stack/leftovers.ts";

await main(stop, async ({ values }) => {
  const port = readPort(values.port) ?? DEFAULT_PORT;
  const stopped = await stopStack(foldersOf(port).stack);
  if (stopped.length === 0) return print(`No stack is running on port ${port}`);
  const isWhole = stopped.some(({ name }) => name === "starter");
  print(
    isWhole
      ? `Stopped the stack on port ${port}; its data is kept:`
      : `The starter of the stack on port ${port} was killed. Stopped what it had left running:`,
  );
  for (const { name, pid } of stopped) print(`  ${name} (process ${pid})`);
});
