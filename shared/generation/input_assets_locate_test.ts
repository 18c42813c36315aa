import assert from "node:assert/strict";
import { ApiError } from "../contract/errors.ts";
import type { OperationId } from "../contract/operations.ts";
import { type GenerationCommand, parseCommand } from "./command.ts";
import { locateInputAssets } from "./input_assets.ts";

const PROJECT = "https://project.example";
const BASE = `${PROJECT}/storage/v1/object`;
const URLS = [PROJECT, "http://kong:8000"] as const;

function command(
  operation: OperationId,
  fields: Readonly<Record<string, unknown>>,
): GenerationCommand {
  return parseCommand(operation, { task_id: "task-1", prompt: "x", ...fields });
}

function viewsOf(views: readonly unknown[]): GenerationCommand {
  return command("image-to-model", { provider: "tripo", input_image_asset_urls: views });
}

Deno.test("the address of a transformed image is refused with what to send instead", () => {
  const transformed = `${PROJECT}/storage/v1/render/image/public/inputs/a.png?width=1024`;
  const parsed = command("image-to-image", {
    provider: "openai",
    input_image_asset_url: transformed,
  });
  assert.throws(() => locateInputAssets(parsed, URLS), {
    code: "invalid_asset",
    message: /^input_image_asset_url: .*without the transformation$/,
  });
});

Deno.test("every form of an address becomes the same request, and no token is kept", async (t) => {
  for (const form of ["public/inputs", "sign/inputs", "authenticated/inputs", "inputs"]) {
    await t.step(form, () => {
      const located = locateInputAssets(
        command("image-to-image", {
          provider: "openai",
          input_image_asset_url: `http://kong:8000/storage/v1/object/${form}/a.png?token=secret`,
        }),
        URLS,
      );
      const { input_image_asset_url } = located.command.parameters;
      assert.equal(input_image_asset_url, `${BASE}/public/inputs/a.png`);
      assert.deepEqual(located.assets, [
        { field: "input_image_asset_url", object: { bucket: "inputs", path: "a.png" } },
      ]);
    });
  }
});

Deno.test("nothing else of a command changes", () => {
  const before = command("text-to-image", { provider: "openai", n: 2 });
  assert.deepEqual(locateInputAssets(before, URLS), { command: before, assets: [] });
});

Deno.test("each view of a list is located under its place", () => {
  const { command, assets } = locateInputAssets(
    viewsOf([`${BASE}/sign/inputs/f.png?token=1`, `${BASE}/inputs/ann/l.png`]),
    URLS,
  );
  assert.deepEqual(command.parameters["input_image_asset_urls"], [
    `${BASE}/public/inputs/f.png`,
    `${BASE}/public/inputs/ann/l.png`,
  ]);
  assert.deepEqual(assets, [
    { field: "input_image_asset_urls[0]", object: { bucket: "inputs", path: "f.png" } },
    { field: "input_image_asset_urls[1]", object: { bucket: "inputs", path: "ann/l.png" } },
  ]);
});

Deno.test("a view that is not there keeps its place, and both ways to say so are one request", () => {
  const front = `${BASE}/public/inputs/f.png`;
  const back = `${BASE}/public/inputs/b.png`;
  for (const hole of [null, ""]) {
    const { command, assets } = locateInputAssets(viewsOf([front, hole, back, hole]), URLS);
    assert.deepEqual(command.parameters["input_image_asset_urls"], [front, null, back, null]);
    assert.deepEqual(assets.map(({ field }) => field), [
      "input_image_asset_urls[0]",
      "input_image_asset_urls[2]",
    ]);
  }
});

Deno.test("image and mask are located in the order of the operation, not of the body", () => {
  const { assets } = locateInputAssets(
    command("image-inpaint", {
      provider: "recraft",
      input_mask_asset_url: `${BASE}/public/inputs/mask.png`,
      input_image_asset_url: `${BASE}/public/inputs/image.png`,
    }),
    URLS,
  );
  assert.deepEqual(assets.map(({ field }) => field), [
    "input_image_asset_url",
    "input_mask_asset_url",
  ]);
});

Deno.test("what is parsed again by the worker is what was located", () => {
  const { command } = locateInputAssets(viewsOf([`${BASE}/inputs/f.png`, "", null]), URLS);
  const again = parseCommand("image-to-model", {
    task_id: "task-1",
    provider: "tripo",
    ...command.parameters,
  });
  assert.deepEqual(again.parameters, command.parameters);
});

Deno.test("an address elsewhere is refused with its field and place", async (t) => {
  const elsewhere = "https://other.example/storage/v1/object/public/inputs/a.png";
  const cases: readonly (readonly [field: string, command: GenerationCommand])[] = [
    [
      "input_image_asset_url",
      command("image-to-image", { provider: "openai", input_image_asset_url: elsewhere }),
    ],
    ["input_image_asset_urls[1]", viewsOf([`${BASE}/public/inputs/f.png`, elsewhere])],
    [
      "input_model_asset_url",
      command("refine-model", { provider: "tripo", input_model_asset_url: "file:///etc/passwd" }),
    ],
  ];
  for (const [field, given] of cases) {
    await t.step(field, () => {
      assert.throws(() => locateInputAssets(given, URLS), (error) => {
        assert.ok(error instanceof ApiError);
        assert.equal(error.code, "invalid_asset");
        assert.deepEqual(error.details.map((detail) => detail.field), [field]);
        assert.ok(error.message.startsWith(`${field}: `), error.message);
        assert.ok(error.message.includes(PROJECT), "it says under which URL files are");
        return true;
      });
    });
  }
});
