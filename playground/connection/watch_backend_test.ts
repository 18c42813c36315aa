import assert from "node:assert/strict";
import type { Settings } from "./settings.ts";
import { watchBackend } from "./watch_backend.ts";

const settings: Settings = {
  url: "https://watched.example",
  publishable_key: "sb_publishable_1",
  api_key: "m3d_live_1",
};

/** Lets what waits for an answer go on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

Deno.test("however often the page connects, a project is asked once when the network is gone", async () => {
  const { fetch } = globalThis;
  const asked: string[] = [];
  globalThis.fetch = (input) => {
    asked.push(String(input));
    return Promise.resolve(new Response(null, { status: 200 }));
  };
  try {
    watchBackend(settings);
    watchBackend({ ...settings, api_key: "m3d_live_2" });
    dispatchEvent(new Event("offline"));
    await turn();
    assert.deepEqual(asked, ["https://watched.example/functions/v1/generation/health"]);
    // The pause after it ends, and it is asked once more.
    dispatchEvent(new Event("online"));
    await turn();
    assert.equal(asked.length, 2);
  } finally {
    globalThis.fetch = fetch;
  }
});
