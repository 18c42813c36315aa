import assert from "node:assert/strict";
import { FLOW, flow, LANES, PATH, withProject } from "./test_project.ts";
import { writeMigration } from "./write_migration.ts";

const now = new Date("2026-12-24T10:11:12Z");

Deno.test("nothing changed is no migration", async () => {
  await withProject(async ({ root }) => {
    assert.equal(await writeMigration(root, "slower_claims", now), undefined);
  });
});

Deno.test("a changed function becomes a migration, and the next one starts from there", async () => {
  await withProject(async ({ root, write, read, commit }) => {
    await write(FLOW, flow(2));
    const written = await writeMigration(root, "slower_claims", now);
    assert.deepEqual(written, { path: PATH, copied: ["function private.limit"], missing: [] });
    assert.ok((await read(PATH)).endsWith(`\n${flow(2)}`));
    await commit();
    assert.equal(await writeMigration(root, "again", now), undefined);
  });
});

Deno.test("a changed table waits for a statement by hand, which is kept", async () => {
  await withProject(async ({ root, write, read }) => {
    await write(LANES, "create table private.lanes (provider text, note text);\n");
    await write(FLOW, flow(3));
    const first = await writeMigration(root, "slower_claims", now);
    assert.deepEqual(first?.missing, [{ object: "table private.lanes", change: "changed" }]);

    const alter = "alter table private.lanes add column note text;\n";
    await write(PATH, `${alter}${await read(PATH)}`);
    await write(FLOW, flow(4));
    const second = await writeMigration(root, "slower_claims", new Date("2027-01-01T00:00:00Z"));
    assert.deepEqual(second, { path: PATH, copied: ["function private.limit"], missing: [] });
    const text = await read(PATH);
    assert.ok(text.startsWith(alter) && text.endsWith(flow(4)) && !text.includes(flow(3)), text);
  });
});

Deno.test("while one migration is not committed, no other is begun", async () => {
  await withProject(async ({ root, write }) => {
    await write(FLOW, flow(2));
    await writeMigration(root, "slower_claims", now);
    await assert.rejects(writeMigration(root, "other", now), /slower_claims.sql is not committed/);
  });
});
