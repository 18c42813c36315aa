import assert from "node:assert/strict";
import { SEED } from "../../../testing/call_context.ts";
import { aModel, aPicture, reads } from "../../../testing/input_files.ts";
import { failureOf } from "../../../testing/provider_failures.ts";
import { withServer } from "../../../testing/serve.ts";
import {
  adapterAt,
  poll,
  running,
  type Simulation,
  submit,
  withProvider,
} from "../../../testing/simulated_provider.ts";
import { readCalls } from "../../../simulators/testing.ts";
import type { OperationId } from "../../contract/operations.ts";
import type { Adapter, Running } from "../adapter.ts";

const { signal } = new AbortController();
const files = reads({ front: await aPicture(), left: await aPicture(), model: await aModel() });

/** Longer ago than the simulators' clock stands. */
const LONG_AGO_SECONDS = 1e9;

async function find(
  adapter: Adapter,
  mark: string,
  sentSecondsAgo = LONG_AGO_SECONDS,
): Promise<Running | undefined> {
  assert.ok(adapter.findLost);
  return await adapter.findLost(mark, { signal, sentSecondsAgo });
}

type Parameters = Readonly<Record<string, unknown>>;

/** Submits work, and gives its mark, whatever becomes of it. */
async function markOf(
  adapter: Adapter,
  operation: OperationId,
  parameters: Parameters,
  seed = SEED,
): Promise<string> {
  const marks: (string | undefined)[] = [];
  await submit(adapter, operation, parameters, {
    ...files,
    seed,
    markSent: (mark) => Promise.resolve(void marks.push(mark)),
  }).catch(() => undefined);
  const [mark, ...more] = marks;
  assert.ok(mark !== undefined && mark.length <= 1_000);
  assert.deepEqual(more, []);
  return mark;
}

/** Others ordered the same just before and after. */
async function lose(
  { app, adapter }: Simulation,
  operation: OperationId,
  parameters: Parameters,
): Promise<{ readonly id: string | undefined; readonly mark: string }> {
  await markOf(adapter, operation, parameters, SEED - 1);
  const mark = await markOf(adapter, operation, parameters);
  const id = (await readCalls(app)).at(-1)?.request_id;
  await markOf(adapter, operation, parameters, SEED + 1);
  return { id, mark };
}

Deno.test("a submit whose answer was lost is found among others, and polled like any", async (t) => {
  const front = "front";
  const cases: Readonly<Record<string, readonly [OperationId, Parameters]>> = {
    "cut": ["text-to-model", { prompt: "sim:lost" }],
    "a 500": ["text-to-model", { prompt: "sim:lost-500" }],
    "a gateway's 504": ["text-to-model", { prompt: "sim:lost-504" }],
    "of one picture": ["image-to-model", { input_image_asset_urls: [front] }],
    "of several": ["image-to-model", { input_image_asset_urls: [front, "left"] }],
    "of a new surface": ["refine-model", { input_model_asset_url: "model", prompt: "sim:lost" }],
  };
  for (const [name, [operation, parameters]] of Object.entries(cases)) {
    await t.step(name, async () => {
      await withProvider("tripo", { jobSeconds: 60 }, async (simulation) => {
        const { adapter, clock, app } = simulation;
        const { id, mark } = await lose(simulation, operation, parameters);
        const model = operation === "refine-model" ? "v3.0-20250812" : "v3.1-20260211";
        assert.deepEqual(await find(adapter, mark), {
          state: "running",
          handle: id,
          pollAfterSeconds: 2,
          call: { providerTaskId: id, model },
        });
        clock.pass(120_000);
        assert.equal((await poll(adapter, { handle: id ?? "" })).state, "succeeded");
        assert.equal((await readCalls(app)).length, 3);
      });
    });
  }
});

Deno.test("what was not taken, or is not listed yet, is not found", async () => {
  await withProvider("tripo", { jobSeconds: 60 }, async (simulation) => {
    const { adapter, clock } = simulation;
    const refused = await lose(simulation, "text-to-model", { prompt: "sim:500" });
    assert.equal(await find(adapter, refused.mark), undefined);
    const prompt = "sim:lost sim:listed-late";
    const { id, mark } = await lose(simulation, "text-to-model", { prompt });
    assert.equal(await find(adapter, mark), undefined);
    clock.pass(120_000);
    assert.equal((await find(adapter, mark))?.handle, id);
  });
});

Deno.test("a lost submit is found behind a hundred newer ones", async () => {
  await withProvider("tripo", {}, async ({ adapter, seen }) => {
    const lost = running(await submit(adapter, "text-to-model", { prompt: "a castle" }));
    const mark = JSON.stringify({ seed: SEED, fileTokens: [] });
    for (let count = 1; count <= 100; count++) {
      await submit(adapter, "text-to-model", { prompt: "a hut" }, { seed: count });
    }
    const before = seen.length;
    assert.equal((await find(adapter, mark))?.handle, lost.handle);
    assert.equal(seen.length - before, 4);
  });
});

Deno.test("a file that was handed in for it is enough, where the seed is not repeated", async () => {
  const rows = ["other", "mine"].map((task_id) => ({ task_id, created_at: new Date() }));
  const tasks = {
    other: { input: { inputs: [{ front: "file_1" }] } },
    mine: { input: { inputs: [{ front: "file_1" }, { left: { file_token: "file_2" } }] } },
  };
  const answer = (request: Request): Response =>
    Response.json({ code: 0, data: request.method === "GET" ? rows : { tasks, missed: [] } });
  await withServer(answer, async (address) => {
    const mark = JSON.stringify({ seed: SEED, fileTokens: ["file_2"] });
    assert.equal((await find(adapterAt("tripo", address), mark, 5))?.handle, "mine");
  });
});

Deno.test("what is older than the submit is not asked for", async () => {
  const asked: string[] = [];
  const rows = [{ task_id: "old", created_at: "2026-01-01T00:00:00Z" }];
  const answer = (request: Request): Response => {
    asked.push(new URL(request.url).pathname);
    return Response.json({ code: 0, data: rows });
  };
  await withServer(answer, async (address) => {
    const mark = JSON.stringify({ seed: SEED, fileTokens: [] });
    assert.equal(await find(adapterAt("tripo", address), mark, 5), undefined);
  });
  assert.deepEqual(asked, ["/tripo/v3/account/usage"]);
});

Deno.test("a list that cannot be read is a failure, and no proof", async () => {
  for (const response of [{ code: 1007, message: "Slow down" }, { code: 0, data: "?" }]) {
    await withServer(() => Response.json(response), async (address) => {
      const mark = JSON.stringify({ seed: SEED, fileTokens: [] });
      const { ambiguous } = await failureOf(find(adapterAt("tripo", address), mark));
      assert.equal(ambiguous, false);
    });
  }
});
