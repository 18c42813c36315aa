import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { ApiError } from "../../shared/contract/errors.ts";
import { type OperationId, operationIds, operations } from "../../shared/contract/operations.ts";
import {
  type CheckedAssets,
  checkInputAssets,
} from "../../shared/generation/check_input_assets.ts";
import { parseCommand } from "../../shared/generation/command.ts";
import { locateInputAssets } from "../../shared/generation/input_assets.ts";
import { blobSource } from "../../shared/inputs/byte_source.ts";
import { indexOfText } from "../../shared/inputs/binary.ts";
import { FileStream } from "../../shared/inputs/cut/file_stream.ts";
import { look } from "../../shared/inputs/look.ts";
import { seenSize } from "../../shared/inputs/seen_size.ts";
import type { Asset } from "../../shared/providers/adapter.ts";
import { type ProviderId, providersOf } from "../../shared/providers/catalog.ts";
import type { AnyProviderOperation } from "../../shared/providers/provider_operation.ts";
import type { AssetLookup } from "../../shared/storage/asset_lookup.ts";
import { takeInput } from "../../shared/storage/take_input.ts";
import { mendedMask } from "../../supabase/functions/worker/step/read_input.ts";
import { submit, withProvider } from "../../testing/simulated_provider.ts";
import {
  masks,
  refusedImages,
  refusedModels,
  type UsedImage,
  usedImages,
  usedModels,
} from "./expected.ts";

const PROJECT = "https://project.example";
const SECRET = "SecretCamera";
const IMAGE_BELOW_A_MASK = "pillow_rgb.jpg";

async function fileNamed(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return await Deno.readFile(new URL(`files/${name}`, import.meta.url));
}

const names = Array.from(
  Deno.readDirSync(new URL("files", import.meta.url)),
  (entry) => entry.name,
);
const files = new Map(
  await Promise.all(names.map(async (name) => [name, await fileNamed(name)] as const)),
);

function contentOf(path: string): Uint8Array<ArrayBuffer> {
  const content = files.get(path);
  assert.ok(content, path);
  return content;
}

/** A Storage where all files are there and the user's. */
const lookup: AssetLookup = {
  find: ({ path }) => Promise.resolve({ bytes: contentOf(path).length }),
  open: ({ path }) => blobSource(new Blob([contentOf(path)])),
};

/** An operation of a provider that takes files. */
interface Pair {
  readonly operation: OperationId;
  readonly provider: ProviderId;
  readonly declared: AnyProviderOperation;
}

const pairs: readonly Pair[] = operationIds.flatMap((operation) =>
  providersOf(operation).flatMap(([provider, declared]) =>
    declared.assetLimits ? [{ operation, provider, declared }] : []
  )
);

function takesImages({ declared }: Pair): boolean {
  return declared.assetLimits?.mediaTypes.includes("image/png") ?? false;
}

/** What came of a request: a refusal of its file, or what was sent and answered. */
interface Outcome {
  readonly refusal?: string;
  readonly warnings: readonly string[];
  /** By the names of the files. */
  readonly sent: ReadonlyMap<string, Asset>;
}

/** Sends a request for these files through the check, the cut and the adapter to the simulated service. */
async function ask(
  { operation, provider, declared }: Pair,
  paths: readonly string[],
): Promise<Outcome> {
  const urls = paths.map((path) => `${PROJECT}/storage/v1/object/public/inputs/${path}`);
  const fields = operations[operation].assets.map((field, index) => {
    const isList = Array.isArray(declared.example[field]);
    return [field, isList ? [urls[0]] : urls[index]];
  });
  const { draft_model_task_id: _, ...example } = declared.example;
  const body = { ...example, ...Object.fromEntries(fields), task_id: "t", provider };
  const located = locateInputAssets(parseCommand(operation, body), [PROJECT]);
  let checked: CheckedAssets;
  try {
    checked = await checkInputAssets(located, "ann", lookup);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "invalid_asset") throw error;
    const { field, message } = error.details[0] ?? assert.fail(error.message);
    assert.equal(error.message, `${field}: ${message}`);
    return { refusal: message, warnings: [], sent: new Map() };
  }
  const sent = new Map<string, Asset>();
  await withProvider(provider, {}, async ({ adapter }) => {
    const progress = await submit(adapter, operation, located.command.parameters, {
      readAsset: async (url, kind) => {
        const path = url.slice(url.lastIndexOf("/") + 1);
        const { mended } = checked.inputs.find((input) => input.path === path) ?? {};
        const asset = mended === undefined ? await taken(path, kind) : mendedMask(mended);
        sent.set(path, asset);
        return asset;
      },
    });
    assert.ok(["succeeded", "running"].includes(progress.state));
  });
  return { warnings: checked.warnings, sent };
}

async function taken(path: string, kind: "image" | "model"): Promise<Asset> {
  const body = new Blob([contentOf(path)]).stream();
  return await takeInput(new FileStream(body), kind) ?? assert.fail(`${path} is not taken`);
}

