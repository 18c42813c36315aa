import assert from "node:assert/strict";
import { createTestApp, TestClock } from "../testing.ts";
import {
  edit,
  FLUX_2,
  jsonRequest,
  key,
  KONTEXT,
  KONTEXT_MAX,
  poll,
  readFieldFaults,
  readHandle,
  run,
} from "./testing.ts";

/** The states of a job that takes ten seconds, one each second. */
async function watch(path: string, body: unknown): Promise<readonly unknown[]> {
  const clock = new TestClock();
  const app = createTestApp({ latencyMs: 10_000, now: clock.now });
  const { polling_url } = await readHandle(await app.request(path, jsonRequest(body)));
  const seen: unknown[] = [];
  for (let second = 0; second <= 10; second += 2) {
    const { status, progress, result } = await poll(app, polling_url);
    assert.equal(result !== null, status === "Ready");
    seen.push([status, progress]);
    clock.pass(2_000);
  }
  return seen;
}

Deno.test("a job waits, goes on, and is ready", async () => {
  assert.deepEqual(await watch(KONTEXT, edit), [
    ["Pending", 0],
    ["Generating", 0.11],
    ["Generating", 0.33],
    ["Generating", 0.56],
    ["Generating", 0.78],
    ["Ready", null],
  ]);
});

Deno.test("flux-2 thinks the prompt over, unless told not to", async () => {
  const [, second] = await watch(FLUX_2, edit);
  assert.deepEqual(second, ["Reasoning", 0.11]);
  const [, other] = await watch(FLUX_2, { ...edit, disable_pup: true });
  assert.deepEqual(other, ["Generating", 0.11]);
});

Deno.test("each line of flux-2 has a field of its own for that, or does not think", async (t) => {
  const cases = [
    ["flux-2-max", {}, "Reasoning"],
    ["flux-2-max", { disable_pup: true }, "Generating"],
    ["flux-2-flex", {}, "Reasoning"],
    ["flux-2-flex", { disable_pup: true }, "Reasoning"],
    ["flux-2-flex", { prompt_upsampling: null }, "Reasoning"],
    ["flux-2-flex", { prompt_upsampling: false }, "Generating"],
    ["flux-2-klein-9b", {}, "Generating"],
    ["flux-2-klein-4b", { prompt_upsampling: true }, "Generating"],
  ] as const;
  for (const [model, fields, expected] of cases) {
    await t.step(`${model} ${JSON.stringify(fields)}`, async () => {
      const [, second] = await watch(`/flux/v1/${model}`, { ...edit, ...fields });
      assert.deepEqual(second, [expected, 0.11]);
    });
  }
});

Deno.test("a job can be found only where its handle says, and with the key", async () => {
  const app = createTestApp();
  const { id, polling_url } = await readHandle(await app.request(KONTEXT, jsonRequest(edit)));
  const other = polling_url.includes("eu2")
    ? polling_url.replace("eu2", "us1")
    : polling_url.replace("us1", "eu2");
  const status = async (url: string, headers: Record<string, string>): Promise<number> =>
    (await app.request(url, { headers })).status;
  assert.equal((await poll(app, polling_url)).status, "Ready");
  assert.equal((await poll(app, other)).status, "Task not found");
  assert.equal((await poll(app, polling_url.replace(id, "unknown"))).status, "Task not found");
  assert.equal(await status(`/flux/v1/get_result?id=${id}`, key), 404);
  assert.equal(await status(polling_url, {}), 403);
  const stranger = await app.request(polling_url, { headers: { "x-key": "bfl-another" } });
  assert.equal((await stranger.json()).status, "Task not found");
  const withoutId = await app.request(polling_url.replace(/\?.*/, ""), { headers: key });
  assert.deepEqual(await readFieldFaults(withoutId), ["422", "query.id: missing"]);
});

Deno.test("both clusters work off jobs", async () => {
  const app = createTestApp();
  const seen = new Set<string>();
  for (let attempt = 0; attempt < 64 && seen.size < 2; attempt++) {
    const { polling_url } = await readHandle(await app.request(KONTEXT, jsonRequest(edit)));
    assert.equal((await poll(app, polling_url)).status, "Ready");
    seen.add(new URL(polling_url).pathname);
  }
  assert.deepEqual([...seen].toSorted(), [
    "/flux/clusters/eu2/v1/get_result",
    "/flux/clusters/us1/v1/get_result",
  ]);
});

Deno.test("a picture can be fetched for ten minutes after the end, and no new address is given", async () => {
  const clock = new TestClock();
  const app = createTestApp({ latencyMs: 10_000, now: clock.now });
  const small = { ...edit, width: 64, height: 64 };
  const { polling_url } = await readHandle(await app.request(FLUX_2, jsonRequest(small)));
  clock.pass(10_000);
  const sample = (await poll(app, polling_url)).result?.sample ?? "";
  const status = async (): Promise<number> => {
    const response = await app.request(sample);
    await response.body?.cancel();
    return response.status;
  };
  clock.pass(599_999);
  assert.equal(await status(), 200);
  assert.equal((await poll(app, polling_url)).result?.sample, sample);
  clock.pass(1);
  assert.equal(await status(), 403);
  assert.equal((await poll(app, polling_url)).result?.sample, sample);
});

Deno.test("a picture's address refuses the API's key and a guessed signature", async () => {
  const app = createTestApp();
  const sample = (await run(app, KONTEXT, edit)).result?.sample ?? "";
  const response = await app.request(sample, { headers: key });
  assert.equal(response.status, 400);
  assert.match(await response.text(), /x-key/);
  assert.equal((await app.request(sample.replace(/sig=.*/, "sig=1"))).status, 403);
});

Deno.test("so many jobs at once and no more", async (t) => {
  const submit = async (
    app: ReturnType<typeof createTestApp>,
    path: string,
    times: number,
  ): Promise<readonly number[]> => {
    const statuses: number[] = [];
    for (let job = 0; job < times; job++) {
      statuses.push((await app.request(path, jsonRequest(edit))).status);
    }
    return statuses;
  };
  const taken = (times: number): readonly number[] => Array.from({ length: times }, () => 200);
  await t.step("24 of all models", async () => {
    const clock = new TestClock();
    const app = createTestApp({ latencyMs: 10_000, now: clock.now });
    assert.deepEqual(await submit(app, KONTEXT, 23), taken(23));
    assert.deepEqual(await submit(app, FLUX_2, 2), [200, 429]);
    assert.deepEqual(await submit(app, KONTEXT_MAX, 1), [429]);
    clock.pass(10_000);
    assert.deepEqual(await submit(app, KONTEXT, 1), [200]);
  });
  await t.step("6 of max", async () => {
    const app = createTestApp({ latencyMs: 10_000 });
    assert.deepEqual(await submit(app, KONTEXT_MAX, 7), [...taken(6), 429]);
    assert.deepEqual(await submit(app, KONTEXT, 1), [200]);
  });
});
