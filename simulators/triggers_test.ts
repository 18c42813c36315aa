import assert from "node:assert/strict";
import { TriggerFinder, withOnceForms } from "./triggers.ts";

Deno.test("a once form goes off with the first call of each text", () => {
  const finder = new TriggerFinder(withOnceForms({ "sim:500": { status: 500 } }));
  const take = (text: string): number | undefined => finder.take("text-to-model", text)?.status;
  assert.deepEqual(["a sim:500", "a sim:500"].map(take), [500, 500]);
  assert.deepEqual(["a sim:500-once", "a sim:500-once", "b sim:500-once"].map(take), [
    500,
    undefined,
    500,
  ]);
});
