import assert from "node:assert/strict";
import { ApiError } from "../contract/errors.ts";
import type { OperationId } from "../contract/operations.ts";
import type { ImageSize } from "../image_size.ts";
import type { AssetFacts } from "../storage/asset_lookup.ts";
import { parseCommand } from "./command.ts";
import { checkInputAssets, type LocatedCommand, locateInputAssets } from "./input_assets.ts";

const PROJECT = "https://project.example";
const FIELD = "input_image_asset_url";
const png: AssetFacts = { mediaType: "image/png", bytes: 1_000 };
const glb: AssetFacts = { mediaType: "model/gltf-binary", bytes: 1_000 };
const square: ImageSize = { width: 1_024, height: 1_024 };

/** A file in Storage: what Storage says of it, and what its beginning says. */
interface File {
  readonly facts: AssetFacts;
  readonly size?: ImageSize | undefined;
}

type Files = Readonly<Record<string, File>>;

function addressOf(name: string): string {
  return `${PROJECT}/storage/v1/object/public/inputs/${name}`;
}

function located(
  operation: OperationId,
  fields: Readonly<Record<string, unknown>>,
): LocatedCommand {
  const command = parseCommand(operation, { task_id: "task-1", prompt: "x", ...fields });
  return locateInputAssets(command, [PROJECT]);
}

/** Checks a command of Ann's, in a Storage where these files are hers. */
async function check(command: LocatedCommand, files: Files): Promise<ApiError | undefined> {
  try {
    await checkInputAssets(command, "ann", {
      find: ({ bucket, path }, userId) =>
        Promise.resolve(userId === "ann" && bucket === "inputs" ? files[path]?.facts : undefined),
      readImageSize: ({ path }) => Promise.resolve(files[path]?.size),
    });
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    return error;
  }
}

function edit(provider: string, name = "a.png"): LocatedCommand {
  return located("image-to-image", { provider, [FIELD]: addressOf(name) });
}

function assertRefused(error: ApiError | undefined, field: string, words: RegExp): void {
  assert.equal(error?.code, "invalid_asset");
  assert.match(error.message, words);
  assert.deepEqual(error.details.map((detail) => detail.field), [field]);
}

Deno.test("a file of the user that the provider takes is accepted up to the limit", async () => {
  const facts = { ...png, bytes: 50_000_000 };
  assert.equal(await check(edit("openai"), { "a.png": { facts, size: square } }), undefined);
});

Deno.test("a file that cannot be used is refused with its field and what to do", async (t) => {
  const cases: readonly (readonly [name: string, file: File | undefined, words: RegExp])[] = [
    ["missing", undefined, /upload it first/],
    ["wrong type", { facts: { ...png, mediaType: "image/gif" } }, /image\/gif; must be image\/png/],
    ["a model", { facts: glb }, /model\/gltf-binary; must be image\/png/],
    [
      "too large",
      { facts: { ...png, bytes: 50_000_001 } },
      /50000001 bytes; at most 50000000/,
    ],
  ];
  for (const [name, file, words] of cases) {
    await t.step(name, async () => {
      assertRefused(await check(edit("openai"), file ? { "a.png": file } : {}), FIELD, words);
    });
  }
});

Deno.test("a picture is looked into, and held against the provider's limits", async (t) => {
  const wide = { facts: png, size: { width: 2_501, height: 1_000 } };
  await t.step("within the limits", async () => {
    const file = { facts: png, size: { width: 2_500, height: 1_000 } };
    assert.equal(await check(edit("stability"), { "a.png": file }), undefined);
  });
  await t.step("beyond one", async () => {
    const error = await check(edit("stability"), { "a.png": wide });
    assertRefused(error, FIELD, /Is 2501x1000 pixels; the longer side may be at most 2.5 times/);
  });
  await t.step("empty", async () => {
    const error = await check(edit("stability"), { "a.png": { facts: { ...png, bytes: 0 } } });
    assertRefused(error, FIELD, /^.*The file is empty; upload it again$/);
  });
  await t.step("unreadable", async () => {
    const error = await check(edit("stability"), { "a.png": { facts: png } });
    assertRefused(error, FIELD, /Is no image inside/);
  });
  await t.step("of any size, for a provider without limits", async () => {
    const file = { facts: png, size: { width: 1, height: 9_999 } };
    assert.equal(await check(edit("openai"), { "a.png": file }), undefined);
    const error = await check(edit("openai"), { "a.png": { facts: png } });
    assertRefused(error, FIELD, /Is no image inside/);
  });
  await t.step("of a model", async () => {
    const fields = { provider: "tripo", input_model_asset_url: addressOf("a.glb") };
    assert.equal(
      await check(located("refine-model", fields), { "a.glb": { facts: glb } }),
      undefined,
    );
  });
});

