import assert from "node:assert/strict";
import { bytesOf, triangle } from "../../testing/small_files.ts";
import { MAX_DESCRIBED_VALUES, OtherFile, readGlbContents } from "./glb_contents.ts";
import { TooManyValues, UnexpectedJson } from "./json_steps.ts";

const described = (description: unknown): Uint8Array => bytesOf(JSON.stringify(description));

/** What would be told of what is behind it. */
const END = "no JSON at all".repeat(1_000);

Deno.test("what a GLB needs is read from its description", () => {
  assert.deepEqual(readGlbContents(described(triangle)), { hasMesh: true, chunkBytes: 36 });
  const inside = [{ byteLength: 3, uri: "data:,abc" }, { byteLength: 5 }];
  assert.deepEqual(readGlbContents(described({ ...triangle, meshes: [], buffers: inside })), {
    hasMesh: false,
    chunkBytes: undefined,
  });
});

Deno.test("a description is read no further than the first name of another file", () => {
  const [start] = JSON.stringify({ ...triangle, images: [{}, { uri: "a.png" }] }).split("]}]}");
  const other = new OtherFile(bytesOf("a.png"));
  assert.throws(() => readGlbContents(bytesOf(`${start}${END}`)), other);
});

Deno.test("a description is read no further than the first thing that is wrong", () => {
  const start = '{"images":[{"uri":1}';
  const place = start.indexOf("1");
  const expected = new UnexpectedJson(`Byte ${place}`);
  assert.throws(() => readGlbContents(bytesOf(`${start}${END}`)), expected);
});

Deno.test("as much is visited as may be in a model, whatever is behind it", () => {
  const many = (count: number): Uint8Array =>
    described({ ...triangle, images: Array(count).fill({ bufferView: 1 }) });
  assert.ok(readGlbContents(many(6_000)).hasMesh);
  assert.throws(() => readGlbContents(many(10_001)), new UnexpectedJson("More than 20000 visits"));
});

Deno.test("no more values are read than a model may have", () => {
  const many = (count: number): Uint8Array =>
    described({ ...triangle, extras: Array(count).fill(1) });
  assert.ok(readGlbContents(many(MAX_DESCRIBED_VALUES - 100)).hasMesh);
  assert.throws(() => readGlbContents(many(MAX_DESCRIBED_VALUES)), TooManyValues);
});

Deno.test("a name of another file is told as it is meant, and a long one by its beginning", () => {
  const cases = [
    ["a.png", "a.png"],
    [String.raw`b\/\u00e9\".png`, 'b/é".png'],
    [String.raw`c\q.png`, String.raw`c\q.png`],
    [String.raw`\u00e9`.repeat(2_000), "é".repeat(1_024)],
  ];
  for (const [written, meant] of cases) {
    assert.equal(new OtherFile(bytesOf(written ?? "")).uri, meant);
  }
});
