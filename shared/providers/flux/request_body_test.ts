import assert from "node:assert/strict";
import { imageToImage } from "./image_to_image.ts";
import { requestBody } from "./request_body.ts";

type Body = Readonly<Record<string, unknown>>;

/** The body of a call, as it goes over the wire. */
function bodyOf(model: string, parameters: Body = {}): Body {
  const { request } = imageToImage.map(
    imageToImage.schema.parse({ prompt: "x", input_image_asset_url: "a", ...parameters }),
  );
  return JSON.parse(JSON.stringify(requestBody(model, request.fields, "aW1n")));
}

const kontext = {
  prompt: "x",
  input_image: "aW1n",
  output_format: "png",
  safety_tolerance: 2,
  prompt_upsampling: false,
};

const flux2 = {
  prompt: "x",
  input_image: "aW1n",
  output_format: "png",
  safety_tolerance: 2,
  disable_pup: true,
};

Deno.test("Kontext takes the parameters as they are", () => {
  assert.deepEqual(bodyOf("flux-kontext-pro"), kontext);
  const all = {
    aspect_ratio: "16:9",
    output_format: "jpeg",
    safety_tolerance: 6,
    prompt_upsampling: true,
  };
  assert.deepEqual(bodyOf("flux-kontext-max", all), { ...kontext, ...all });
});

Deno.test("FLUX.2 expands prompts unless told not to", () => {
  assert.deepEqual(bodyOf("flux-2-pro"), flux2);
  assert.deepEqual(bodyOf("flux-2-pro", { prompt_upsampling: true }), {
    ...flux2,
    disable_pup: false,
  });
});

Deno.test("prompts are left as they are with the field that the model's line has", () => {
  const { disable_pup: _, ...plain } = flux2;
  for (const wanted of [false, true]) {
    const parameters = { prompt_upsampling: wanted };
    assert.deepEqual(bodyOf("flux-2-max", parameters), { ...plain, disable_pup: !wanted });
    // On, unless it is sent.
    assert.deepEqual(bodyOf("flux-2-flex", parameters), { ...plain, prompt_upsampling: wanted });
    assert.deepEqual(bodyOf("flux-2-klein-9b", parameters), plain);
    assert.deepEqual(bodyOf("flux-2-klein-4b", parameters), plain);
  }
});

Deno.test("FLUX.2 is less tolerant", () => {
  const tolerated = [0, 4, 5, 6].map((safety_tolerance) =>
    bodyOf("flux-2-max", { safety_tolerance })["safety_tolerance"]
  );
  assert.deepEqual(tolerated, [0, 4, 5, 5]);
});

Deno.test("FLUX.2 takes a size of about a megapixel instead of a ratio", async (t) => {
  const sizes: Readonly<Record<string, readonly [width: number, height: number]>> = {
    "1:1": [1024, 1024],
    "100:100": [1024, 1024],
    "16:9": [1344, 768],
    "9:16": [768, 1344],
    "21:9": [1568, 672],
    "9:21": [672, 1568],
    "4:3": [1152, 864],
    "3:4": [864, 1152],
    "3:2": [1248, 832],
    "2:3": [832, 1248],
    "4:5": [896, 1120],
    "5:4": [1120, 896],
  };
  for (const [ratio, expected] of Object.entries(sizes)) {
    await t.step(ratio, () => {
      const { width, height, ...rest } = bodyOf("flux-2-pro", { aspect_ratio: ratio });
      assert.deepEqual([width, height], expected);
      assert.deepEqual(rest, flux2);
    });
  }
});

Deno.test("every size is on the grid and within what FLUX.2 takes", () => {
  for (let width = 1; width <= 40; width++) {
    for (let height = 1; height <= 40; height++) {
      const aspect_ratio = `${width}:${height}`;
      if (Math.max(width, height) * 9 > Math.min(width, height) * 21) continue;
      const body = bodyOf("flux-2-pro", { aspect_ratio });
      const sides = [Number(body["width"]), Number(body["height"])];
      const [w = 0, h = 0] = sides;
      assert.ok(sides.every((side) => side % 32 === 0 && side >= 64), aspect_ratio);
      assert.ok(w * h > 0.9 * 1024 ** 2 && w * h <= 1.005 * 1024 ** 2, `${aspect_ratio} ${w}x${h}`);
      const distortion = Math.abs(Math.log(w / h / (width / height)));
      assert.ok(distortion < 0.04, `${aspect_ratio} ${w}x${h}`);
    }
  }
});
