/** `deno task pack-client`: builds the client's package for npm, as it would be published. */
import { join } from "node:path";
import { main, print } from "../command_line.ts";
import { packClient as command } from "../commands/development_commands.ts";
import { repository } from "../local/stack/folders.ts";
import { packClient } from "./pack_client.ts";

await main(command, async () => {
  const { folder, tarball } = await packClient(join(repository, ".dev/client"));
  // Whatever lies in the repository is checked with it.
  await Deno.remove(folder, { recursive: true });
  print(`Wrote ${tarball}`);
});
