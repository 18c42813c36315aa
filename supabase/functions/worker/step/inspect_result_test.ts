import assert from "node:assert/strict";
import type { Content } from "../../../../shared/providers/adapter.ts";
import { drawImage } from "../../../../simulators/images.ts";
import { buildModel } from "../../../../simulators/models.ts";
import { files } from "../../../../testing/files.ts";
import { brokenStream, bytesOf, streamOf, watchedStream } from "../../../../testing/streams.ts";
import { inspectResult, InvalidResult } from "./inspect_result.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const picture = await drawImage({ width: 200, height: 200, seed: "x", index: 0, format: "png" });

/** The bytes in pieces of a length. */
function cut(bytes: Bytes, length: number): Bytes[] {
  const count = Math.ceil(bytes.length / length);
  return Array.from(
    { length: count },
    (_, place) => bytes.slice(place * length, (place + 1) * length),
  );
}

function content(bytes: Bytes, size: number | undefined = bytes.length): Content {
  return { body: streamOf(bytes), size };
}

/** A header of a GLB that promises a length, and as many bytes as are there. */
function glb(promised: number, there: number): Bytes {
  const bytes = new Uint8Array(there);
  bytes.set(files.glb.subarray(0, Math.min(there, 8)));
  if (there >= 12) new DataView(bytes.buffer).setUint32(8, promised, true);
  return bytes;
}

/** Longer than what is looked at to tell its kind. */
const model = glb(10_000, 10_000);
model.fill(7, 12);

Deno.test("a result is told by its first bytes, and passed on as it is", async (t) => {
  const cases = [
    ["png", "image", picture, "image/png", "png"],
    ["the smallest png", "image", files.png, "image/png", "png"],
    ["jpeg", "image", files.jpeg, "image/jpeg", "jpg"],
    ["webp", "image", files.webp, "image/webp", "webp"],
    ["svg", "image", files.svg, "image/svg+xml", "svg"],
    ["glb", "model", await buildModel({ seed: "x" }), "model/gltf-binary", "glb"],
    ["the smallest glb", "model", files.glb, "model/gltf-binary", "glb"],
  ] as const;
  for (const [name, kind, bytes, mediaType, extension] of cases) {
    await t.step(name, async () => {
      const { type, body, failure } = await inspectResult(content(bytes), kind);
      assert.deepEqual(type, { mediaType, extension });
      assert.deepEqual(await bytesOf(body), bytes);
      assert.equal(failure(), undefined);
    });
  }
});

Deno.test("however a result is cut into pieces, it stays the same", async (t) => {
  for (const length of [1, 7, 4_099, 4_100, 4_101, model.length - 1, model.length]) {
    await t.step(`pieces of ${length}`, async () => {
      const pieces = [new Uint8Array(), ...cut(model, length), new Uint8Array()];
      const { type, body } = await inspectResult({ body: streamOf(...pieces), size: 1 }, "model");
      assert.equal(type.extension, "glb");
      assert.deepEqual(await bytesOf(body), model);
    });
  }
});

Deno.test("what is no result of the wanted kind is refused before anything is passed on", async (t) => {
  const cases = [
    ["empty", "image", files.empty],
    ["empty", "model", files.empty],
    ["html", "image", files.html],
    ["html", "model", files.html],
    ["gif", "image", files.gif],
    ["a picture", "model", files.png],
    ["a drawing", "model", files.svg],
    ["a model", "image", files.glb],
    ["four letters of a model", "model", glb(0, 4)],
    ["a model cut off in its header", "model", glb(0, 8)],
    ["a model cut off at the end of its header", "model", glb(0, 11)],
  ] as const;
  for (const [name, kind, bytes] of cases) {
    await t.step(`${name} as ${kind}`, async () => {
      await assert.rejects(inspectResult(content(bytes), kind), InvalidResult);
    });
  }
});

Deno.test("a source of what is no result is given up", async () => {
  const { body, events } = watchedStream(files.html, new Uint8Array(5_000), new Uint8Array(9));
  await assert.rejects(inspectResult({ body, size: undefined }, "image"), InvalidResult);
  assert.deepEqual(events, ["read", "read", "cancel"]);
});

Deno.test("a model has the length that it says, whatever the answer says", async (t) => {
  const cases: readonly (readonly [promised: number, there: number, size?: number])[] = [
    [12, 13],
    [5_000, 4_999],
    [5_000, 5_001],
    [0, 20],
    [0x0fffffff, 5_000],
    [5_000, 4_999, 4_999],
  ];
  for (const [promised, there, size] of cases) {
    await t.step(`${there} bytes instead of ${promised}`, async () => {
      const { body, failure } = await inspectResult(content(glb(promised, there), size), "model");
      await assert.rejects(bytesOf(body));
      const reason = failure();
      assert.ok(reason instanceof InvalidResult);
      assert.equal(reason.message, `Result has ${there} bytes instead of ${promised}`);
    });
  }
  await t.step("as many as it says, in an answer that counts otherwise", async () => {
    const bytes = glb(5_000, 5_000);
    const { body } = await inspectResult(content(bytes, 17), "model");
    assert.deepEqual(await bytesOf(body), bytes);
  });
});

Deno.test("a picture has the length that the answer says, if it says one", async (t) => {
  for (const size of [picture.length - 1, picture.length + 1, 0]) {
    await t.step(`${picture.length} bytes instead of ${size}`, async () => {
      const { body, failure } = await inspectResult(content(picture, size), "image");
      await assert.rejects(bytesOf(body));
      assert.ok(failure() instanceof InvalidResult);
    });
  }
  await t.step("unknown", async () => {
    const source = { body: streamOf(picture), size: undefined };
    const { body } = await inspectResult(source, "image");
    assert.deepEqual(await bytesOf(body), picture);
  });
});

Deno.test("a source that breaks off breaks the body off, and tells why", async () => {
  const reason = new Error("Reset");
  const body = brokenStream(reason, ...cut(model, 4_500).slice(0, 1));
  const result = await inspectResult({ body, size: undefined }, "model");
  assert.equal(result.failure(), undefined);
  await assert.rejects(bytesOf(result.body));
  assert.equal(result.failure(), reason);
});

Deno.test("a source that breaks off before its kind is known is the reason itself", async () => {
  const reason = new Error("Reset");
  const body = brokenStream(reason, files.glb.slice(0, 6));
  await assert.rejects(inspectResult({ body, size: undefined }, "model"), reason);
});
