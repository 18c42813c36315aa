import assert from "node:assert/strict";
import { inTurns, testFiles } from "../test_files.ts";

Deno.test("a folder's files with tests are all found, but for those of others", async () => {
  const all = await testFiles("tests", []);
  const here = await testFiles("tests/structure", []);
  assert.ok(here.includes("tests/structure/test_files_test.ts"));
  assert.ok(!all.includes("tests/run_tests.ts"));
  const others = await testFiles("tests", ["tests/structure", "tests/database_test.ts"]);
  assert.deepEqual([...others, ...here, "tests/database_test.ts"].toSorted(), all);
});

Deno.test("what is dealt out in turns is all there, once", () => {
  assert.deepEqual(inTurns([1, 2, 3, 4, 5], 2), [[1, 3, 5], [2, 4]]);
});
