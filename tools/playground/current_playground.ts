import { join } from "node:path";
import { buildPlayground, PLAYGROUND } from "./build_playground.ts";

/** The files of a build, by name. */
export type PlaygroundFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

let known: { readonly changedAt: number; readonly files: Promise<PlaygroundFiles> } | undefined;

/** The playground as its sources are now: built once, whoever asks, and again when a source is newer. */
export async function currentPlayground(): Promise<PlaygroundFiles> {
  const changedAt = await newestChange(PLAYGROUND);
  if (known?.changedAt !== changedAt) {
    const files = build();
    known = { changedAt, files };
    // What could not be built is tried again.
    files.catch(() => known = undefined);
  }
  return await known.files;
}

async function build(): Promise<PlaygroundFiles> {
  const folder = await Deno.makeTempDir({ prefix: "makeit3d-playground-" });
  try {
    await buildPlayground(folder);
    const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
    const entries = names.map(async (name) =>
      [name, await Deno.readFile(join(folder, name))] as const
    );
    return new Map(await Promise.all(entries));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** In milliseconds; 0 for an empty folder. */
async function newestChange(folder: string): Promise<number> {
  let newest = 0;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    const changed = isDirectory
      ? await newestChange(path)
      : (await Deno.stat(path)).mtime?.getTime() ?? 0;
    newest = Math.max(newest, changed);
  }
  return newest;
}
