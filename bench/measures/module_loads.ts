import { fileURLToPath } from "node:url";
import { moduleGraphOf } from "../../testing/module_graph.ts";
import { FUNCTION_NAMES, functionSettings, scripts } from "../functions.ts";
import type { ModuleLoad } from "../results.ts";
import { median } from "../statistics.ts";

const TIME_IMPORT = fileURLToPath(new URL("../time_import.ts", import.meta.url));

/**
 * Time from the first line of a fresh process until a function and all it imports are loaded, beside
 * an empty function. They take turns, so that what else the machine does meets all.
 */
export async function measureModuleLoads(rounds: number): Promise<ModuleLoad[]> {
  const times = scripts.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, script] of scripts.entries()) {
      const milliseconds = await timeImport(script);
      // The first fills the caches of the disk.
      if (round > 0) times[index]?.push(milliseconds);
    }
  }
  const [emptyMilliseconds = 0, ...loads] = times.map(median);
  return await Promise.all(FUNCTION_NAMES.map(async (name, index) => {
    const { files, packages } = await moduleGraphOf(`supabase/functions/${name}/index.ts`);
    return {
      name,
      files: files.size,
      bytes: [...files.values()].reduce((sum, size) => sum + size, 0),
      packages: new Set(packages.map(packageOf)).size,
      milliseconds: loads[index] ?? 0,
      emptyMilliseconds,
    };
  }));
}

/** `hono` of `hono/cors`. */
function packageOf(entry: string): string {
  return entry.split("/").slice(0, entry.startsWith("@") ? 2 : 1).join("/");
}

async function timeImport(script: string): Promise<number> {
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--allow-net",
      "--allow-env",
      "--allow-read",
      TIME_IMPORT,
      `file://${script}`,
    ],
    env: functionSettings(),
    stdin: "null",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`Cannot load ${script}`);
  return Number(new TextDecoder().decode(stdout));
}
