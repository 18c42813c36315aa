import type { Hono } from "hono";
import assert from "node:assert/strict";
import { withServer } from "../../testing/serve.ts";
import { readImage } from "../image_file.ts";
import { authorization, createTestApp, orderFault, TestClock } from "../testing.ts";
import { download, generationRequest, GENERATIONS, readList } from "./testing.ts";

async function draw(app: Hono): Promise<string> {
  const { data } = await readList(await app.request(GENERATIONS, generationRequest()));
  return data[0]?.url ?? "";
}

async function statusOf(app: Hono, url: string): Promise<number> {
  const response = await download(app, url);
  await response.body?.cancel();
  return response.status;
}

Deno.test("a link lives for 24 hours, and gives the same file each time", async () => {
  const clock = new TestClock();
  const app = createTestApp({ now: clock.now });
  const url = await draw(app);
  const first = await (await download(app, url)).bytes();
  clock.pass(24 * 60 * 60 * 1000 - 1);
  assert.deepEqual(await (await download(app, url)).bytes(), first);
  clock.pass(1);
  assert.equal(await statusOf(app, url), 404);
});

Deno.test("a link leads to the host that was asked", async () => {
  const app = createTestApp();
  await withServer(app.fetch, async (address) => {
    const response = await fetch(address + GENERATIONS, generationRequest());
    const url = (await readList(response)).data[0]?.url ?? "";
    assert.equal(new URL(url).origin, address);
    const file = await (await fetch(url)).bytes();
    assert.equal((await readImage(file))?.mediaType, "image/webp");
  });
});

Deno.test("a guessed link leads nowhere", async () => {
  const url = `/recraft/files/${crypto.randomUUID()}`;
  assert.equal(await statusOf(createTestApp(), url), 404);
});

Deno.test("the host of the results does not want the token", async () => {
  const app = createTestApp();
  const response = await app.request(await draw(app), { headers: authorization });
  assert.equal(response.status, 400);
  await response.body?.cancel();
});

Deno.test("a download can fail a number of times, and the link stays good", async (t) => {
  const statuses = { server_error: 500, rate_limited: 429, refused: 403 };
  for (const [kind, status] of Object.entries(statuses)) {
    await t.step(kind, async () => {
      const app = createTestApp();
      await orderFault(app, "recraft", { kind, operation: "download", times: 2 });
      const url = await draw(app);
      const seen = [await statusOf(app, url), await statusOf(app, url), await statusOf(app, url)];
      assert.deepEqual(seen, [status, status, 200]);
    });
  }
});

Deno.test("a download can end too early or have no bytes", async (t) => {
  for (const [kind, length] of Object.entries({ empty_file: 0, invalid_json: 9 })) {
    await t.step(kind, async () => {
      const app = createTestApp();
      await orderFault(app, "recraft", { kind, operation: "download" });
      const response = await download(app, await draw(app));
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("content-type"), "image/webp");
      assert.equal((await response.bytes()).length, length);
    });
  }
  await t.step("disconnect", async () => {
    const app = createTestApp();
    await orderFault(app, "recraft", { kind: "disconnect", operation: "download" });
    const response = await download(app, await draw(app));
    await assert.rejects(response.bytes(), /broken off/);
  });
});

Deno.test("a fault without an operation meets the generation, not the download", async () => {
  const app = createTestApp();
  const url = await draw(app);
  await orderFault(app, "recraft", { kind: "server_error" });
  assert.equal(await statusOf(app, url), 200);
});
