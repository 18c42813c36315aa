import assert from "node:assert/strict";
import { isRetryable, shownErrorCodeOf, shownErrorCodes } from "./task_errors.ts";

const root = new URL("../../", import.meta.url);

/** The words for the user, by code, as the database has them. */
async function messages(): Promise<Map<string, string>> {
  const file = new URL("supabase/schemas/10_tables/01_task_errors.sql", root);
  const text = await Deno.readTextFile(file);
  const [, rows = ""] = /insert into private\.task_errors .*? values\n([^]*?);\n/.exec(text) ?? [];
  return new Map(
    [...rows.matchAll(/\('(\w+)', '([^']+)'\)/g)].map(([, code = "", words = ""]) => [code, words]),
  );
}

Deno.test("each way a task can fail is told, and whether to try again as its words say", async () => {
  const words = await messages();
  assert.deepEqual([...words.keys()].sort(), [...shownErrorCodes].sort());
  for (const code of shownErrorCodes) {
    assert.equal(isRetryable(code), !/will not help/.test(words.get(code) ?? ""), code);
  }
});

Deno.test("what newer code has written is an error of ours", () => {
  assert.equal(shownErrorCodeOf("timeout"), "timeout");
  for (const code of ["too_new", "", "toString", "__proto__"]) {
    assert.equal(shownErrorCodeOf(code), "internal");
  }
});

Deno.test("docs/app.md says of each what an app does", async () => {
  const page = await Deno.readTextFile(new URL("docs/app.md", root));
  const [, section = ""] = /\n## When a task has failed\n([^]*?)\n## /.exec(page) ?? [];
  const rows = [...section.matchAll(/^\| `(\w+)` +\| `(true|false)` +\| (.+?) +\|$/gm)];
  const told = rows.map(([, code, retryable]) => [code, retryable]);
  assert.deepEqual(told, shownErrorCodes.map((code) => [code, String(isRetryable(code))]));
});
