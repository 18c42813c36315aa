import assert from "node:assert/strict";

const root = new URL("../../", import.meta.url);
const text = await Deno.readTextFile(new URL("SECURITY.md", root));

/** Cells of the table, without its head. */
const rows = text.split("\n")
  .filter((line) => line.startsWith("|"))
  .slice(2)
  .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));

Deno.test("each row of the threat model says what, who, how, what stops it, and shows it", async (t) => {
  assert.ok(rows.length > 20);
  for (const cells of rows) {
    await t.step(cells.slice(0, 3).join(": "), async () => {
      assert.equal(cells.length, 5);
      assert.ok(cells.every(Boolean));
      const paths = [...(cells[4] ?? "").matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);
      assert.ok(paths.length > 0);
      for (const path of paths) {
        assert.match(path, /_test\.(?:ts|sql)$/);
        assert.ok((await Deno.stat(new URL(path, root))).isFile, path);
      }
    });
  }
});
