import assert from "node:assert/strict";
import type { Availability } from "../../client/mod.ts";
import { withLane } from "../support/lanes.ts";
import { waitUntil } from "../support/wait_until.ts";
import { anApp } from "./support/an_app.ts";

Deno.test("an app is told what can be asked for now, to grey a button", async () => {
  const { client } = await anApp();
  const ofRecraft = async (): Promise<readonly Availability[]> =>
    (await client.availability()).filter(({ provider }) => provider === "recraft");
  const waitFor = (availability: Availability["availability"]): Promise<unknown> =>
    waitUntil(`recraft to be ${availability}`, async () => {
      const offers = await ofRecraft();
      return offers.length > 0 && offers.every((one) => one.availability === availability);
    });
  await waitFor("open");
  await withLane("recraft", { paused_until: new Date(Date.now() + 300_000) }, async () => {
    await waitFor("closed");
    for (const { expectedStartSeconds: start } of await ofRecraft()) {
      assert.ok(start !== undefined && start > 200 && start <= 300);
    }
    const others = (await client.availability()).filter(({ provider }) => provider === "tripo");
    assert.ok(others.length > 0 && others.every((one) => one.availability === "open"));
  });
  await waitFor("open");
});
