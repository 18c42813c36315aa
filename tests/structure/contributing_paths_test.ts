import assert from "node:assert/strict";
import { join } from "node:path";
import { repository } from "../../tools/local/stack/folders.ts";
import { run } from "../../tools/local/stack/run.ts";

/** Inline code that names a file or a folder: with a slash, or with the end of a file's name. */
const PATH = /^(?![@.]dev|@|\/)[\w.<>*-]+(?:\/[\w.<>*-]*)+$|^[\w*-]+\.(?:ts|sql|md|txt)$/;

/** What a page names so, without what stands in blocks. */
function pathsIn(markdown: string): string[] {
  const prose = markdown.replace(/^( *)(```|~~~)[^]*?^\1\2/gm, "");
  const spans = [...prose.matchAll(/(?<!`)`(?!`)([^`]+)`(?!`)/g)].map(([, code = ""]) => code);
  return [...new Set(spans.filter((code) => PATH.test(code)))];
}

/** A path, or its end, as a pattern: `<provider>` and `*` stand for any part of a name. */
function patternOf(path: string): RegExp {
  const escaped = path.replace(/\/$/, "").replaceAll(".", "\\.")
    .replaceAll(/<\w+>|\*/g, "[^/]*");
  return new RegExp(`(?:^|/)${escaped}(?:/|$)`, "m");
}

/** Those that name nothing of the repository. */
function missing(paths: readonly string[], files: string): string[] {
  return paths.filter((path) => !patternOf(path).test(files));
}

Deno.test("every path that CONTRIBUTING.md names is there", async () => {
  const files = await run("git", ["ls-files"], { cwd: repository });
  const paths = pathsIn(await Deno.readTextFile(join(repository, "CONTRIBUTING.md")));
  assert.ok(paths.includes("shared/contract/operation_ids.ts"));
  assert.deepEqual(missing(paths, files), []);
});

Deno.test("a path may leave its beginning out, and have parts that stand for any", () => {
  const files = "shared/providers/flux/mod.ts\nsupabase/tests/access/every_row_test.sql\n";
  const page =
    "`shared/providers/<provider>/mod.ts`, `mod.ts`, `access/every_*`, `od.ts`, `gone/mod.ts`" +
    ", `@tus/server`, `deno task ok`, `m3d_`\n\n```sh\ncat no/such/file\n```\n";
  const paths = pathsIn(page);
  assert.deepEqual(paths.length, 5);
  assert.deepEqual(missing(paths, files), ["od.ts", "gone/mod.ts"]);
});
