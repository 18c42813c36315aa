import assert from "node:assert/strict";
import { listFolder } from "./folder_lists.ts";

function row(name: string, created_at = "2026-11-29"): Record<string, unknown> {
  const at = { updated_at: created_at, created_at, last_accessed_at: created_at };
  return { name, id: name, ...at, metadata: { size: 1 }, bucket_id: "inputs", owner: "ann" };
}

const ROWS = [
  row("ann/b.png", "2026-11-27"),
  row("ann/a.png", "2026-11-28"),
  row("ann/Bird.png", "2026-11-26"),
  row("ann/trip/1.png"),
  row("ann/trip/day/2.png"),
  row("ann/art/1.png"),
  row("anna/a.png"),
];

/** Names of what the platform would list, for a question in its words. */
async function namesOf(question: Record<string, unknown>): Promise<unknown> {
  const answer = await listFolder(
    "inputs",
    question,
    (path, own) => {
      assert.equal(path, "/storage/v1/object/list/inputs");
      // As the local Storage does it: all whose path begins so.
      const { prefix } = own?.body as { prefix: string };
      return Promise.resolve(
        Response.json(ROWS.filter(({ name }) => String(name).startsWith(prefix))),
      );
    },
  );
  const entries: { name: string; id: string | null }[] = await answer.json();
  return entries.map(({ name, id }) => id === null ? `${name}/` : name);
}

Deno.test("a folder has the names in it, folders first", async () => {
  const all = ["art/", "trip/", "Bird.png", "a.png", "b.png"];
  assert.deepEqual(await namesOf({ prefix: "ann" }), all);
  assert.deepEqual(await namesOf({ prefix: "ann/", search: null, sortBy: null }), all);
  assert.deepEqual(await namesOf({ prefix: "ann/trip" }), ["day/", "1.png"]);
  assert.deepEqual(await namesOf({ prefix: "" }), ["ann/", "anna/"]);
  assert.deepEqual(await namesOf({}), ["ann/", "anna/"]);
  assert.deepEqual(await namesOf({ prefix: "nobody" }), []);
});

Deno.test("a list is a page of it, in an order, of what begins so", async () => {
  assert.deepEqual(await namesOf({ prefix: "ann", limit: 2, offset: 1 }), ["trip/", "Bird.png"]);
  assert.deepEqual(await namesOf({ prefix: "ann", search: "b" }), ["Bird.png", "b.png"]);
  const sortBy = { column: "created_at", order: "desc" };
  assert.deepEqual(
    await namesOf({ prefix: "ann", sortBy }),
    ["trip/", "art/", "a.png", "b.png", "Bird.png"],
  );
});

Deno.test("what makes no sense, or is refused, is answered by Storage", async () => {
  const refusal = Response.json({ statusCode: "404" }, { status: 400 });
  const answer = await listFolder("none", { prefix: "" }, () => Promise.resolve(refusal));
  assert.equal(answer.status, 400);
});
