import type { Hono } from "hono";
import assert from "node:assert/strict";
import { z } from "zod";
import { Ledger } from "../ledger.ts";
import { authorization, createTestApp, readCalls, TestClock } from "../testing.ts";
import { Account } from "./account.ts";
import { findModel } from "./models.ts";
import {
  generationRequest,
  GENERATIONS,
  ME,
  partsRequest,
  picture,
  readList,
  readRefusal,
  REMOVE_BACKGROUND,
} from "./testing.ts";

async function readCredits(app: Hono): Promise<number> {
  const body: { credits: number } = await (await app.request(ME, { headers: authorization }))
    .json();
  return body.credits;
}

Deno.test("a request without a token is refused in plain text", async (t) => {
  for (const authorization of ["", "simulated", "Basic simulated", "Bearer "]) {
    await t.step(authorization, async () => {
      const app = createTestApp();
      const request = { ...generationRequest(), headers: { authorization } };
      const response = await app.request(GENERATIONS, request);
      assert.equal(response.status, 401);
      assert.equal(response.headers.get("content-type"), "text/plain");
      assert.equal((await response.text()).trim(), "request unauthorized");
      assert.deepEqual(await readCalls(app), []);
    });
  }
});

Deno.test("an unknown address is a 404 in plain text", async () => {
  const response = await createTestApp().request("/recraft/v1/pictures", generationRequest());
  assert.equal(response.status, 404);
  assert.equal(response.headers.get("content-type"), "text/plain");
  assert.equal((await response.text()).trim(), "404 page not found");
});

Deno.test("real addresses that nothing here serves say so", async (t) => {
  const paths = ["/v1/images/crispUpscale", "/v1/styles", "/v1/styles/basic"];
  for (const path of [...paths, "/status"]) {
    await t.step(path, async () => {
      const response = await createTestApp().request(`/recraft${path}`, { headers: authorization });
      assert.deepEqual(await readRefusal(response), [501, "not_simulated"]);
    });
  }
});

Deno.test("a token has 5 requests a second, whatever they are", async () => {
  const clock = new TestClock();
  const app = createTestApp({ now: clock.now });
  const ask = async (headers: Record<string, string> = authorization): Promise<number> => {
    const response = await app.request(ME, { headers });
    await response.body?.cancel();
    return response.status;
  };
  for (let request = 0; request < 5; request++) assert.equal(await ask(), 200);
  const response = await app.request(GENERATIONS, generationRequest());
  assert.equal(response.headers.has("retry-after"), false);
  assert.deepEqual(await readRefusal(response), [429, "rate_limit_exceeded"]);
  assert.equal(await ask({ authorization: "Bearer another" }), 200);
  clock.pass(999);
  assert.equal(await ask(), 429);
  clock.pass(1);
  assert.equal(await ask(), 200);
  assert.deepEqual(await readCalls(app), []);
});

Deno.test("a token has 100 pictures a minute", async () => {
  const clock = new TestClock();
  const app = createTestApp({ now: clock.now });
  const draw = async (n: number): Promise<Response> => {
    clock.pass(1_000);
    return await app.request(GENERATIONS, generationRequest({ n }));
  };
  for (let call = 0; call < 16; call++) assert.equal((await draw(6)).status, 200);
  const response = await draw(5);
  assert.equal(response.headers.has("retry-after"), false);
  assert.deepEqual(await readRefusal(response), [429, "rate_limit_exceeded"]);
  assert.equal((await draw(3)).status, 200);
  const removal = partsRequest({ image: picture });
  assert.equal((await app.request(REMOVE_BACKGROUND, removal)).status, 200);
  assert.equal((await app.request(REMOVE_BACKGROUND, removal)).status, 429);
  assert.equal((await readCalls(app)).length, 18);
  clock.pass(42_000);
  assert.equal((await draw(6)).status, 200);
});

const STYLE_ID = "5b0c2c6e-6a3e-4a43-9a53-2f2f3f0f1f2f";

Deno.test("its models are listed, each by the name that a request takes", async () => {
  const app = createTestApp();
  const response = await app.request("/recraft/v1/models", {
    headers: authorization,
  });
  const body = z.object({ data: z.array(z.object({ id: z.string() })) })
    .parse(await response.json());
  assert.ok(body.data.length > 10);
  for (const { id } of body.data) assert.ok(findModel(id), id);
});

Deno.test("every picture is charged at its model's price", async (t) => {
  const prices = [
    [{}, 40],
    [{ n: 3 }, 120],
    [{ style: "vector_illustration" }, 80],
    [{ model: "recraftv3_vector", n: 2 }, 160],
    [{ model: "recraftv2" }, 22],
    [{ model: "recraftv2", style: "icon" }, 44],
    [{ model: undefined }, 35],
    [{ model: "recraftv4_1_utility_vector" }, 80],
    [{ model: "recraftv4_1_flash" }, 7],
    [{ model: "recraftv4_1_pro" }, 210],
    [{ model: "recraftv4_1_pro_vector" }, 300],
    [{ model: "recraftv4" }, 40],
    [{ model: "recraftv4_pro_vector" }, 300],
    [{ model: "recraftv4_styles", style_id: STYLE_ID }, 35],
    [{ model: "recraftv4_styles_vector", style_id: STYLE_ID }, 50],
    [{ model: "recraftv4_styles_pro", style_id: STYLE_ID }, 100],
    [{ model: "recraftv4_styles_pro_vector", style_id: STYLE_ID, n: 2 }, 240],
  ] as const;
  for (const [changes, credits] of prices) {
    await t.step(JSON.stringify(changes), async () => {
      const app = createTestApp();
      const before = await readCredits(app);
      const body = await readList(await app.request(GENERATIONS, generationRequest(changes)));
      assert.equal(body.credits, credits);
      assert.equal(before - (await readCredits(app)), credits);
    });
  }
});

Deno.test("a refused call leaves the account alone", async () => {
  const app = createTestApp();
  const before = await readCredits(app);
  await app.request(GENERATIONS, generationRequest({ prompt: "sim:moderated" }));
  assert.equal(await readCredits(app), before);
});

Deno.test("an account has what was not spent, and all again when the ledger is cleared", () => {
  const ledger = new Ledger(() => new Date());
  const account = new Account(ledger, 100);
  account.setPrice("first", 60);
  account.setPrice("never billed", 60);
  ledger.record({
    provider: "recraft",
    operation: "o",
    model: "m",
    request: {},
    request_id: "first",
  });
  ledger.record({
    provider: "openai",
    operation: "o",
    model: "m",
    request: {},
    request_id: "else",
  });
  assert.equal(account.balance, 40);
  ledger.clear();
  assert.equal(account.balance, 100);
});
