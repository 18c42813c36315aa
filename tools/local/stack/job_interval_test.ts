import assert from "node:assert/strict";
import { jobInterval } from "./job_interval.ts";

Deno.test("the interval of a job is that of its schedule", () => {
  assert.equal(jobInterval("10 seconds"), 10);
  assert.equal(jobInterval("* * * * *"), 60);
  assert.equal(jobInterval("*/10 * * * *"), 600);
});

Deno.test("a schedule that the local stack does not know is told, not left out", () => {
  assert.throws(() => jobInterval("0 3 * * *"), /0 3 \* \* \*/);
});
