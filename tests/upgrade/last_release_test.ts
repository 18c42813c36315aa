import assert from "node:assert/strict";
import { run } from "../../tools/local/stack/run.ts";
import { findLastRelease } from "./last_release.ts";

async function withRepository(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A commit without files, under a tag unless it has none. */
async function commit(folder: string, tag?: string): Promise<void> {
  const author = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  const options = ["--quiet", "--allow-empty", "--message", "A commit"];
  await run("git", [...author, "commit", ...options], { cwd: folder });
  if (tag) await run("git", ["tag", tag], { cwd: folder });
}

Deno.test("the last release is the highest version before this commit, not the last in the alphabet", async () => {
  await withRepository(async (folder) => {
    await run("git", ["init", "--quiet"], { cwd: folder });
    for (const tag of ["v2.9.0", "v2.10.0"]) await commit(folder, tag);
    await commit(folder);
    assert.equal(await findLastRelease(folder), "v2.10.0");
    await commit(folder, "v2.11.0");
    assert.equal(
      await findLastRelease(folder),
      "v2.10.0",
      "a release is compared with the one before",
    );
  });
});

Deno.test("before the first release a commit stands for it, and without a history nothing", async () => {
  await withRepository(async (folder) => {
    assert.equal(await findLastRelease(folder), undefined);
    await run("git", ["init", "--quiet"], { cwd: folder });
    await commit(folder);
    assert.equal(await findLastRelease(folder), undefined, "as in a shallow clone");
    assert.equal(await findLastRelease(folder, "HEAD"), "HEAD");
  });
});
