import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readImage } from "../../../simulators/image_file.ts";
import { readCalls } from "../../../simulators/testing.ts";
import { aPicture, described, inputFile, reads } from "../../../testing/input_files.ts";
import { failureOf } from "../../../testing/provider_failures.ts";
import { withServer } from "../../../testing/serve.ts";
import {
  adapterAt,
  API_KEY,
  poll,
  running,
  submit,
  succeeded,
  withProvider,
} from "../../../testing/simulated_provider.ts";
import { bytesOf } from "../../../testing/streams.ts";

const picture = await aPicture({ width: 640, height: 480 });
const files = reads({ picture });
// It comes in the JSON, and has no name there.
const input_image = described("", picture);
const edit = { prompt: "make it blue", input_image_asset_url: "picture" };
const OPERATION = "image-to-image";

Deno.test("a call sends the fields of the model's family and no others", async (t) => {
  const options = { output_format: "jpeg", safety_tolerance: 6, prompt_upsampling: true };
  const common = { prompt: edit.prompt, input_image };
  const plain = { ...common, output_format: "png", safety_tolerance: 2 };
  const png = { mediaType: "image/png", hasTransparency: false };
  const jpeg = { mediaType: "image/jpeg", hasTransparency: false };
  const cases = [
    {
      model: "flux-kontext-pro",
      parameters: {},
      request: { ...plain, prompt_upsampling: false },
      costUsd: 0.04,
      facts: { ...png, width: 1184, height: 880 },
    },
    {
      model: "flux-kontext-max",
      parameters: { ...options, aspect_ratio: "21:9" },
      request: { ...common, ...options, aspect_ratio: "21:9" },
      costUsd: 0.08,
      facts: { ...jpeg, width: 1568, height: 672 },
    },
    {
      model: "flux-2-flex",
      parameters: { aspect_ratio: "21:9" },
      request: { ...plain, prompt_upsampling: false, width: 1568, height: 672 },
      costUsd: 0.1,
      facts: { ...png, width: 1568, height: 672 },
    },
    {
      model: "flux-2-klein-4b",
      parameters: { aspect_ratio: "1:1", prompt_upsampling: true },
      request: { ...plain, width: 1024, height: 1024 },
      costUsd: 0.015,
      facts: { ...png, width: 1024, height: 1024 },
    },
    {
      model: "flux-2-pro",
      parameters: {},
      request: { ...plain, disable_pup: true },
      costUsd: 0.045,
      facts: { ...png, width: 1184, height: 880 },
    },
    {
      model: "flux-2-pro",
      parameters: { ...options, aspect_ratio: "3:2" },
      request: {
        ...common,
        output_format: "jpeg",
        safety_tolerance: 5,
        disable_pup: false,
        width: 1248,
        height: 832,
      },
      costUsd: 0.045,
      facts: { ...jpeg, width: 1248, height: 832 },
    },
  ] as const;
  for (const { model, parameters, request, costUsd, facts } of cases) {
    await t.step(`${model} by ${Object.keys(parameters).join(", ") || "nothing"}`, async () => {
      await withProvider("flux", { model }, async ({ app, adapter }) => {
        const progress = await submit(adapter, OPERATION, { ...edit, ...parameters }, files);
        const accepted = running(progress);
        const [purchase, ...more] = await readCalls(app);
        assert.deepEqual(purchase?.request, request);
        assert.deepEqual([purchase.model, more], [model, []]);
        assert.equal(accepted.pollAfterSeconds, 1);
        const providerTaskId = purchase.request_id;
        // The price comes with the result.
        assert.deepEqual(accepted.call, { model, providerTaskId, costUsd: undefined });

        const { outputs: [output], call } = succeeded(await poll(adapter, accepted));
        assert.deepEqual(call, { costUsd });
        assert.ok(output);
        assert.deepEqual(await readImage(await bytesOf((await output.open()).body)), facts);
      });
    });
  }
});

Deno.test("a job tells how far it is, and is asked less often when it is older", async () => {
  await withProvider("flux", { jobSeconds: 20 }, async ({ adapter, clock }) => {
    const accepted = running(await submit(adapter, OPERATION, edit, files));
    const look = async (ageSeconds: number): Promise<(number | undefined)[]> => {
      const { handle, ...found } = running(await poll(adapter, accepted, ageSeconds));
      assert.equal(handle, accepted.handle);
      return [found.progress, found.pollAfterSeconds];
    };
    assert.deepEqual(await look(0), [0, 1]);
    clock.pass(4_000);
    assert.deepEqual(await look(4), [11, 1]);
    clock.pass(7_000);
    assert.deepEqual(await look(11), [50, 3]);
    clock.pass(9_000);
    assert.equal((await poll(adapter, accepted, 20)).state, "succeeded");
  });
});

