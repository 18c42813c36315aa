/** `deno task docs`: writes what is made of data: two pages of docs, and the client's types. */
import { main, print } from "../command_line.ts";
import { docs } from "../commands/development_commands.ts";
import { commandsPage } from "../commands/page.ts";
import { clientImageLimits, clientTypes } from "./client_types.ts";
import { formatMarkdown } from "./format_markdown.ts";
import { referencePage } from "./reference/page.ts";

const files = {
  "docs/api.md": referencePage,
  "docs/commands.md": () => formatMarkdown(commandsPage()),
  "client/generated/api.ts": clientTypes,
  "client/generated/image_limits.ts": clientImageLimits,
};

await main(docs, async () => {
  for (const [name, write] of Object.entries(files)) {
    const file = new URL(`../../${name}`, import.meta.url);
    await Deno.writeTextFile(file, await write());
    print(`Wrote ${file.pathname}`);
  }
});
