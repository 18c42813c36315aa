import assert from "node:assert/strict";
import { run } from "../../tools/local/stack/run.ts";
import { repository } from "../../tools/local/stack/folders.ts";
import { join } from "node:path";

/** Inline code that a line break tears, which no search finds: with the number of its first line. */
function tornSpans(markdown: string): string[] {
  const prose = markdown.replace(/^( *)(```|~~~)[^]*?^\1\2/gm, (block) => block.replace(/\S/g, ""));
  return [...prose.matchAll(/(?<!`)`(?!`)([^`]*)`(?!`)/g)]
    .filter(([, code = ""]) => code.includes("\n") && !code.includes("\n\n"))
    .map(({ 0: span, index }) => `line ${prose.slice(0, index).split("\n").length}: ${span}`);
}

Deno.test("no inline code of a document is torn by a line break", async (t) => {
  const files = (await run("git", ["ls-files", "*.md"], { cwd: repository })).trim().split("\n");
  for (const file of files.filter((name) => !name.startsWith("tests/guide/"))) {
    await t.step(file, async () => {
      assert.deepEqual(tornSpans(await Deno.readTextFile(join(repository, file))), []);
    });
  }
});

Deno.test("torn code is noticed, and what stands in a block is not", () => {
  assert.deepEqual(tornSpans("A `code\nspan`."), ["line 1: `code\nspan`"]);
  assert.deepEqual(tornSpans("A `code span`.\n\n```sql\nselect `a\nb`;\n```\n"), []);
});