async function assertNoSecret({ content }: Asset): Promise<void> {
  assert.equal(indexOfText(new Uint8Array(await content.arrayBuffer()), SECRET), -1);
}

async function assertSentAsItIs(sent: Outcome["sent"], name: string): Promise<void> {
  const bytes = await sent.get(name)?.content.bytes();
  // A comparison that shows where large files differ would take seconds.
  assert.equal(Buffer.compare(bytes ?? new Uint8Array(), contentOf(name)), 0);
}

/** What a look sees that is to be the same before and after the cut. */
async function seenBy(blob: Blob): Promise<unknown> {
  const found = await look(blobSource(blob));
  assert.equal(found.found, "image");
  const { width, height } = seenSize(found);
  return { seen: `${width}x${height}`, orientation: found.orientation };
}

/** Of files of which nothing else is said. */
const USUAL_SIZE = "352x324";

/** Why a pair does not take an image that is one; undefined if it does. */
function expectedRefusal(
  { declared }: Pair,
  { is, seen = USUAL_SIZE }: UsedImage,
): RegExp | undefined {
  const { mediaTypes = [] } = declared.assetLimits ?? {};
  if (!mediaTypes.includes(`image/${is.toLowerCase()}`)) {
    return new RegExp(`^Is a ${is}; .*: convert it to PNG or JPEG before uploading$`);
  }
  const { minSide = 0 } = declared.assetLimits?.image ?? {};
  if (Math.min(...seen.split("x").map(Number)) < minSide) {
    const words = `pixels; each side must have at least ${minSide}: scale it up to at least `;
    return new RegExp(`${words}\\d+x\\d+ before up`);
  }
}

Deno.test("each file has an expectation, and none is missing", () => {
  const expected = [usedImages, refusedImages, refusedModels, masks].flatMap(Object.keys);
  assert.deepEqual([...new Set([...expected, ...usedModels])].sort(), [...names].sort());
});

const imagePairs = pairs.filter((pair) => takesImages(pair) && pair.operation !== "image-inpaint");
const modelPairs = pairs.filter((pair) => !takesImages(pair));

for (const [name, expected] of Object.entries(usedImages)) {
  Deno.test(`${name} is used by every operation on images that takes its kind`, async () => {
    for (const pair of imagePairs) {
      const refusal = expectedRefusal(pair, expected);
      const outcome = await ask(pair, [name]);
      if (refusal) {
        assert.match(outcome.refusal ?? "", refusal);
        continue;
      }
      assert.equal(outcome.refusal, undefined, pair.provider);
      if (expected.warning) assert.match(outcome.warnings.join(), expected.warning);
      const { seen = USUAL_SIZE, orientation = 1 } = expected;
      for (const asset of outcome.sent.values()) {
        assert.equal(asset.mediaType, `image/${expected.is.toLowerCase()}`);
        await assertNoSecret(asset);
        assert.deepEqual(await seenBy(asset.content), { seen, orientation });
      }
      assert.equal(outcome.sent.size, 1);
    }
  });
}

for (const [name, words] of Object.entries(refusedImages)) {
  Deno.test(`${name} is refused by every operation on images with what to do`, async () => {
    for (const pair of imagePairs) {
      const { refusal = "taken" } = await ask(pair, [name]);
      assert.match(refusal, words);
      assert.ok(refusal.includes(`; ${pair.provider} takes PNG`), refusal);
    }
  });
}

Deno.test("models are used by every operation on models", async (t) => {
  for (const name of usedModels) {
    await t.step(name, async () => {
      for (const pair of modelPairs) {
        const { refusal, sent } = await ask(pair, [name]);
        assert.equal(refusal, undefined);
        await assertSentAsItIs(sent, name);
      }
    });
  }
});

for (const [name, words] of Object.entries(refusedModels)) {
  Deno.test(`${name} is refused by every operation on models with what to do`, async () => {
    for (const pair of modelPairs) {
      assert.match((await ask(pair, [name])).refusal ?? "taken", words);
    }
  });
}

const inpaint = pairs.filter(({ operation }) => operation === "image-inpaint");

for (const [name, { becomes, words }] of Object.entries(masks)) {
  Deno.test(`${name} as a mask is ${becomes}`, async () => {
    for (const pair of inpaint) {
      const { refusal, warnings, sent } = await ask(pair, [IMAGE_BELOW_A_MASK, name]);
      assert.equal(refusal !== undefined, becomes === "refused", refusal);
      assert.equal(warnings.length > 0, becomes === "mended", warnings.join());
      if (words) assert.match(refusal ?? warnings.join(), words);
      if (becomes === "sent") await assertSentAsItIs(sent, name);
    }
  });
}

Deno.test("the list of operations is that of all pairs with input files", () => {
  assert.equal(pairs.length, imagePairs.length + modelPairs.length + inpaint.length);
  const withFiles = operationIds.filter((operation) => operations[operation].assets.length > 0);
  assert.equal(pairs.length, withFiles.flatMap((operation) => providersOf(operation)).length);
});
