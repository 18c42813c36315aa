import assert from "node:assert/strict";
import { textLines, textTable } from "./text_table.ts";

Deno.test("a table has columns as wide as needed, and numbers to the right", () => {
  const rows = [
    { lane: "openai", in_flight: 5, cost: "0.5", paused: true, at: new Date(0), last: null },
    { lane: "flux", in_flight: 12, cost: "10", paused: false, at: null, last: "timeout" },
  ];
  assert.equal(
    textTable(rows),
    [
      "lane    in flight  cost  paused  at                    last",
      "openai          5   0.5  yes     1970-01-01T00:00:00Z  -",
      "flux           12    10  no      -                     timeout",
    ].join("\n"),
  );
});

Deno.test("a pause without end is shown as one", () => {
  assert.equal(textTable([{ paused_until: new Date("infinity") }]), "paused until\ninfinity");
});

Deno.test("seconds have two decimals at most", () => {
  assert.equal(textTable([{ wait: 1 / 3 }]), "wait\n0.33");
});

Deno.test("one row is a line for each column", () => {
  assert.equal(
    textLines({ id: "7", started_at: new Date(0), error: null }),
    "id          7\nstarted at  1970-01-01T00:00:00Z\nerror       -",
  );
});
