import assert from "node:assert/strict";
import { isOddPath } from "./odd_paths.ts";

Deno.test("a path that a parser resolves or rewrites is odd", async (t) => {
  const odd = [
    "/functions/v1/tasks/../../../rest/v1/tasks",
    "/functions/v1/tasks/%2e%2E/worker",
    "/functions/v1/./tasks",
    "/functions/v1/tasks/..",
    "/functions/v1\\tasks",
    "\\rest\\v1",
    "/storage/v1/object/inputs/a\u0001b",
  ];
  for (const path of odd) {
    await t.step(path, () => assert.ok(isOddPath(`http://127.0.0.1:54321${path}`)));
  }
});

Deno.test("other paths are not, whatever is in names and queries", async (t) => {
  const plain = [
    "/",
    "/functions/v1/tasks/1/status?x=/../",
    // The services refuse it, in words of their own.
    "/functions/v1/tasks/%00/status",
    "/rest/v1/tasks?select=*&id=eq.%00",
    "/storage/v1/object/inputs/a..b/...png",
    "/storage/v1/object/inputs/%252e%252e/a+b&c=d,e;f@g$h:i",
    "/storage/v1/object/inputs/{ü}",
  ];
  for (const path of plain) {
    await t.step(path, () => assert.ok(!isOddPath(`http://127.0.0.1:54321${path}`)));
  }
});
