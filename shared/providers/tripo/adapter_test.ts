import assert from "node:assert/strict";
import { readCalls } from "../../../simulators/testing.ts";
import { SEED } from "../../../testing/call_context.ts";
import { aPicture, described, reads } from "../../../testing/input_files.ts";
import { failureOf } from "../../../testing/provider_failures.ts";
import { withServer } from "../../../testing/serve.ts";
import {
  adapterAt,
  API_KEY,
  poll,
  running,
  type SeenRequest,
  submit,
  succeeded,
  withProvider,
} from "../../../testing/simulated_provider.ts";
import { bytesOf } from "../../../testing/streams.ts";
import type { Asset } from "../adapter.ts";

const MODEL = "v3.1-20260211";
const words = { prompt: "a castle" };
const plain = { model: MODEL, texture: true, pbr: false, texture_quality: "standard" };
const ofPictures = { ...plain, orientation: "default", model_seed: SEED };

const front = await aPicture({ seed: "front" });
const left = await aPicture({ seed: "left", format: "jpeg" });
const back = await aPicture({ seed: "back" });
const right = await aPicture({ seed: "right" });
const files = reads({ front, left, back, right });
const inputs = {
  front: described("input.png", front),
  left: described("input.jpg", left),
  back: described("input.png", back),
  right: described("input.png", right),
};

Deno.test("words become a model, with these fields and no others", async (t) => {
  const options = { texture: true, pbr: true, texture_quality: "detailed", auto_size: true };
  const cases = {
    "without options": [words, { ...words, ...plain }, 0.2],
    "with all options": [
      { ...words, ...options, style: "gothic", model_version: "v2.5-20250123", face_limit: 9_000 },
      { prompt: "a castle, gothic style", ...options, model: "v2.5-20250123", face_limit: 9_000 },
      0.3,
    ],
    "without a surface": [
      { ...words, texture: false, pbr: true, auto_size: true },
      { ...words, model: MODEL, texture: false, pbr: false },
      0.1,
    ],
  } as const;
  for (const [name, [parameters, request, costUsd]] of Object.entries(cases)) {
    await t.step(name, async () => {
      await withProvider("tripo", {}, async ({ app, adapter }) => {
        const accepted = running(await submit(adapter, "text-to-model", parameters));
        const [purchase, ...more] = await readCalls(app);
        assert.deepEqual(purchase?.request, { ...request, model_seed: SEED });
        assert.deepEqual(more, []);
        const { handle, pollAfterSeconds, call: { providerRequestId, ...call } } = accepted;
        assert.deepEqual([handle, pollAfterSeconds], [purchase.request_id, 2]);
        assert.match(providerRequestId ?? "", /^[0-9a-f-]{36}$/);
        assert.deepEqual(call, { model: request.model, providerTaskId: handle });

        const { outputs: [output], call: end } = succeeded(await poll(adapter, accepted));
        assert.deepEqual(end, { costUsd });
        assert.ok(output);
        const file = await bytesOf((await output.open()).body);
        assert.equal(new TextDecoder().decode(file.subarray(0, 4)), "glTF");
        assert.equal(new DataView(file.buffer).getUint32(8, true), file.length);
      });
    });
  }
});

Deno.test("pictures are handed in and become a model, with these fields and no others", async (t) => {
  const one = "/tripo/v3/generation/image-to-model";
  const several = "/tripo/v3/generation/multiview-to-model";
  const single = { input: inputs.front };
  const cases = [
    { views: ["front"], path: one, uploads: 1, request: single },
    { views: ["front", null, "", null], path: one, uploads: 1, request: single },
    {
      views: ["front", "left"],
      path: several,
      uploads: 2,
      request: { inputs: { front: inputs.front, left: inputs.left } },
    },
    {
      views: ["front", "", "back"],
      path: several,
      uploads: 2,
      request: { inputs: { front: inputs.front, back: inputs.back } },
    },
    { views: ["front", "left", "back", "right"], path: several, uploads: 4, request: { inputs } },
  ];
  for (const { views, path, uploads, request } of cases) {
    await t.step(JSON.stringify(views), async () => {
      await withProvider("tripo", {}, async ({ app, adapter, seen }) => {
        const parameters = { ...words, input_image_asset_urls: views };
        await submit(adapter, "image-to-model", parameters, files);
        const purchases = (await readCalls(app)).map(({ request }) => request);
        assert.deepEqual(purchases, [{ ...ofPictures, ...request }]);
        const paths = seen.map((request) => request.path);
        assert.deepEqual(paths, [...Array(uploads).fill("/tripo/v3/files"), path]);
      });
    });
  }
});

