import assert from "node:assert/strict";
import { within } from "./within.ts";

const AN_HOUR = 3_600_000;

// Sanitized: a timer that is left over fails the test.
const sanitized = { sanitizeOps: true, sanitizeResources: true };

Deno.test("work that ends in time ends as it does, and leaves no timer", sanitized, async () => {
  assert.equal(await within(AN_HOUR, "answer", Promise.resolve(1)), 1);
  await assert.rejects(within(AN_HOUR, "answer", Promise.reject(new Error("broken"))), /broken/);
});

Deno.test("work that takes longer is an error that names it", async () => {
  const never = new Promise<never>(() => {});
  await assert.rejects(within(1, "answer", never), { message: "No answer within 1 ms" });
});
