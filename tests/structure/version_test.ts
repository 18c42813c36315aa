import assert from "node:assert/strict";
import { join } from "node:path";
import { VERSION } from "../../shared/contract/version.ts";
import { repository } from "../../tools/local/stack/folders.ts";
import { run } from "../../tools/local/stack/run.ts";

Deno.test("the version in the code is the last one of the changelog", async () => {
  const changelog = await Deno.readTextFile(join(repository, "CHANGELOG.md"));
  const headings = [...changelog.matchAll(/^## (.*)$/gm)].map(([, title = ""]) => title);
  const [first, last] = headings;
  assert.equal(first, "Unreleased", "changes have a place to be written down");
  // Before the first release there is none, and the version is that of the first.
  if (last !== undefined) assert.match(last, new RegExp(`^${VERSION} - \\d{4}-\\d\\d-\\d\\d$`));
  assert.match(VERSION, /^\d+\.\d+\.\d+$/);
});

Deno.test("a commit with a release's tag has its version", async () => {
  // In a copy without a history there are no tags.
  const printed = await run("git", ["tag", "--list", "v*", "--points-at", "HEAD"], {
    cwd: repository,
  }).catch(() => "");
  const tags = printed.split("\n").filter((tag) => tag !== "");
  assert.deepEqual(tags.filter((tag) => tag !== `v${VERSION}`), []);
});
