import assert from "node:assert/strict";
import { withDatabase } from "./support/stack.ts";

const folder = new URL("../supabase/snippets/", import.meta.url);

Deno.test("every snippet for the dashboard runs, and says what it is for", async (t) => {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  assert.ok(names.length > 10);
  for (const name of names) {
    await t.step(name, async () => {
      const text = await Deno.readTextFile(new URL(name, folder));
      assert.match(text, /^-- [A-Z]/);
      await withDatabase(async (sql) => {
        await sql.begin("read only", (transaction) => transaction.unsafe(text));
      });
    });
  }
});
