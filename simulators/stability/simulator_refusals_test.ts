import assert from "node:assert/strict";
import {
  createTestApp,
  formRequest,
  jsonRequest,
  orderFault,
  pictureFile,
  readCalls,
} from "../testing.ts";
import { addressOf, type Operation, readRefusal, stabilityRequest } from "./testing.ts";

type Changes = Parameters<typeof stabilityRequest>[1];
type Cases = Readonly<Record<string, readonly [Operation, Changes, ...fields: string[]]>>;

const long = "x".repeat(10_001);
const picture = await pictureFile();

const badFields: Cases = {
  "no prompt": ["text-to-image", { prompt: undefined }, "prompt"],
  "an empty prompt": ["text-to-image", { prompt: "" }, "prompt"],
  "a prompt of 10,001 characters": ["text-to-image", { prompt: long }, "prompt"],
  "a negative prompt of 10,001 characters": [
    "image-to-image",
    { negative_prompt: long },
    "negative_prompt",
  ],
  "an empty negative prompt": ["text-to-image", { negative_prompt: "" }, "negative_prompt"],
  "a prompt that is a file": ["text-to-image", { prompt: picture }, "prompt"],
  "a ratio that core has not": ["text-to-image", { aspect_ratio: "4:3" }, "aspect_ratio"],
  "a style that nobody has": ["text-to-image", { style_preset: "vivid" }, "style_preset"],
  "an empty style": ["text-to-image", { style_preset: "" }, "style_preset"],
  "output as gif": ["text-to-image", { output_format: "gif" }, "output_format"],
  "a negative seed": ["text-to-image", { seed: "-1" }, "seed"],
  "a seed of 4294967295": ["text-to-image", { seed: "4294967295" }, "seed"],
  "half a seed": ["text-to-image", { seed: "0.5" }, "seed"],
  "a seed in words": ["text-to-image", { seed: "seven" }, "seed"],
  "a fidelity over 1": ["image-to-image", { fidelity: "1.01" }, "fidelity"],
  "a fidelity below 0": ["image-to-image", { fidelity: "-0.01" }, "fidelity"],
  "strength, which is fidelity here": ["image-to-image", { strength: "0.5" }, "strength"],
  "a control strength over 1": [
    "sketch-to-image",
    { control_strength: "1.1" },
    "control_strength",
  ],
  "a ratio for a sketch": ["sketch-to-image", { aspect_ratio: "1:1" }, "aspect_ratio"],
  "a jpeg without background": ["remove-background", { output_format: "jpeg" }, "output_format"],
  "a prompt to remove the background": ["remove-background", { prompt: "a robot" }, "prompt"],
  "a recoloring without its object": [
    "search-and-recolor",
    { select_prompt: undefined },
    "select_prompt",
  ],
  "a recoloring of an empty object": ["search-and-recolor", { select_prompt: "" }, "select_prompt"],
  "a mask grown by 21": ["search-and-recolor", { grow_mask: "21" }, "grow_mask"],
  "a mask grown by 1.5": ["search-and-recolor", { grow_mask: "1.5" }, "grow_mask"],
  "a picture for core": ["text-to-image", { image: picture }, "image"],
  "a prompt for a model": ["image-to-model", { prompt: "a robot" }, "prompt"],
  "an output format for a model": ["image-to-model", { output_format: "png" }, "output_format"],
  "a foreground ratio below 1": [
    "image-to-model",
    { foreground_ratio: "0.99" },
    "foreground_ratio",
  ],
  "a foreground ratio over 2": ["image-to-model", { foreground_ratio: "2.01" }, "foreground_ratio"],
  "a texture of 4096": [
    "image-to-model",
    { texture_resolution: "4096" },
    "texture_resolution",
  ],
  "a remesh into pentagons": ["image-to-model", { remesh: "pentagon" }, "remesh"],
  "a guidance of 0.9": ["image-to-model", { guidance_scale: "0.9" }, "guidance_scale"],
  "a guidance of 10.1": ["image-to-model", { guidance_scale: "10.1" }, "guidance_scale"],
  "99 vertices": ["image-to-model", { target_type: "vertex", target_count: "99" }, "target_count"],
  "20,001 faces": [
    "image-to-model",
    { target_type: "face", target_count: "20001" },
    "target_count",
  ],
  "a count of nothing": [
    "image-to-model",
    { target_type: "none", target_count: "1000" },
    "target_count",
  ],
  "a count without its type": ["image-to-model", { target_count: "1000" }, "target_count"],
  "several mistakes at once": [
    "image-to-image",
    { prompt: undefined, seed: "-1", image: undefined },
    "prompt",
    "seed",
    "image",
  ],
};

Deno.test("bad fields are refused, cost nothing and leave faults alone", async (t) => {
  const app = createTestApp();
  await orderFault(app, "stability", { kind: "refused" });
  for (
    const [name, [operation, changes, ...fields]] of Object.entries(badFields)
  ) {
    await t.step(name, async () => {
      const request = stabilityRequest(operation, changes);
      const response = await app.request(addressOf(operation), request);
      assert.deepEqual(await readRefusal(response), [400, "bad_request", ...fields]);
    });
  }
  assert.deepEqual(await readCalls(app), []);
  assert.equal((await (await app.request("/_faults")).json()).faults.length, 1);
});

Deno.test("a field that comes twice is refused", async () => {
  const parts = [["prompt", "a robot"], ["seed", "1"], ["seed", "2"]] as const;
  const response = await createTestApp().request(addressOf("text-to-image"), formRequest(parts));
  assert.deepEqual(await readRefusal(response), [400, "bad_request", "seed"]);
});

Deno.test("a body that is no form is refused", async (t) => {
  const headers = { authorization: "Bearer sk-simulated", "content-type": "multipart/form-data" };
  const requests = {
    JSON: [jsonRequest({ prompt: "a robot" }), "content-type"],
    "a form without its boundary": [{ method: "POST", headers, body: "--B" }, "body"],
  } as const;
  for (const [name, [request, field]] of Object.entries(requests)) {
    await t.step(name, async () => {
      const response = await createTestApp().request(addressOf("text-to-image"), request);
      assert.deepEqual(await readRefusal(response), [400, "bad_request", field]);
    });
  }
});

Deno.test("images come as image/* or JSON and as nothing else", async (t) => {
  for (const accept of ["image/png", "*/*", "text/html"]) {
    await t.step(accept, async () => {
      const request = stabilityRequest("text-to-image", {}, { accept });
      const response = await createTestApp().request(addressOf("text-to-image"), request);
      assert.deepEqual(await readRefusal(response), [400, "bad_request", "accept"]);
    });
  }
});
