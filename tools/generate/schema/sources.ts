import { join } from "node:path";
import { repository } from "../../local/stack/folders.ts";

export interface Source {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

const FOLDER = "supabase/schemas";

/** The SQL sources in the order in which they run: no file names what a later one defines. */
export async function readSources(root: string = repository): Promise<Source[]> {
  const paths: string[] = [];
  for await (const folder of Deno.readDir(join(root, FOLDER))) {
    if (!folder.isDirectory) continue;
    for await (const { name } of Deno.readDir(join(root, FOLDER, folder.name))) {
      if (name.endsWith(".sql")) paths.push(`${FOLDER}/${folder.name}/${name}`);
    }
  }
  return await Promise.all(
    paths.sort().map(async (path) => ({
      path,
      text: await Deno.readTextFile(join(root, path)),
    })),
  );
}
