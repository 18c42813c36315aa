import assert from "node:assert/strict";
import { dryRunRequest } from "./dry_run_request.ts";

Deno.test("a provider that has a key and makes something from words is asked", async (t) => {
  const cases: readonly (readonly [keys: string[], request: unknown])[] = [
    [["TRIPO_API_KEY", "RECRAFT_API_KEY"], { operation: "text-to-image", provider: "recraft" }],
    [["TRIPO_API_KEY"], { operation: "text-to-model", provider: "tripo" }],
    [["FLUX_API_KEY", "WORKER_SECRET"], undefined],
  ];
  for (const [keys, request] of cases) {
    await t.step(keys.join(), () => assert.deepEqual(dryRunRequest(new Set(keys)), request));
  }
});
