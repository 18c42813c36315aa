import assert from "node:assert/strict";
import { fitsIsolate, isolateReserveSeconds } from "./isolate.ts";

Deno.test("an isolate keeps a tenth of its life, and no more than a quarter of a minute", () => {
  assert.deepEqual([15, 150, 400].map(isolateReserveSeconds), [1.5, 15, 15]);
});

Deno.test("a call fits an isolate that lives through it and what follows", () => {
  assert.equal(fitsIsolate(130, 150), true);
  assert.equal(fitsIsolate(131, 150), false, "nobody would find it in time");
  assert.equal(fitsIsolate(180, 400), true);
});
