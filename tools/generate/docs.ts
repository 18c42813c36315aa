/** `deno task docs`: writes the pages that are made of data, docs/api.md and docs/commands.md. */
import { main, print } from "../command_line.ts";
import { docs } from "../commands/development_commands.ts";
import { commandsPage } from "../commands/page.ts";
import { formatMarkdown } from "./format_markdown.ts";
import { referencePage } from "./reference/page.ts";

const pages = {
  "api.md": referencePage,
  "commands.md": () => formatMarkdown(commandsPage()),
};

await main(docs, async () => {
  for (const [name, write] of Object.entries(pages)) {
    const file = new URL(`../../docs/${name}`, import.meta.url);
    await Deno.writeTextFile(file, await write());
    print(`Wrote ${file.pathname}`);
  }
});
