import { join } from "node:path";
import { repository } from "../local/stack/folders.ts";
import { run } from "../local/stack/run.ts";

/** The playground's sources. */
export const PLAYGROUND = join(repository, "playground");

/** Files of the page that are served as they are. */
const STATIC = ["index.html", "icon.svg"];

/** Puts the decoders of compressed models beside the page. */
const WRITE_DECODERS = "task/results/write_decoders.ts";

/**
 * Builds the playground into a folder that any static host can serve. What a page needs only for some
 * results, as the 3D viewer, is in files of their own.
 */
export async function buildPlayground(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const flags = ["--quiet", "--platform=browser", "--minify", "--code-splitting"];
  await deno("bundle", ...flags, `--outdir=${folder}`, "main.tsx");
  await deno("run", "--quiet", `--allow-write=${folder}`, WRITE_DECODERS, folder);
  await Promise.all(
    STATIC.map((name) => Deno.copyFile(join(PLAYGROUND, name), join(folder, name))),
  );
  await Deno.writeTextFile(join(folder, "main.css"), await readStyles());
  // An owner may name the project in it; the local stack answers for it.
  await Deno.writeTextFile(join(folder, "playground.json"), "{}\n");
}

/** Runs Deno under the playground's own settings. */
async function deno(...args: readonly string[]): Promise<void> {
  await run(Deno.execPath(), args, { cwd: PLAYGROUND });
}

/** Tokens and plain elements come first, views may change what stands before them. */
async function readStyles(): Promise<string> {
  const folder = join(PLAYGROUND, "style");
  const first = ["tokens.css", "base.css", "components.css", "shell.css"];
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).toSorted();
  const ordered = [...first, ...names.filter((name) => !first.includes(name))];
  const texts = await Promise.all(ordered.map((name) => Deno.readTextFile(join(folder, name))));
  return texts.join("\n");
}
