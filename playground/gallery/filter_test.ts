import assert from "node:assert/strict";
import { routeOf } from "../shell/route.ts";
import { filterAddress, filterOf, isFiltering } from "./filter.ts";

Deno.test("a filter is kept in the address, and read from it", () => {
  const filter = { operation: "text-to-image", status: "failed" } as const;
  const route = routeOf(filterAddress(filter));
  assert.ok(route.view === "gallery");
  assert.deepEqual(filterOf(route.query), filter);
});

Deno.test("what an address names and nobody knows filters nothing", () => {
  const filter = filterOf(new URLSearchParams("operation=paint&status=toString"));
  assert.deepEqual(filter, { operation: undefined, status: undefined });
  assert.equal(isFiltering(filter), false);
  assert.equal(filterAddress(filter), "#/gallery");
});
