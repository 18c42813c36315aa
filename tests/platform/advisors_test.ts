import assert from "node:assert/strict";
import { repository } from "../../tools/local/stack/folders.ts";
import { run } from "../../tools/local/stack/run.ts";
import { installTool } from "../../tools/local/stack/tools.ts";
import { stack, withDatabase } from "../support/stack.ts";

const supabase = await installTool(stack.tools, "supabase");

/** The findings of the Supabase dashboard's advisors. Throws with them if one is to be warned of. */
async function askAdvisors(): Promise<string> {
  return await run(
    supabase,
    [
      ["db", "advisors", `--remote=${stack.environment["DATABASE_URL"]}`],
      ["--type", "all", "--fail-on", "warn"],
    ].flat(),
    { cwd: repository, env: { DO_NOT_TRACK: "1" } },
  );
}

Deno.test("the advisors have nothing to warn of", async () => {
  await askAdvisors();
});

Deno.test("they would have: a table open to everybody does not pass", async () => {
  await withDatabase(async (sql) => {
    // As somebody may do by mistake; there is nothing in it.
    await sql`create table public.advisors_probe (id integer primary key)`;
    try {
      await sql`grant select on public.advisors_probe to anon`;
      await assert.rejects(askAdvisors(), /rls_disabled_in_public/);
    } finally {
      await sql`drop table public.advisors_probe`;
    }
  });
});
