import { join } from "node:path";
import { extract } from "tar";
import { repository } from "../../tools/local/stack/folders.ts";
import { run } from "../../tools/local/stack/run.ts";

/** What stands for the last release until there is one. */
const FIRST_VERSION = "a661c0f09ed7eed53b16cee76ecf8480e9d6ec6c";

/** Whether it is a release, and not what stands for one. */
export function isTag(version: string): boolean {
  return version.startsWith("v");
}

/**
 * The tag of the last release before what lies in a repository's folder, or the commit that stands for
 * it. Undefined where the history is not at hand: in a copy of the files, or a shallow clone.
 */
export async function findLastRelease(
  folder: string = repository,
  fallback: string = FIRST_VERSION,
): Promise<string | undefined> {
  const git = (...args: string[]): Promise<string> => run("git", args, { cwd: folder });
  try {
    // A commit that is a release itself is compared with the one before.
    const others = ["--merged", "HEAD", "--no-contains", "HEAD"];
    const tags = await git("tag", "--list", "v*", "--sort=-version:refname", ...others);
    const name = tags.split("\n")[0] || fallback;
    await git("rev-parse", "--verify", "--quiet", `${name}^{commit}`);
    return name;
  } catch {
    return undefined;
  }
}

/** Gives the work a folder with the files of a version, without a history. */
export async function withCheckout<T>(
  version: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "makeit3d-release-" });
  try {
    const file = join(folder, "files.tar");
    await run("git", ["archive", `--output=${file}`, version], { cwd: repository });
    await extract({ file, cwd: folder });
    await Deno.remove(file);
    return await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
