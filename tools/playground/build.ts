/** `deno task playground`: builds the playground for a static host. */
import { join } from "node:path";
import { main, print } from "../command_line.ts";
import { playground } from "../commands/development_commands.ts";
import { repository } from "../local/stack/folders.ts";
import { buildPlayground } from "./build_playground.ts";

await main(playground, async () => {
  const folder = join(repository, ".dev/playground");
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await buildPlayground(folder);
  print(`Wrote ${folder}: put it on any static host. It asks for the project's address and keys`);
});
