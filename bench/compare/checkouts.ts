import { join } from "node:path";
import { repository } from "../../tools/local/stack/folders.ts";
import { run } from "../../tools/local/stack/run.ts";

/** Id of the commit that a name stands for. Throws if there is none. */
export async function commitOf(name: string): Promise<string> {
  return await git(["rev-parse", "--verify", `${name}^{commit}`]);
}

/** The working tree as a commit of no branch, with its new files; HEAD itself if nothing is changed. */
export async function commitWorkingTree(): Promise<string> {
  const head = await commitOf("HEAD");
  const folder = await Deno.makeTempDir();
  try {
    const env = { GIT_INDEX_FILE: join(folder, "index") };
    await git(["read-tree", head], env);
    await git(["add", "--all"], env);
    const tree = await git(["write-tree"], env);
    if (tree === await git(["rev-parse", `${head}^{tree}`])) return head;
    return await git(["commit-tree", tree, "-p", head, "-m", "Working tree"], AUTHOR);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const AUTHOR = {
  GIT_AUTHOR_NAME: "bench",
  GIT_AUTHOR_EMAIL: "bench@localhost",
  GIT_COMMITTER_NAME: "bench",
  GIT_COMMITTER_EMAIL: "bench@localhost",
};

/** A folder for checkouts that Postgres's user may enter, too. */
export async function createFolder(undo: AsyncDisposableStack): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "makeit3d-bench-" });
  undo.defer(() => Deno.remove(folder, { recursive: true }));
  await Deno.chmod(folder, 0o755);
  return folder;
}

/** Checks a commit out into a new worktree, and has it removed in the end with all that lies in it. */
export async function checkOut(
  commit: string,
  folder: string,
  undo: AsyncDisposableStack,
): Promise<void> {
  undo.defer(async () => {
    // It is not there if the checkout was broken off before.
    await git(["worktree", "remove", "--force", folder]).catch(() => git(["worktree", "prune"]));
  });
  await git(["worktree", "add", "--detach", folder, commit]);
}

async function git(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  return (await run("git", args, { cwd: repository, env })).trim();
}
