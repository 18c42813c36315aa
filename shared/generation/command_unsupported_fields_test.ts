import assert from "node:assert/strict";
import { ApiError } from "../contract/errors.ts";
import type { OperationId } from "../contract/operations.ts";
import type { ProviderId } from "../providers/catalog.ts";
import { type GenerationCommand, parseCommand } from "./command.ts";

const minimal = { task_id: "task-1", prompt: "a clay robot" };

function parse(
  provider: ProviderId,
  changes: Readonly<Record<string, unknown>>,
  operation: OperationId = "text-to-image",
): GenerationCommand {
  return parseCommand(operation, { ...minimal, provider, ...changes });
}

Deno.test("what only another provider of the operation knows is left out with a warning", async (t) => {
  const cases: readonly (readonly [provider: ProviderId, field: string, value: unknown])[] = [
    ["openai", "negative_prompt", "blurry"],
    ["openai", "substyle", "hand_drawn"],
    ["openai", "style_preset", "anime"],
    ["stability", "n", 2],
    ["stability", "size", "1024x1024"],
    ["stability", "quality", "hd"],
    ["recraft", "quality", "hd"],
    ["recraft", "seed", 7],
    ["recraft", "aspect_ratio", "1:1"],
  ];
  for (const [provider, field, value] of cases) {
    await t.step(`${provider} ${field}`, () => {
      const { parameters, warnings } = parse(provider, { [field]: value });
      assert.ok(!Object.hasOwn(parameters, field));
      assert.deepEqual(warnings, [`${field}: not a parameter of ${provider}; ignored`]);
    });
  }
});

Deno.test("a field that is left out may hold anything, and changes nothing else", async (t) => {
  const { parameters } = parse("openai", {});
  for (const value of [null, "", "x".repeat(5_000), 1e300, ["a"], { a: 1 }]) {
    await t.step(JSON.stringify(value).slice(0, 20), () => {
      assert.deepEqual(parse("openai", { negative_prompt: value }).parameters, parameters);
    });
  }
});

Deno.test("warnings of fields left out stand before those of fields mapped", () => {
  const { warnings } = parse("openai", { style: "vivid", seed: 1, negative_prompt: "blurry" });
  assert.deepEqual(warnings.map((warning) => warning.split(":")[0]), [
    "seed",
    "negative_prompt",
    "style",
  ]);
});

Deno.test("a field that several providers share is judged by the chosen one's own limits", () => {
  assert.equal(parse("recraft", { n: 6 }).resultCount, 6);
  assert.throws(() => parse("openai", { n: 6 }), { code: "invalid_request", message: /^n: / });
  assert.deepEqual(parse("recraft", { style: "digital_illustration" }).warnings, []);
  assert.throws(() => parse("recraft", { style: "vivid" }), { message: /^style: / });
});

Deno.test("what no provider of the operation knows is refused, though one of another does", async (t) => {
  const cases: readonly (readonly [OperationId, ProviderId, field: string])[] = [
    ["text-to-image", "openai", "colour"],
    ["text-to-image", "openai", "background"],
    ["text-to-image", "stability", "fidelity"],
    ["text-to-image", "recraft", "strength"],
    ["text-to-image", "recraft", "safety_tolerance"],
    ["text-to-image", "openai", "face_limit"],
    ["text-to-model", "tripo", "n"],
    ["text-to-model", "tripo", "orientation"],
  ];
  for (const [operation, provider, field] of cases) {
    await t.step(`${operation} ${provider} ${field}`, () => {
      assert.throws(() => parse(provider, { [field]: 1 }, operation), (error) => {
        assert.ok(error instanceof ApiError);
        assert.equal(error.code, "invalid_request");
        assert.deepEqual(error.details.map((detail) => detail.field), [field]);
        assert.match(error.message, new RegExp(`^${field}: Unknown field; known are .*prompt`));
        return true;
      });
    });
  }
});

Deno.test("an app that sends the fields of all providers at once is understood by each", async (t) => {
  const everything = {
    input_image_asset_url: "https://project.example/storage/v1/object/public/inputs/a.png",
    background: "transparent",
    quality: "hd",
    fidelity: 0.5,
    style_preset: "anime",
    strength: 0.5,
    style_id: "5b0c2c6e-6a3e-4a43-9a53-2f2f3f0f1f2f",
    aspect_ratio: "16:9",
    output_format: "png",
    safety_tolerance: 2,
  };
  const own: Readonly<Partial<Record<ProviderId, readonly string[]>>> = {
    openai: ["background", "quality"],
    stability: ["fidelity", "output_format", "style_preset"],
    recraft: ["strength", "style_id"],
    flux: ["aspect_ratio", "output_format", "safety_tolerance"],
  };
  const optional = Object.keys(everything).slice(1);
  for (const provider of ["openai", "stability", "recraft", "flux"] as const) {
    await t.step(provider, () => {
      const { parameters } = parse(provider, everything, "image-to-image");
      const kept = Object.keys(parameters).filter((field) => optional.includes(field)).sort();
      assert.deepEqual(kept, own[provider]);
    });
  }
});
