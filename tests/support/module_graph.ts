import { relative } from "node:path";
import { z } from "zod";
import { repository } from "../../tools/local/stack/folders.ts";
import { run } from "../../tools/local/stack/run.ts";

const graph = z.object({
  modules: z.array(z.object({ specifier: z.string(), kind: z.string().optional() })),
});

/** The files of the repository that a module reaches by its imports, types included. */
export async function moduleGraph(entrypoint: string): Promise<readonly string[]> {
  const printed = await run(Deno.execPath(), ["info", "--json", entrypoint], { cwd: repository });
  return graph.parse(JSON.parse(printed)).modules
    .filter(({ specifier }) => specifier.startsWith("file://"))
    .map(({ specifier }) => relative(repository, new URL(specifier).pathname))
    .sort();
}
