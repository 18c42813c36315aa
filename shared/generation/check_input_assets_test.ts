import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { Jimp } from "../../simulators/jimp.ts";
import { drawnPng } from "../../testing/drawn_png.ts";
import { ApiError } from "../contract/errors.ts";
import type { OperationId } from "../contract/operations.ts";
import type { Bytes } from "../bytes.ts";
import {
  aGlb,
  aJpeg,
  aPng,
  aWebp,
  bytesOf,
  exif,
  joined,
  jpegSegment,
  pngChunk,
  triangle,
} from "../../testing/small_files.ts";
import type { AssetLookup } from "../storage/asset_lookup.ts";
import { blobSource } from "../inputs/byte_source.ts";
import { checkInputAssets } from "./check_input_assets.ts";
import { parseCommand } from "./command.ts";
import { type LocatedCommand, locateInputAssets } from "./input_assets.ts";

const PROJECT = "https://project.example";
const FIELD = "input_image_asset_url";

/** A file in Storage, and how long Storage says that it is. */
interface File {
  readonly content: Bytes;
  readonly bytes?: number;
}

type Files = Readonly<Record<string, File>>;

function png(width = 1_024, height = 1_024, bytes?: number): File {
  return { content: aPng({ width, height }), ...(bytes !== undefined && { bytes }) };
}

/** A photo that its EXIF turns. */
function photo(orientation: number, width = 1_024, height = 1_024): File {
  const segment = jpegSegment(0xe1, joined(bytesOf("Exif\0\0"), exif(orientation)));
  return { content: aJpeg({ width, height }, [segment]) };
}

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

/** A Storage where these files are Ann's. */
function storageOf(files: Files): AssetLookup {
  const fileAt = (path: string): File => {
    const file = files[path];
    assert.ok(file, path);
    return file;
  };
  return {
    find: ({ bucket, path }, userId) => {
      const isThere = userId === "ann" && bucket === "inputs" && Object.hasOwn(files, path);
      if (!isThere) return Promise.resolve(undefined);
      const { content, bytes = content.length } = fileAt(path);
      return Promise.resolve({ bytes });
    },
    open: ({ path }) => blobSource(new Blob([fileAt(path).content])),
  };
}

/** Checks a command of Ann's; returns the refusal. */
async function check(command: LocatedCommand, files: Files): Promise<ApiError | undefined> {
  try {
    await checkInputAssets(command, "ann", storageOf(files));
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    return error;
  }
}

function edit(provider: string, name = "a.png"): LocatedCommand {
  return located("image-to-image", { provider, [FIELD]: addressOf(name) });
}

function assertRefused(error: ApiError | undefined, field: string, words: RegExp | string): void {
  assert.equal(error?.code, "invalid_asset");
  const [message = ""] = error.details.map((detail) => detail.message);
  if (typeof words === "string") assert.equal(message, words);
  else assert.match(message, words);
  assert.deepEqual(error.details.map((detail) => detail.field), [field]);
}

Deno.test("a file of the user that the provider takes is accepted up to the limit", async () => {
  const file = png(1_024, 1_024, 50_000_000);
  assert.equal(await check(edit("openai"), { "a.png": file }), undefined);
});

Deno.test("a file that cannot be used is refused with its field, its kind and what to do", async (t) => {
  const takes = "openai takes PNG, JPEG or WebP:";
  const cases: readonly (readonly [name: string, file: File | undefined, words: string])[] = [
    ["missing", undefined, "No such file, or not yours to read; upload it first"],
    [
      "a GIF",
      { content: bytesOf("GIF89a\x01\0\x01\0") },
      `Is a GIF; ${takes} save one picture of it as PNG or JPEG before uploading`,
    ],
    ["a model", { content: aGlb(triangle) }, `Is a GLB; ${takes} upload an image instead`],
    [
      "text",
      { content: bytesOf("hello") },
      `Is no image and no model that is known here; ${takes} upload an image instead`,
    ],
    [
      "empty",
      { content: bytesOf("") },
      `Is empty (0 bytes); ${takes} make sure that it is whole before uploading`,
    ],
    ["too large", png(1, 1, 50_000_001), "Has 50000001 bytes; at most 50000000 are possible"],
  ];
  for (const [name, file, words] of cases) {
    await t.step(name, async () => {
      const error = await check(edit("openai"), file ? { "a.png": file } : {});
      assertRefused(error, FIELD, words);
    });
  }
});

