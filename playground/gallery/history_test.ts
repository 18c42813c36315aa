import assert from "node:assert/strict";
import { taskWith } from "../task/testing.ts";
import { type History, withNewest, withOlder } from "./history.ts";

function history(ids: string, nextCursor: string | null = "more"): History {
  return { tasks: [...ids].map((id) => taskWith({ id })), nextCursor };
}

function idsOf({ tasks }: History): string {
  return tasks.map(({ id }) => id).join("");
}

Deno.test("older tasks stand below, and none stands twice", () => {
  const all = withOlder(history("fed"), history("dcb", null));
  assert.equal(idsOf(all), "fedcb");
  assert.equal(all.nextCursor, null);
});

Deno.test("newer tasks stand above what was read, deleted ones are gone, older pages stay", () => {
  const all = withNewest(history("edcba", "old"), history("gfed"));
  assert.equal(idsOf(all), "gfedcba");
  assert.equal(all.nextCursor, "old");
  assert.equal(idsOf(withNewest(history("fedcba"), history("fdc"))), "fdcba", "e was deleted");
});

Deno.test("a first page that reaches the end, or no longer meets what was read, takes its place", () => {
  assert.equal(idsOf(withNewest(history("dcba"), history("dc", null))), "dc");
  assert.equal(idsOf(withNewest(history("dcba"), history("hgf"))), "hgf");
  assert.equal(idsOf(withNewest(history("dcba"), history("", null))), "");
  assert.equal(withNewest(history("cba", null), history("cba", "new")).nextCursor, "new");
});