Deno.test("a job is asked for where its address points, and its picture fetched without our key", async () => {
  await withProvider("flux", {}, async ({ adapter, seen }) => {
    const accepted = running(await submit(adapter, OPERATION, edit, files));
    const { outputs: [output] } = succeeded(await poll(adapter, accepted));
    assert.ok(output);
    await bytesOf((await output.open()).body);
    const [submitted, polled, fetched, ...more] = seen;
    assert.deepEqual(submitted, {
      method: "POST",
      path: "/flux/v1/flux-kontext-pro",
      carriesKey: true,
    });
    assert.match(polled?.path ?? "", /^\/flux\/clusters\/\w+\/v1\/get_result$/);
    assert.deepEqual([polled?.method, polled?.carriesKey], ["GET", true]);
    assert.match(fetched?.path ?? "", /^\/flux\/delivery\/.+\.png$/);
    assert.deepEqual([fetched?.method, fetched?.carriesKey, more], ["GET", false, []]);
  });
});

Deno.test("our key goes to no foreign host, and nothing is fetched from one", async (t) => {
  const adapter = adapterAt("flux", "http://127.0.0.1:9");
  const hosts = ["https://api.bfl.ai.example/v1/get_result", "http://api.eu2.bfl.ai/v1/get_result"];
  for (const pollingUrl of hosts) {
    await t.step(`asked at ${pollingUrl}`, async () => {
      const handle = JSON.stringify({ id: "job", pollingUrl });
      assert.equal((await failureOf(poll(adapter, { handle }))).code, "provider_unavailable");
    });
  }
  await t.step("the picture lies there", async () => {
    const result = { sample: "https://elsewhere.example/1.png" };
    const answer = (): Response => Response.json({ status: "Ready", result, details: null });
    await withServer(answer, async (address) => {
      const handle = JSON.stringify({ id: "job", pollingUrl: `${address}/flux/v1/get_result` });
      const { outputs: [output] } = succeeded(await poll(adapterAt("flux", address), { handle }));
      assert.ok(output);
      const { code, final, unlistedHost } = await failureOf(output.open());
      assert.deepEqual([code, final, unlistedHost], [
        "provider_unavailable",
        false,
        "elsewhere.example",
      ]);
    });
  });
});

Deno.test("an address without the job's id gets it, and a percentage stays one", async () => {
  const asked: string[] = [];
  const answer = ({ url }: Request): Response => {
    asked.push(new URL(url).search);
    return Response.json({ status: "Generating", progress: 42, details: null });
  };
  await withServer(answer, async (address) => {
    const handle = JSON.stringify({ id: "job 1", pollingUrl: `${address}/v1/get_result` });
    const { progress } = running(await poll(adapterAt("flux", address), { handle }));
    assert.equal(progress, 42);
  });
  assert.deepEqual(asked, ["?id=job+1"]);
});

Deno.test("a job's state may leave out whatever it does not have", async () => {
  await withServer(() => Response.json({ id: "job", status: "Pending" }), async (address) => {
    const handle = JSON.stringify({ id: "job", pollingUrl: `${address}/v1/get_result` });
    assert.equal((await poll(adapterAt("flux", address), { handle })).state, "running");
  });
});

Deno.test("a picture that cannot be used is the user's to mend, and is not in the failure's words", async (t) => {
  const whole = await (await aPicture()).content.arrayBuffer();
  const pictures = {
    "cut off": new Uint8Array(whole.slice(0, 400)),
    "none at all": new TextEncoder().encode("robot".repeat(1_000)),
  };
  for (const [name, bytes] of Object.entries(pictures)) {
    await t.step(name, async () => {
      await withProvider("flux", {}, async ({ app, adapter }) => {
        const image = inputFile(bytes, "image/png", "png");
        const call = submit(adapter, OPERATION, edit, { readAsset: () => Promise.resolve(image) });
        const { code, retryable, ambiguous, message } = await failureOf(call);
        assert.deepEqual([code, retryable, ambiguous], ["invalid_input", false, false]);
        assert.ok(
          message.length < 300 && !message.includes(Buffer.from(bytes).toString("base64")),
          message,
        );
        assert.deepEqual(await readCalls(app), []);
      });
    });
  }
});

Deno.test("another field that is refused is no fault of the picture's", async (t) => {
  const detail = (field: string, more = {}): object => ({
    detail: [{ loc: ["body", field], msg: "x", type: "value_error", ...more }],
  });
  const cases = {
    prompt: [detail("prompt", { input: "input_image" }), "provider_rejected"],
    size: [detail("width"), "provider_rejected"],
    "a picture that is missing": [detail("input_image", { type: "missing" }), "provider_rejected"],
    "a picture": [detail("input_image"), "invalid_input"],
    "another picture": [detail("input_image_2"), "invalid_input"],
  } as const;
  for (const [name, [body, expected]] of Object.entries(cases)) {
    await t.step(name, async () => {
      await withServer(() => Response.json(body, { status: 422 }), async (address) => {
        const { code } = await failureOf(
          submit(adapterAt("flux", address), OPERATION, edit, files),
        );
        assert.equal(code, expected);
      });
    });
  }
});

Deno.test("a failure never tells our key", async () => {
  const detail = "Not authenticated";
  await withServer(() => Response.json({ detail }, { status: 403 }), async (address) => {
    const { message } = await failureOf(submit(adapterAt("flux", address), OPERATION, edit, files));
    assert.match(message, /Not authenticated/);
    assert.ok(!message.includes(API_KEY));
  });
});