Deno.test("a picture is looked into, and held against the provider's limits", async (t) => {
  await t.step("within the limits", async () => {
    assert.equal(await check(edit("stability"), { "a.png": png(2_500, 1_000) }), undefined);
  });
  await t.step("beyond one", async () => {
    const error = await check(edit("stability"), { "a.png": png(2_501, 1_000) });
    assertRefused(
      error,
      FIELD,
      /^Is 2501x1000 pixels; .* 2.5 times .* crop it to at most 2500x1000/,
    );
  });
  await t.step("beyond one, as it is seen", async () => {
    const error = await check(edit("stability"), { "a.png": photo(6, 4_032, 3_024) });
    assertRefused(
      error,
      FIELD,
      /^Is 3024x4032 pixels; .* scale it down to at most 2660x3547 before/,
    );
  });
  await t.step("of any size, for a provider without limits", async () => {
    assert.equal(await check(edit("openai"), { "a.png": png(1, 9_999) }), undefined);
  });
  await t.step("of a model", async () => {
    const fields = { provider: "tripo", input_model_asset_url: addressOf("a.glb") };
    const command = located("refine-model", fields);
    assert.equal(await check(command, { "a.glb": { content: aGlb(triangle) } }), undefined);
    const error = await check(command, { "a.glb": png() });
    const words = "Is a PNG; tripo takes GLB: upload a model instead";
    assertRefused(error, "input_model_asset_url", words);
    const heic = await check(command, {
      "a.glb": { content: bytesOf("\0\0\0\x10ftypheic\0\0\0\0") },
    });
    const notConverted = "Is a HEIC photo; tripo takes GLB: upload a model instead";
    assertRefused(heic, "input_model_asset_url", notConverted);
  });
});

Deno.test("of what is taken the client is told what may come out other than meant", async (t) => {
  const warningsOf = async (command: LocatedCommand, file: File): Promise<readonly string[]> => {
    const { warnings } = await checkInputAssets(command, "ann", storageOf({ "a.png": file }));
    return warnings;
  };
  const sketch = located("sketch-to-image", {
    provider: "stability",
    input_sketch_asset_url: addressOf("a.png"),
  });
  const transparent = { content: aPng({}, [], [], 6) };
  await t.step("a photo that is stored turned", async () => {
    assert.deepEqual(await warningsOf(edit("openai"), photo(6)), []);
    assert.deepEqual(await warningsOf(edit("stability"), photo(1)), []);
    const [warning = ""] = await warningsOf(edit("stability"), photo(6));
    assert.match(warning, /^input_image_asset_url: is stored turned \(EXIF orientation 6\)/);
  });
  await t.step("a drawing on nothing", async () => {
    assert.deepEqual(await warningsOf(edit("stability"), transparent), []);
    assert.deepEqual(await warningsOf(sketch, png()), []);
    const [warning = ""] = await warningsOf(sketch, transparent);
    assert.match(warning, /^input_sketch_asset_url: may be transparent/);
  });
});

Deno.test("a file that is not the user's is never opened", async () => {
  const lookup: AssetLookup = {
    find: () => Promise.resolve(undefined),
    open: () => assert.fail("Opened"),
  };
  await assert.rejects(checkInputAssets(edit("stability"), "bob", lookup), {
    code: "invalid_asset",
  });
});

