import assert from "node:assert/strict";
import { showDots } from "../dots.ts";
import { readJunit } from "../junit.ts";
import { reportLines } from "../report.ts";
import { runTests } from "../run_tests.ts";

async function shown(text: string): Promise<string> {
  let output = "";
  await showDots(
    (async function* () {
      yield new TextEncoder().encode(text);
    })(),
    (part) => output += part,
  );
  return output;
}

Deno.test("a run shows a line of dots, not a line for each test", async () => {
  assert.equal(await shown(".\n.\n\u001b[31m!\u001b[0m\n,\n\nERRORS\n"), "..!,\n\nERRORS\n");
  assert.equal(await shown(".\n".repeat(100)), `${".".repeat(80)}\n${".".repeat(20)}\n`);
});

Deno.test("a report names the files of what failed, last, and what was left out", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/some_test.ts`;
    await Deno.writeTextFile(
      file,
      `Deno.test("is fine", () => {});
       Deno.test.ignore("is left out", () => {});
       Deno.test("does <harm>", async (t) => { await t.step("a step", () => { throw 1; }); });`,
    );
    const report = await runTests(Deno.execPath(), ["--quiet", "--no-lock", file], {
      isShown: false,
    });
    assert.equal(report.passed, 1);
    const lines = reportLines([report, { passed: 2, failed: [], ignored: [] }]);
    assert.deepEqual(lines.map((line) => line.replace(/ {2}.*some_test/, "  some_test")), [
      "Ignored:",
      "  some_test.ts: is left out",
      "",
      "Failed:",
      "  some_test.ts: does <harm>",
      "  some_test.ts: does <harm> > a step",
      "",
      "3 passed, 2 failed, 1 ignored",
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a run that has not begun has no tests", () => {
  assert.deepEqual(readJunit(""), { passed: 0, failed: [], ignored: [] });
  const escape = '<testsuites><testcase classname="./a.ts" name="\u001b[0m"/></testsuites>';
  assert.equal(readJunit(escape).passed, 1);
});
