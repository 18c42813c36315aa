import assert from "node:assert/strict";
import { logQuery } from "./log_query.ts";

const SINCE = new Date("2026-11-24T12:00:00Z");

Deno.test("log lines are found by the request id, from the submit on", () => {
  const text = logQuery("0b1c", SINCE);
  assert.match(text, /like '%0b1c%'\n.*timestamp >= '2026-11-24T12:00:00\.000Z'/);
  assert.match(text, /grep -h -F -- '0b1c' /);
});

Deno.test("a request id is the client's choice, and is taken by its letters", () => {
  const text = logQuery("it's_100%", SINCE);
  assert.ok(text.includes("like '%it''s\\_100\\%%'"), text);
  assert.ok(text.includes(`-- 'it'\\''s_100%'`), text);
});
