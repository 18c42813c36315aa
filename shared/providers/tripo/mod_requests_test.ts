import assert from "node:assert/strict";
import { imageToModel } from "./image_to_model.ts";
import { refineModel } from "./refine_model.ts";
import { textToModel } from "./text_to_model.ts";

type Parameters = Readonly<Record<string, unknown>>;

function fromText(parameters: Parameters): ReturnType<typeof textToModel.map> {
  return textToModel.map(textToModel.schema.parse({ prompt: "a castle", ...parameters }));
}

function fromImages(parameters: Parameters): ReturnType<typeof imageToModel.map> {
  return imageToModel.map(
    imageToModel.schema.parse({ input_image_asset_urls: ["front"], ...parameters }),
  );
}

function refined(parameters: Parameters): ReturnType<typeof refineModel.map> {
  return refineModel.map(
    refineModel.schema.parse({ input_model_asset_url: "model", ...parameters }),
  );
}

const defaults = {
  model: "v3.1-20260211",
  texture: true,
  pbr: false,
  texture_quality: "standard",
};

Deno.test("a style becomes words of the prompt", () => {
  assert.deepEqual(fromText({}), { request: { prompt: "a castle", ...defaults }, warnings: [] });
  assert.deepEqual(fromText({ style: " realistic " }), {
    request: { prompt: "a castle, realistic style", ...defaults },
    warnings: ['style: Tripo no longer takes it; "realistic style" was added to the prompt'],
  });
});

Deno.test("the longest prompt with a style stays within what the service takes", () => {
  const { request } = fromText({ prompt: "x".repeat(1_024), style: "realistic" });
  assert.equal(request.prompt.length, 1_024);
});

Deno.test("views are named by their places, and holes are none", async (t) => {
  const cases: readonly (readonly [given: readonly (string | null)[], sent: string])[] = [
    [["f"], "front f"],
    [["f", "l", "b", "r"], "front f, left l, back b, right r"],
    [["f", null, "b"], "front f, back b"],
    [["f", "", "", "r"], "front f, right r"],
    [["f", null, null, null], "front f"],
  ];
  for (const [given, sent] of cases) {
    await t.step(JSON.stringify(given), () => {
      const { views } = fromImages({ input_image_asset_urls: given }).request;
      assert.equal(views.map(({ name, url }) => `${name} ${url}`).join(", "), sent);
    });
  }
});

Deno.test("a model from pictures has no prompt, and an orientation with its texture only", () => {
  const { request, warnings } = fromImages({ prompt: "more detail", pbr: true, texture: false });
  assert.deepEqual(request.fields, { model: "v3.1-20260211", texture: false, pbr: false });
  assert.deepEqual(warnings.map((warning) => warning.split(":")[0]), ["prompt", "pbr"]);
  assert.deepEqual(fromImages({ orientation: "align_image" }), {
    request: {
      views: [{ name: "front", url: "front" }],
      fields: { ...defaults, orientation: "align_image" },
    },
    warnings: [],
  });
});

Deno.test("an orientation that is not sent is told", () => {
  const { warnings } = fromImages({ orientation: "align_image", texture: false });
  assert.deepEqual(warnings.map((warning) => warning.split(":")[0]), ["orientation"]);
});

Deno.test("a refinement paints the surface, of a file or of an earlier task", () => {
  const fields = { texture: true, pbr: false, texture_quality: "standard" };
  assert.deepEqual(refined({ prompt: "older" }), {
    request: {
      file: "model",
      draftTaskId: undefined,
      model: undefined,
      fields: { ...fields, texture_prompt: { text: "older" } },
    },
    warnings: [],
  });
  assert.deepEqual(refined({ draft_model_task_id: "task" }), {
    request: { file: "model", draftTaskId: "task", model: undefined, fields },
    warnings: [],
  });
});

Deno.test("of versions only one that does nothing but paint is taken for a surface", () => {
  const { request, warnings } = refined({ prompt: "older", model_version: "v3.5-20260815" });
  assert.deepEqual([request.model, warnings], ["v3.5-20260815", []]);
  for (const model_version of ["v2.5-20250123", "v3.0-20250812", "v3.1-20260211", "default"]) {
    const { request, warnings } = refined({ prompt: "older", model_version });
    assert.equal(request.model, undefined);
    assert.deepEqual(warnings, [
      "model_version: the version that fits the draft paints the surface; ignored",
    ]);
  }
  const shape = { prompt: "x", model_version: "v3.5-20260815" };
  assert.ok(!textToModel.schema.safeParse(shape).success);
});

Deno.test("what would change the shape is ignored and told", () => {
  const { warnings } = refined({ prompt: "older", face_limit: 20_000, auto_size: false });
  assert.deepEqual(warnings, [
    "face_limit: Tripo no longer changes the shape of a model; ignored",
    "auto_size: Tripo no longer changes the shape of a model; ignored",
  ]);
});

Deno.test("a refinement that leaves nothing to do is refused", async (t) => {
  const cases: readonly (readonly [field: string, Parameters])[] = [
    ["texture", { prompt: "older", texture: false }],
    ["texture", { prompt: "older", texture: false, pbr: false }],
    ["prompt", {}],
    ["prompt", { pbr: true }],
  ];
  for (const [field, parameters] of cases) {
    await t.step(JSON.stringify(parameters), () => {
      const { error } = refineModel.schema.safeParse({
        input_model_asset_url: "model",
        ...parameters,
      });
      assert.deepEqual(error?.issues.map(({ path }) => path), [[field]]);
    });
  }
});

Deno.test("a surface that only pbr asks for is not bought at twice its price", () => {
  const { request, warnings } = refined({ prompt: "older", texture: false, pbr: true });
  assert.deepEqual([request.fields.texture, request.fields.pbr], [true, true]);
  assert.deepEqual(warnings, [
    "texture: Tripo bills a surface twice that only pbr asks for; sent as true",
  ]);
});
