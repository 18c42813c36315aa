import assert from "node:assert/strict";
import { findUnmigrated } from "./next_migration.ts";
import { BASELINE, FLOW, flow, LANES, PATH, withProject } from "./test_project.ts";
import { writeMigration } from "./write_migration.ts";

const now = new Date("2026-12-24T10:11:12Z");
const WITH_NOTE = "create table private.lanes (provider text, note text);\n";

Deno.test("what is as the last migration left it needs none", async () => {
  await withProject(async ({ root }) => assert.deepEqual(await findUnmigrated(root), []));
});

Deno.test("a change without its migration is told, committed or not", async () => {
  await withProject(async ({ root, write, commit }) => {
    await write(FLOW, flow(2));
    await write(LANES, WITH_NOTE);
    const unmigrated = ["table private.lanes", "function private.limit"];
    assert.deepEqual(await findUnmigrated(root), unmigrated);
    await commit();
    assert.deepEqual(await findUnmigrated(root), unmigrated);
  });
});

Deno.test("a change in the migration that is being written is none", async () => {
  await withProject(async ({ root, write, read, commit }) => {
    await write(FLOW, flow(2));
    await write(LANES, WITH_NOTE);
    await writeMigration(root, "slower_claims", now);
    assert.deepEqual(await findUnmigrated(root), ["table private.lanes"]);
    const alter = "alter table private.lanes add column note text;\n";
    await write(PATH, `${alter}${await read(PATH)}`);
    assert.deepEqual(await findUnmigrated(root), []);
    await commit();
    assert.deepEqual(await findUnmigrated(root), []);
  });
});

Deno.test("a function that was changed once more since is told", async () => {
  await withProject(async ({ root, write }) => {
    await write(FLOW, flow(2));
    await writeMigration(root, "slower_claims", now);
    await write(FLOW, flow(3));
    assert.deepEqual(await findUnmigrated(root), ["function private.limit"]);
  });
});

Deno.test("beside an edited migration only the catalogues tell", async () => {
  await withProject(async ({ root, write }) => {
    await write(FLOW, flow(2));
    await write(BASELINE, "select 2;\n");
    assert.deepEqual(await findUnmigrated(root), []);
  });
});

Deno.test("two branches with a migration each need no third when they are merged", async () => {
  await withProject(async ({ root, write, commit, git }) => {
    await git("checkout", "--quiet", "-b", "other");
    await write(LANES, WITH_NOTE);
    await write("supabase/migrations/20261224000000_note.sql", "alter table private.lanes;\n");
    await commit();
    await git("checkout", "--quiet", "-b", "this", "HEAD~1");
    await write(FLOW, flow(2));
    await writeMigration(root, "slower_claims", now);
    await commit();
    await git("merge", "--quiet", "--no-edit", "other");
    assert.deepEqual(await findUnmigrated(root), []);
  });
});
