import assert from "node:assert/strict";
import { type AssetFacts, assetFacts } from "../../shared/contract/asset_facts.ts";
import { detectResultType } from "../../shared/storage/media_type.ts";
import { watchFacts } from "../../supabase/functions/worker/facts/watch_facts.ts";
import { bytesOf } from "../../testing/streams.ts";
import files from "./expected_files.json" with { type: "json" };
import pictures from "./expected_pictures.json" with { type: "json" };

/** Each cuts the beginning of a GLB elsewhere, and the last leaves all files whole. */
const PART_LENGTHS = [1, 7, 19, 21, 1_000, 100_000];

/** Of what few programs read, we say no more than what it is. */
const UNREAD = ["cjpeg_arithmetic.jpg"];

/** The facts of a file that comes in parts of so many bytes. */
async function factsOf(bytes: Uint8Array<ArrayBuffer>, partLength: number): Promise<AssetFacts> {
  const type = await detectResultType(bytes, "image") ?? await detectResultType(bytes, "model");
  assert.ok(type);
  const parts = Array.from(
    { length: Math.ceil(bytes.length / partLength) },
    (_, index) => bytes.slice(index * partLength, (index + 1) * partLength),
  );
  const watched = watchFacts(ReadableStream.from(parts), type);
  assert.deepEqual(await bytesOf(watched.body), bytes);
  return assetFacts.strict().parse(await watched.facts());
}

/** As near as numbers of four bytes are to each other; what Draco decodes is a little further off. */
function assertNear(
  size: readonly number[],
  seen: readonly number[],
  compressed: AssetFacts["compressed"],
): void {
  const distance = Math.max(...seen) * (compressed === "draco" ? 1e-3 : 1e-5);
  assert.equal(size.length, seen.length);
  for (const [axis, length] of seen.entries()) {
    assert.ok(Math.abs((size[axis] ?? NaN) - length) <= distance, `${size} instead of ${seen}`);
  }
}

async function check(
  folder: string,
  name: string,
  { size: seenSize = [], ...seen }: Partial<AssetFacts>,
): Promise<void> {
  const bytes = await Deno.readFile(new URL(`${folder}/${name}`, import.meta.url));
  for (const partLength of PART_LENGTHS) {
    const { size = [], ...facts } = await factsOf(bytes, partLength);
    const { media_type, bytes: length } = facts;
    assert.equal(length, bytes.length);
    assert.deepEqual(facts, UNREAD.includes(name) ? { media_type, bytes: length } : seen);
    assertNear(size, seenSize, facts.compressed);
  }
}

Deno.test("facts of models and drawings are what others see in them", async (t) => {
  for (const [name, seen] of Object.entries(files)) {
    await t.step(name, () => check("files", name, assetFacts.parse(seen)));
  }
});

Deno.test("facts of pictures are what others see in them", async (t) => {
  for (const [name, seen] of Object.entries(pictures)) {
    await t.step(name, () => check("../inputs/files", name, seen));
  }
});