Deno.test("the views are sent in the order of their places, each under its name", async () => {
  const bodies: string[] = [];
  const answer = async (request: Request): Promise<Response> => {
    if (!request.url.endsWith("/files")) {
      bodies.push(await request.text());
      return Response.json({ code: 0, data: { task_id: "task" } });
    }
    const file = (await request.formData()).get("file");
    assert.ok(file instanceof File);
    return Response.json({ code: 0, data: { file_token: `file_${file.size}` } });
  };
  await withServer(answer, async (address) => {
    const parameters = { input_image_asset_urls: ["front", null, "back", "right"] };
    await submit(adapterAt("tripo", address), "image-to-model", parameters, files);
  });
  const token = ({ content }: Asset): string => `file_${content.size}`;
  const sent = [{ front: token(front) }, { back: token(back) }, { right: token(right) }];
  assert.deepEqual(bodies.map((body) => JSON.parse(body)), [{ ...ofPictures, inputs: sent }]);
});

Deno.test("a task tells how far it is, and is asked less often when it is older", async () => {
  await withProvider("tripo", { jobSeconds: 200 }, async ({ adapter, clock }) => {
    const accepted = running(await submit(adapter, "text-to-model", words));
    const look = async (ageSeconds: number): Promise<(number | undefined)[]> => {
      const { handle, ...found } = running(await poll(adapter, accepted, ageSeconds));
      assert.equal(handle, accepted.handle);
      return [found.progress, found.pollAfterSeconds];
    };
    assert.deepEqual(await look(0), [0, 2]);
    clock.pass(65_000);
    assert.deepEqual(await look(65), [27, 3]);
    clock.pass(130_000);
    assert.deepEqual(await look(195), [99, 5]);
    clock.pass(5_000);
    assert.equal((await poll(adapter, accepted, 200)).state, "succeeded");
  });
});

Deno.test("a task is asked for by its id, and a newer address is had when one has died", async () => {
  await withProvider("tripo", {}, async ({ app, adapter, clock, seen }) => {
    const accepted = running(await submit(adapter, "text-to-model", words));
    const { outputs: [output] } = succeeded(await poll(adapter, accepted));
    clock.pass(6 * 60_000);
    assert.ok(output);
    assert.equal((await failureOf(output.open())).code, "invalid_result");
    const { outputs: [newer] } = succeeded(await poll(adapter, accepted, 360));
    assert.ok(newer);
    assert.ok((await bytesOf((await newer.open()).body)).length > 0);
    assert.equal((await readCalls(app)).length, 1);

    const asked = { method: "GET", path: `/tripo/v3/tasks/${accepted.handle}`, carriesKey: true };
    const path = `/tripo/storage/results/${accepted.handle}/model.glb`;
    const fetched: SeenRequest = { method: "GET", path, carriesKey: false };
    assert.deepEqual(seen.slice(1), [asked, fetched, asked, fetched]);
  });
});

Deno.test("a model on a foreign host is not fetched", async () => {
  const output = { model_url: "https://elsewhere.example/model.glb" };
  const answer = (): Response => Response.json({ code: 0, data: { status: "success", output } });
  await withServer(answer, async (address) => {
    const found = succeeded(await poll(adapterAt("tripo", address), { handle: "task" }));
    const { code, final, unlistedHost } = await failureOf(
      found.outputs[0]?.open() ?? Promise.resolve(),
    );
    assert.deepEqual([code, final, unlistedHost], [
      "provider_unavailable",
      false,
      "elsewhere.example",
    ]);
  });
});

Deno.test("a failure keeps the provider's id of the call and never our key", async () => {
  const headers = { "x-tripo-trace-id": "trace-7" };
  const response = { code: 2, status: "error", message: "Authentication failed" };
  const refuse = (): Response => Response.json(response, { status: 401, headers });
  await withServer(refuse, async (address) => {
    const call = submit(adapterAt("tripo", address), "text-to-model", words);
    const { message, providerRequestId } = await failureOf(call);
    assert.match(message, /Authentication failed/);
    assert.equal(providerRequestId, "trace-7");
    assert.ok(!message.includes(API_KEY));
  });
});
