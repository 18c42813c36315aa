import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { repository } from "../../local/stack/folders.ts";
import { run } from "../../local/stack/run.ts";

/** Where a deploy leaves what it has uploaded, with source maps: to find the place of a stack's line. */
export const BUNDLES_FOLDER = join(repository, ".dev/deploy");

/** Each function on the platform and the folder its code is in. */
export const FUNCTIONS: Readonly<Record<string, string>> = {
  account: "account",
  generation: "generation",
  operator: "operator",
  tasks: "tasks-status",
  "tasks-status": "tasks-status",
  worker: "worker",
};

/**
 * Writes a Supabase project whose functions are one file each, with all packages in it, in the versions
 * that deno.lock pins: what the platform or its CLI would resolve by itself, without the lock file, is
 * whatever a registry offers at the moment of the deploy, beside every provider's key. Throws if the
 * lock file does not have all of it.
 */
export async function bundleFunctions(folder: string): Promise<void> {
  const functions = join(folder, "supabase/functions");
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(functions, { recursive: true });
  for (const [name, code] of Object.entries(FUNCTIONS)) {
    const entry = join(folder, `${name}.ts`);
    await Deno.writeTextFile(entry, entryOf(`supabase/functions/${code}/index.ts`));
    await bundle(entry, bundleOf(folder, name));
  }
  const config = await Deno.readTextFile(join(repository, "supabase/config.toml"));
  await Deno.writeTextFile(join(folder, "supabase/config.toml"), configOfBundles(config));
  // The CLI would look for another one in the folders above.
  await Deno.writeTextFile(join(functions, "deno.json"), "{}\n");
}

/** The one file of a function. */
export function bundleOf(folder: string, name: string): string {
  return join(folder, "supabase/functions", name, "index.js");
}

/** The project's own settings, but for where each function is. */
export function configOfBundles(config: string): string {
  let section = "";
  return config.split("\n").map((line) => {
    if (line.startsWith("[")) section = /^\[functions\.([\w-]+)\]/.exec(line)?.[1] ?? "";
    if (section === "") return line;
    if (line.startsWith("entrypoint")) return `entrypoint = "./functions/${section}/index.js"`;
    return line.startsWith("import_map") ? 'import_map = "./functions/deno.json"' : line;
  }).join("\n");
}

function entryOf(file: string): string {
  return ["tools/operate/deploy/node_globals.ts", file]
    .map((part) => `import ${JSON.stringify(pathToFileURL(join(repository, part)).href)};\n`)
    .join("");
}

/** Names are kept, so that a stack can be read without the map. */
async function bundle(entry: string, output: string): Promise<void> {
  await run(
    Deno.execPath(),
    [
      ["bundle", "--quiet", "--frozen", "--config", "deno.json", "--platform", "deno"],
      ["--sourcemap", "external", "--output", output, entry],
    ].flat(),
    { cwd: repository, env: { NO_COLOR: "1" } },
  );
}