Deno.test("the size of a file that is not the user's is never read", async () => {
  let reads = 0;
  const lookup = {
    find: () => Promise.resolve(undefined),
    readImageSize: () => Promise.resolve(reads++ === 0 ? square : undefined),
  };
  await assert.rejects(checkInputAssets(edit("stability"), "bob", lookup), {
    code: "invalid_asset",
  });
  assert.equal(reads, 0);
});

Deno.test("every view of a list is checked, and a refusal names its place", async (t) => {
  const views = (names: readonly (string | null)[]): LocatedCommand =>
    located("image-to-model", {
      provider: "tripo",
      input_image_asset_urls: names.map((name) => name && addressOf(name)),
    });
  const good = { facts: png, size: { width: 256, height: 256 } };
  const small = { facts: png, size: { width: 255, height: 1_000 } };
  const webp = { facts: { ...png, mediaType: "image/webp" }, size: square };
  const files = { good, small, webp };

  await t.step("all good, of any sizes", async () => {
    const other = { facts: png, size: square };
    assert.equal(await check(views(["good", null, "other"]), { good, other }), undefined);
  });
  const cases: readonly (readonly [names: readonly (string | null)[], place: number, RegExp])[] = [
    [["good", null, "missing"], 2, /No such file/],
    [["good", "webp"], 1, /Is image\/webp/],
    [["good", null, null, "small"], 3, /each side must have at least 256/],
    [["small", "good"], 0, /each side must have at least 256/],
  ];
  for (const [names, place, words] of cases) {
    await t.step(JSON.stringify(names), async () => {
      const error = await check(views(names), files);
      assertRefused(error, `input_image_asset_urls[${place}]`, words);
    });
  }
});

Deno.test("a mask must be as large as its image", async (t) => {
  const inpaint = located("image-inpaint", {
    provider: "recraft",
    input_image_asset_url: addressOf("image"),
    input_mask_asset_url: addressOf("mask"),
  });
  const image = { facts: png, size: { width: 1_024, height: 512 } };
  await t.step("equal", async () => {
    assert.equal(await check(inpaint, { image, mask: image }), undefined);
  });
  const sizes = [[1_024, 511], [1_023, 512], [512, 1_024]] as const;
  for (const [width, height] of sizes) {
    await t.step(`${width}x${height}`, async () => {
      const mask = { facts: png, size: { width, height } };
      const error = await check(inpaint, { image, mask });
      const words = new RegExp(`Is ${width}x${height}; must be 1024x512 like the image`);
      assertRefused(error, "input_mask_asset_url", words);
    });
  }
  await t.step("unreadable", async () => {
    const error = await check(inpaint, { image, mask: { facts: png } });
    assertRefused(error, "input_mask_asset_url", /Is no image inside/);
  });
  await t.step("an image beyond the limits is named, not its mask", async () => {
    const large = { facts: png, size: { width: 4_097, height: 512 } };
    const error = await check(inpaint, { image: large, mask: image });
    assertRefused(error, "input_image_asset_url", /no side may have more than 4096/);
  });
});

Deno.test("an operation without input files looks nothing up", async () => {
  const fail = (): Promise<never> => Promise.reject(new Error("Looked up"));
  const lookup = { find: fail, readImageSize: fail };
  await checkInputAssets(located("text-to-image", { provider: "openai" }), "ann", lookup);
});

Deno.test("a Storage that fails is no fault of the file", async () => {
  const lookup = {
    find: () => Promise.resolve(png),
    readImageSize: () => Promise.reject(new Error("Storage answers 500")),
  };
  await assert.rejects(checkInputAssets(edit("stability"), "ann", lookup), {
    message: "Storage answers 500",
  });
});
