import assert from "node:assert/strict";
import { longLines } from "./long_lines.ts";

Deno.test("a line of more than 100 columns is too long, except a text that stays in one piece", () => {
  const long = "x".repeat(101);
  const text = [
    "x".repeat(100),
    long,
    `comment on table private.a is '${long}';`,
    `  ('code', '${long}'),`,
    `  -- ${long}`,
  ].join("\n");
  assert.deepEqual(longLines("a.sql", text), ["a.sql:2", "a.sql:5"]);
});
