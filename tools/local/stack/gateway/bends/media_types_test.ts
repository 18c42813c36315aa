import assert from "node:assert/strict";
import { withStoredType } from "./media_types.ts";

const GLB = "model/gltf-binary";

/** The type that is answered for a path, and what was asked for it. */
async function typeOf(
  path: string,
  { status = 200, known }: { status?: number; known?: unknown } = {},
): Promise<{ type: string | null; asked: readonly string[] }> {
  const asked: string[] = [];
  const guess = { "content-type": "application/octet-stream" };
  const answer = new Response("glTF", { status, headers: guess });
  const changed = await withStoredType(path, answer, (address) => {
    asked.push(address);
    return Promise.resolve(known === undefined ? new Response("") : Response.json(known));
  });
  assert.equal(changed.status, status);
  assert.equal(await changed.text(), "glTF");
  return { type: changed.headers.get("content-type"), asked };
}

Deno.test("a file has the type that it was stored with, by each of its addresses", async (t) => {
  const known = { metadata: { mimetype: GLB, size: 4 } };
  for (const word of ["public/", "sign/", ""]) {
    await t.step(word, async () => {
      const path = `/storage/v1/object/${word}generated/ann/a%20model.glb?token=x`;
      assert.deepEqual(await typeOf(path, { known }), {
        type: GLB,
        asked: ["/storage/v1/object/info/generated/ann/a%20model.glb"],
      });
    });
  }
});

Deno.test("all else keeps its type, and nothing is asked for it", async (t) => {
  const type = "application/octet-stream";
  const paths = [
    "/storage/v1/object/info/generated/ann/model.glb",
    "/storage/v1/object/upload/sign/generated/ann/model.glb",
    "/storage/v1/bucket/generated",
  ];
  for (const path of paths) {
    await t.step(path, async () => assert.deepEqual(await typeOf(path), { type, asked: [] }));
  }
  await t.step("a refusal", async () => {
    const path = "/storage/v1/object/public/generated/ann/model.glb";
    assert.deepEqual(await typeOf(path, { status: 400 }), { type, asked: [] });
  });
});

Deno.test("a file of which nothing is known keeps the guess", async () => {
  const path = "/storage/v1/object/public/generated/ann/model.glb";
  for (const known of [undefined, { message: "Not found" }]) {
    assert.equal((await typeOf(path, { known })).type, "application/octet-stream");
  }
});
