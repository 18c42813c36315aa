import assert from "node:assert/strict";
import { imageToModel } from "./image_to_model.ts";

type Parameters = Readonly<Record<string, unknown>>;

function map(parameters: Parameters = {}): ReturnType<typeof imageToModel.map> {
  return imageToModel.map(
    imageToModel.schema.parse({ input_image_asset_urls: ["a"], ...parameters }),
  );
}

/** The fields that are sent. */
function sent(parameters: Parameters = {}): Parameters {
  return JSON.parse(JSON.stringify(map(parameters).request.fields));
}

function warned(parameters: Parameters): string[] {
  return map(parameters).warnings.map((warning) => warning.split(":")[0] ?? "");
}

const defaults = {
  texture_resolution: 1024,
  remesh: "none",
  guidance_scale: 3,
  foreground_ratio: 1.3,
};

Deno.test("the smallest request is sent with every default, and warns of nothing", () => {
  assert.deepEqual(sent(), defaults);
  assert.equal(map().request.image, "a");
  assert.deepEqual(warned({}), []);
});

Deno.test("the share that the object fills becomes the frame by the object", async (t) => {
  const cases: readonly (readonly [share: number, ratio: number])[] = [
    [0.999, 1],
    [0.85, 1.18],
    [0.77, 1.3],
    [0.75, 1.33],
    [0.51, 1.96],
    [0.5, 2],
    [0.49, 2],
    [0.1, 2],
    [1e-9, 2],
    [0, 1.3],
  ];
  for (const [share, ratio] of cases) {
    await t.step(`${share} is sent as ${ratio}`, () => {
      const { request, warnings } = map({ foreground_ratio: share });
      assert.equal(request.fields.foreground_ratio, ratio);
      assert.equal(warnings.length, 1);
      assert.ok(warnings[0]?.startsWith("foreground_ratio: "));
      assert.ok(warnings[0]?.endsWith(`${share} is sent as ${ratio}`), warnings[0]);
    });
  }
});

Deno.test("from 1 on it is the frame by the object already, as the service has it", async (t) => {
  for (const ratio of [1, 1.001, 1.3, 2]) {
    await t.step(String(ratio), () => {
      const { request, warnings } = map({ foreground_ratio: ratio });
      assert.equal(request.fields.foreground_ratio, ratio);
      assert.deepEqual(warnings, []);
    });
  }
});

Deno.test("a count is sent with what it counts, and else told to be ignored", async (t) => {
  const counts = { target_count: 5_000 };
  for (const target_type of ["vertex", "face"]) {
    await t.step(target_type, () => {
      const parameters = { ...counts, target_type };
      assert.deepEqual(sent(parameters), { ...defaults, ...parameters });
      assert.deepEqual(warned(parameters), []);
    });
  }
  await t.step("none", () => {
    const parameters = { ...counts, target_type: "none" };
    assert.deepEqual(sent(parameters), { ...defaults, target_type: "none" });
    assert.deepEqual(warned(parameters), ["target_count"]);
  });
  await t.step("absent", () => {
    assert.deepEqual(sent(counts), defaults);
    assert.deepEqual(warned(counts), ["target_count"]);
  });
});

Deno.test("a prompt is not sent, and that is told", () => {
  assert.deepEqual(sent({ prompt: "a cat" }), defaults);
  assert.deepEqual(warned({ prompt: "a cat" }), ["prompt"]);
});
