import assert from "node:assert/strict";
import { routeOf, taskAddress, viewAddress } from "./route.ts";

Deno.test("an address names a view and what is in it", () => {
  const route = routeOf(viewAddress("compare", { prompt: "a fox & a hen" }));
  assert.ok(route.view === "compare");
  assert.equal(route.query.get("prompt"), "a fox & a hen");
});

Deno.test("a task's address has its id, whatever characters that has", () => {
  assert.deepEqual(routeOf(taskAddress("a/b c")), { view: "task", id: "a/b c" });
});

Deno.test("an address that names nothing shows the first view", () => {
  for (const hash of ["", "#", "#/", "#/nothing", "#/task", "#/task/"]) {
    assert.equal(routeOf(hash).view, "create", hash);
  }
});
