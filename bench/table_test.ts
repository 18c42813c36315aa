import assert from "node:assert/strict";
import { figure, markdownTable } from "./table.ts";

Deno.test("columns are as wide as their widest cell, and numbers stand to the right", () => {
  assert.equal(
    markdownTable(["What", "Each second"], [["Submits", "620"], ["Reads", "1240"]]),
    [
      "| What    | Each second |",
      "| ------- | ----------: |",
      "| Submits |         620 |",
      "| Reads   |        1240 |",
    ].join("\n"),
  );
});

Deno.test("three figures are shown", () => {
  const cases = { 0: "0", 0.05432: "0.0543", 0.2534: "0.253", 1.234: "1.23", 12.34: "12.3" };
  for (const [value, shown] of Object.entries(cases)) assert.equal(figure(Number(value)), shown);
  assert.deepEqual([123.4, 1234, 11_403].map(figure), ["123", "1230", "11400"]);
});
