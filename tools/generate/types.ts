/** `deno task types`: writes the types of the running stack's database. */
import { main, print, readCommandLine } from "../command_line.ts";
import { environmentOfRunningStack } from "../local/running_stack.ts";
import { foldersOf } from "../local/stack/folders.ts";
import { generateTypes, typesFile } from "./generate_types.ts";
import { installTool } from "../local/stack/tools.ts";

await main(async () => {
  const { port } = readCommandLine(Deno.args);
  const { DATABASE_URL = "" } = await environmentOfRunningStack(port);
  const supabase = await installTool(foldersOf(port).tools, "supabase");
  await Deno.writeTextFile(typesFile, await generateTypes(supabase, DATABASE_URL));
  print(`Written ${typesFile}`);
});
