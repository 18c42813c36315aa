import assert from "node:assert/strict";
import { authorization, createTestApp, jsonRequest, readCalls, TestClock } from "../testing.ts";
import { addressOf, readRefusal, stabilityRequest } from "./testing.ts";

const CORE = addressOf("text-to-image");

Deno.test("a request without a good key is refused and costs nothing", async (t) => {
  for (const authorization of ["", "sk-simulated", "Basic sk-simulated", "Bearer ", "Bearer key"]) {
    await t.step(authorization, async () => {
      const app = createTestApp();
      const response = await app.request(
        CORE,
        stabilityRequest("text-to-image", {}, { authorization }),
      );
      assert.deepEqual(await readRefusal(response), [401, "unauthorized", "authorization"]);
      assert.deepEqual(await readCalls(app), []);
    });
  }
});

Deno.test("fields are judged before the key", async () => {
  const request = stabilityRequest("text-to-image", { seed: "-1" }, { authorization: "" });
  const response = await createTestApp().request(CORE, request);
  assert.deepEqual(await readRefusal(response), [400, "bad_request", "seed"]);
});

Deno.test("a prompt that is not English is refused after the key", async (t) => {
  const refusals = [
    ["рисунок робота", authorization, 422],
    ["ロボットの絵", authorization, 422],
    ["ロボットの絵", { authorization: "" }, 401],
    ["a робот of clay", authorization, 200],
    ["42!", authorization, 200],
  ] as const;
  for (const [prompt, headers, status] of refusals) {
    await t.step(`${prompt} ${status}`, async () => {
      const request = stabilityRequest("sketch-to-image", { prompt }, headers);
      const response = await createTestApp().request(addressOf("sketch-to-image"), request);
      assert.equal(response.status, status);
      await response.body?.cancel();
    });
  }
});

Deno.test("the 151st request within 10 s locks its key out of everything for 60 s", async () => {
  const clock = new TestClock();
  const app = createTestApp({ now: clock.now });
  // Invalid ones count as well, and are cheaper.
  const send = async (headers = authorization): Promise<number> => {
    const response = await app.request(
      CORE,
      stabilityRequest("text-to-image", { seed: "-1" }, headers),
    );
    await response.body?.cancel();
    return response.status;
  };
  for (let request = 0; request < 150; request++) assert.equal(await send(), 400);
  assert.equal(await send(), 429);
  clock.pass(59_999);
  const response = await app.request(
    addressOf("remove-background"),
    stabilityRequest("remove-background"),
  );
  assert.equal(response.headers.has("retry-after"), false);
  const body = await response.json();
  assert.deepEqual([response.status, body.id, body.name], [
    429,
    "rate_limit_exceeded",
    "rate_limit_exceeded",
  ]);
  assert.equal(await send({ authorization: "Bearer sk-another" }), 400);
  clock.pass(1);
  assert.equal(await send(), 400);
});

Deno.test("150 requests in every 10 s are never too many", async () => {
  const clock = new TestClock();
  const app = createTestApp({ now: clock.now });
  for (let request = 0; request < 301; request++) {
    if (request % 150 === 0) clock.pass(10_000);
    const response = await app.request(CORE, stabilityRequest("text-to-image", { seed: "-1" }));
    assert.equal(response.status, 400);
    await response.body?.cancel();
  }
});

Deno.test("other addresses are unknown, or real but not simulated", async (t) => {
  const addresses = {
    "/stability/v2beta/stable-image/generate/kernel": [404, "not_found"],
    "/stability": [404, "not_found"],
    "/stability/v2beta/stable-image/generate/ultra": [501, "not_simulated"],
    "/stability/v2beta/3d/stable-fast-3d": [501, "not_simulated"],
    "/stability/v2beta/stable-image/upscale/fast": [501, "not_simulated"],
    "/stability/v2beta/results/1": [501, "not_simulated"],
    "/stability/v1/user/balance": [501, "not_simulated"],
  } as const;
  for (const [address, refusal] of Object.entries(addresses)) {
    await t.step(address, async () => {
      const response = await createTestApp().request(address, jsonRequest({}));
      assert.deepEqual(await readRefusal(response), refusal);
    });
  }
  await t.step("an endpoint by GET", async () => {
    const response = await createTestApp().request(CORE, { headers: authorization });
    assert.deepEqual(await readRefusal(response), [404, "not_found"]);
  });
});
