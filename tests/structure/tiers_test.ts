import assert from "node:assert/strict";
import { chooseTiers, tierNames } from "../tiers.ts";

Deno.test("without a name the everyday tiers are run, and CI runs all but what is run by hand", () => {
  assert.deepEqual(chooseTiers([]), ["gate", "simulators", "stack"]);
  assert.deepEqual(chooseTiers(["ci"]), tierNames.filter((name) => name !== "soak"));
});

Deno.test("tiers are run in their order, each once", () => {
  assert.deepEqual(chooseTiers(["faults", "gate", "faults"]), ["gate", "faults"]);
});

Deno.test("an unknown name is named with those that there are", () => {
  assert.throws(() => chooseTiers(["gate", "fast"]), /No such tier: fast\. There are gate, .*soak/);
});
