import assert from "node:assert/strict";
import { followAppState } from "./mod.ts";

Deno.test("an app that comes to the foreground reads at once, until it is no longer asked to", () => {
  const listeners = new Set<(state: string) => void>();
  let woken = 0;
  const end = followAppState({ wake: () => woken++ }, {
    addEventListener: (_, listener) => {
      listeners.add(listener);
      return { remove: () => listeners.delete(listener) };
    },
  });
  for (const state of ["inactive", "background", "active"]) {
    for (const listener of listeners) listener(state);
  }
  assert.equal(woken, 1);
  end();
  assert.equal(listeners.size, 0);
});
