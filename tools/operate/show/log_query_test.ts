import assert from "node:assert/strict";
import { logQuery } from "./log_query.ts";

const SINCE = new Date("2026-11-24T12:00:00Z");

Deno.test("on the platform log lines are found by the request id, from the submit on", () => {
  const text = logQuery({ id: "1f", wanted: "0b1c", since: SINCE }, false);
  assert.match(text, /like '%0b1c%'\n.*timestamp >= '2026-11-24T12:00:00\.000Z'/);
});

Deno.test("a request id is the client's choice, and is taken by its letters", () => {
  const text = logQuery({ id: "1f", wanted: "it's_100%", since: SINCE }, false);
  assert.ok(text.includes("like '%it''s\\_100\\%%'"), text);
});

Deno.test("on a local stack a command shows them, by the task's id", () => {
  const text = logQuery({ id: "1f", wanted: "0b1c", since: SINCE }, true);
  assert.match(text, /^\S.* task logs 1f$/);
});
