import assert from "node:assert/strict";
import type { AssetFacts } from "../../../../shared/contract/asset_facts.ts";
import {
  aGlb,
  aJpeg,
  aPng,
  bytesOf as textBytes,
  jpegSegment,
} from "../../../../testing/small_files.ts";
import { bytesOf, streamOf } from "../../../../testing/streams.ts";
import { MAX_DESCRIPTION_BYTES } from "./model_facts.ts";
import { watchFacts } from "./watch_facts.ts";

const glb = { mediaType: "model/gltf-binary", extension: "glb" };
const jpeg = { mediaType: "image/jpeg", extension: "jpg" };

/** What is known beside kind and length; the bytes must be the same. */
async function factsOf(
  bytes: Uint8Array<ArrayBuffer>,
  type = glb,
): Promise<Omit<AssetFacts, "media_type" | "bytes">> {
  const watched = watchFacts(streamOf(bytes), type);
  assert.deepEqual(await bytesOf(watched.body), bytes);
  const { media_type, bytes: length, ...facts } = await watched.facts();
  assert.deepEqual([media_type, length], [type.mediaType, bytes.length]);
  return facts;
}

const box = { count: 8, componentType: 5126, min: [0, 0, 0], max: [1, 2, 3] };
const corners = { count: 36, componentType: 5123 };
const model = {
  asset: { version: "2.0" },
  accessors: [box, corners],
  meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 1 }] }],
  nodes: [{ mesh: 0 }],
  scenes: [{ nodes: [0] }],
};
const counts = { triangles: 12, vertices: 8, materials: 0, textures: 0, compressed: null };

Deno.test("a model that says all has all facts", async () => {
  assert.deepEqual(await factsOf(aGlb(model)), { ...counts, size: [1, 2, 3] });
});

Deno.test("a size that cannot be told is left out alone", async (t) => {
  const instances = { EXT_mesh_gpu_instancing: { attributes: {} } };
  const changes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    "no bounds": { accessors: [{ ...box, min: undefined }, corners] },
    "bounds of two numbers": { accessors: [{ ...box, max: [1, 2] }, corners] },
    "bounds the wrong way round": { accessors: [{ ...box, min: [9, 9, 9] }, corners] },
    "no scene": { scenes: [] },
    "a scene that is not there": { scene: 7 },
    "an empty scene": { scenes: [{}] },
    "a node that is not there": { scenes: [{ nodes: [5] }] },
    "a node within itself": { nodes: [{ mesh: 0, children: [0] }] },
    "a node in two places": { scenes: [{ nodes: [0, 0] }] },
    "nodes in a ring": { nodes: [{ children: [1] }, { mesh: 0, children: [0] }] },
    "many places in the bytes": { nodes: [{ mesh: 0, extensions: instances }] },
    "larger than numbers": { nodes: [{ mesh: 0, scale: [1e308, 1e308, 1e308], children: [] }] },
  };
  for (const [name, change] of Object.entries(changes)) {
    await t.step(name, async () => {
      const isHuge = name === "larger than numbers";
      const accessors = isHuge ? [{ ...box, max: [1e300, 2, 3] }, corners] : model.accessors;
      const facts = await factsOf(aGlb({ ...model, accessors, ...change }));
      assert.deepEqual(facts, counts);
    });
  }
});

Deno.test("a description that is none tells nothing, and the file goes its way", async (t) => {
  const descriptions: readonly unknown[] = [
    "{",
    "[]",
    "null",
    "3",
    { ...model, accessors: "many" },
    { ...model, accessors: [{ ...box, count: -1 }, corners] },
    { ...model, accessors: [{ ...box, count: 0.5 }, corners] },
    { ...model, meshes: [{ primitives: [{ attributes: { POSITION: "0" } }] }] },
    { ...model, nodes: [{ mesh: 0, rotation: [1] }] },
  ];
  for (const description of descriptions) {
    await t.step(JSON.stringify(description).slice(0, 40), async () => {
      assert.deepEqual(await factsOf(aGlb(description)), {});
    });
  }
  const whole = aGlb(model);
  const broken = {
    "cut in its description": whole.slice(0, 60),
    "cut in its head": whole.slice(0, 15),
  };
  for (const [name, bytes] of Object.entries(broken)) {
    await t.step(name, async () => assert.deepEqual(await factsOf(bytes), {}));
  }
  await t.step("another chunk first", async () => {
    const bytes = aGlb(model);
    bytes.set(textBytes("BIN\0"), 16);
    assert.deepEqual(await factsOf(bytes), {});
  });
});

Deno.test("a long description is read up to a bound, and never held beyond it", async (t) => {
  const described = (length: number): Uint8Array<ArrayBuffer> => {
    const padding = length - JSON.stringify({ ...model, extras: "" }).length;
    return aGlb({ ...model, extras: "x".repeat(padding) });
  };
  await t.step("at the bound", async () => {
    const facts = await factsOf(described(MAX_DESCRIPTION_BYTES));
    assert.equal(facts.triangles, 12);
  });
  await t.step("beyond", async () => {
    assert.deepEqual(await factsOf(described(MAX_DESCRIPTION_BYTES + 4)), {});
  });
  await t.step("one that only says so", async () => {
    const bytes = aGlb(model);
    new DataView(bytes.buffer).setUint32(12, 0xffff_fffc, true);
    assert.deepEqual(await factsOf(bytes), {});
  });
});

Deno.test("nodes may be many, and deep", async () => {
  const nodes = Array.from({ length: 10_000 }, (_, index) => ({
    translation: [1, 0, 0],
    ...(index < 9_999 ? { children: [index + 1] } : { mesh: 0 }),
  }));
  assert.deepEqual((await factsOf(aGlb({ ...model, nodes }))).size, [1, 2, 3]);
});

Deno.test("a picture behind metadata that was not kept is stored without its size", async () => {
  const metadata = Array.from({ length: 4 }, () => jpegSegment(0xe2, new Uint8Array(60_000)));
  const shape = { width: 30, height: 20 };
  assert.deepEqual(await factsOf(aJpeg(shape, metadata.slice(0, 1)), jpeg), shape);
  assert.deepEqual(await factsOf(aJpeg(shape, metadata), jpeg), {});
});

Deno.test("what is for download only, or cut off, is told by its kind and length", async () => {
  const download = { mediaType: "application/octet-stream", extension: "bin" };
  assert.deepEqual(await factsOf(textBytes("<svg width='3' height='4'"), download), {});
  const png = { mediaType: "image/png", extension: "png" };
  assert.deepEqual(await factsOf(aPng({ width: 3, height: 4 }).slice(0, 40), png), {});
});

Deno.test("who gives up the file gives up its source", async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const source = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(10)),
    cancel: resolve,
  });
  await watchFacts(source, glb).body.cancel("lost");
  assert.equal(await promise, "lost");
});
