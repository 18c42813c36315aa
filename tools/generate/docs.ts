/** `deno task docs`: writes the reference of the API, docs/api.md. */
import { main, print } from "../command_line.ts";
import { referenceFile, referencePage } from "./reference/page.ts";

await main(async () => {
  await Deno.writeTextFile(referenceFile, await referencePage());
  print(`Wrote ${referenceFile.pathname}`);
});