Deno.test("every view of a list is checked, and a refusal names its place", async (t) => {
  const views = (names: readonly (string | null)[]): LocatedCommand =>
    located("image-to-model", {
      provider: "tripo",
      input_image_asset_urls: names.map((name) => name && addressOf(name)),
    });
  const files = {
    good: png(256, 256),
    other: png(),
    small: png(255, 1_000),
    webp: { content: aWebp() },
  };

  await t.step("all good, of any sizes", async () => {
    assert.equal(await check(views(["good", null, "other"]), files), undefined);
  });
  const cases: readonly (readonly [names: readonly (string | null)[], place: number, RegExp])[] = [
    [["good", null, "missing"], 2, /No such file/],
    [["good", "webp"], 1, /^Is a WebP; tripo takes PNG or JPEG: convert it to PNG or JPEG before/],
    [["good", null, null, "small"], 3, /each side must have at least 256: scale it up to at least/],
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
  const size = { width: 1_024, height: 512 };
  const image = png(1_024, 512);
  await t.step("equal", async () => {
    const mask = { content: await drawnPng({ ...size, pixel: (x) => [x < 500 ? 255 : 0] }) };
    assert.equal(await check(inpaint, { image, mask }), undefined);
  });
  await t.step("as each is stored", async () => {
    const mask = { content: aPng(size, [pngChunk("eXIf", exif(3))]) };
    const error = await check(inpaint, { image, mask });
    assertRefused(error, "input_mask_asset_url", /^Is stored turned \(EXIF orientation 3\)/);
  });
  await t.step("a PNG", async () => {
    const error = await check(inpaint, { image, mask: photo(1, 1_024, 512) });
    const words = "Is a JPEG; recraft takes PNG as a mask: convert it to PNG before uploading";
    assertRefused(error, "input_mask_asset_url", words);
  });
  await t.step("no larger than can be looked at", async () => {
    const large = png(4_000, 3_000);
    const error = await check(inpaint, { image: large, mask: large });
    const words = /^Is 4000x3000 pixels; of a mask, .* scale it down to at most 2364x1773 before/;
    assertRefused(error, "input_mask_asset_url", words);
  });
  const sizes = [[1_024, 511], [1_023, 512], [512, 1_024]] as const;
  for (const [width, height] of sizes) {
    await t.step(`${width}x${height}`, async () => {
      const error = await check(inpaint, { image, mask: png(width, height) });
      const words = new RegExp(`Is ${width}x${height} pixels; must be 1024x512 like the image`);
      assertRefused(error, "input_mask_asset_url", words);
    });
  }
  await t.step("and both stored upright", async () => {
    const words = /stored turned \(EXIF orientation 8\).* upright, 512x1024 as it is seen/;
    const turned = photo(8, 1_024, 512);
    for (const mask of [image, png(512, 1_024)]) {
      assertRefused(await check(inpaint, { image: turned, mask }), FIELD, words);
    }
  });
  await t.step("an image beyond the limits is named, not its mask", async () => {
    const error = await check(inpaint, { image: png(4_097, 512), mask: image });
    assertRefused(error, FIELD, /no side may have more than 4096/);
  });
});

Deno.test("a mask with greys or a hole is mended at the submit, and the client is told", async (t) => {
  const inpaint = located("image-inpaint", {
    provider: "recraft",
    input_image_asset_url: addressOf("image"),
    input_mask_asset_url: addressOf("mask"),
  });
  const size = { width: 300, height: 300 };
  const image = { content: aPng(size) };
  await t.step("mended", async () => {
    const pixel = (x: number): number[] => [x < 100 ? 0 : x < 101 ? 90 : 255];
    const mask = { content: await drawnPng({ ...size, pixel }) };
    const checked = await checkInputAssets(inpaint, "ann", storageOf({ image, mask }));
    assert.deepEqual(checked.warnings, [
      "input_mask_asset_url: has greys, which are sent as black or white, whichever is nearer",
    ]);
    const sent = await drawnPng({ ...size, pixel: (x) => [x < 101 ? 0 : 255] });
    const mended = checked.inputs.map(({ path, mended = "" }) => [path, mended]);
    const base64 = (await Jimp.read(Buffer.from(mended[1]?.[1] ?? "", "base64"))).bitmap.data;
    assert.deepEqual(base64, (await Jimp.read(Buffer.from(sent))).bitmap.data);
    assert.deepEqual(mended[0], ["image", ""]);
  });
  await t.step("not the image itself", async () => {
    const both = { content: await drawnPng({ ...size, pixel: (x) => [x === 0 ? 90 : 255] }) };
    const command = located("image-inpaint", {
      provider: "recraft",
      input_image_asset_url: addressOf("both"),
      input_mask_asset_url: addressOf("both"),
    });
    const error = await check(command, { both });
    assertRefused(error, "input_mask_asset_url", /^Is the image itself/);
  });
});

Deno.test("an operation without input files looks nothing up", async () => {
  const lookup = { find: () => assert.fail("Looked up"), open: () => assert.fail("Opened") };
  await checkInputAssets(located("text-to-image", { provider: "openai" }), "ann", lookup);
});

Deno.test("a Storage that fails is no fault of the file", async () => {
  const lookup: AssetLookup = {
    find: () => Promise.resolve({ bytes: 100 }),
    open: () => ({ size: 100, read: () => Promise.reject(new Error("Storage answers 500")) }),
  };
  await assert.rejects(checkInputAssets(edit("stability"), "ann", lookup), {
    message: "Storage answers 500",
  });
});
