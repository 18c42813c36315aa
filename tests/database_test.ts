import postgres from "postgres";
import { runPgTap } from "./support/pgtap.ts";
import { stack } from "./support/stack.ts";

Deno.test("the database keeps its promises", async (t) => {
  const sql = postgres(stack.adminUrl, { max: 1, onnotice: () => {} });
  try {
    await runPgTap(t, sql);
  } finally {
    // What only tests need would be in the advisors' and the other tests' way.
    await sql`drop schema if exists tests cascade`;
    await sql`drop extension if exists pgtap`;
    await sql.end();
  }
});
