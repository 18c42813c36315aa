import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { repository } from "../tools/local/stack/folders.ts";

/**
 * The files with tests in a folder and those below it, by their paths in the repository, in the order
 * of these.
 *
 * @param others Folders and files whose tests are not meant.
 */
export async function testFiles(folder: string, others: readonly string[]): Promise<string[]> {
  const names = await readdir(join(repository, folder), { recursive: true });
  return names
    .map((name) => join(folder, name))
    .filter((path) =>
      path.endsWith("_test.ts") &&
      !others.some((other) => path === other || path.startsWith(`${other}/`))
    )
    .toSorted();
}

/** Deals values out in turns, into so many parts. */
export function inTurns<T>(values: readonly T[], parts: number): T[][] {
  return Array.from(
    { length: parts },
    (_, part) => values.filter((_, place) => place % parts === part),
  );
}
