import { WebIO } from "@gltf-transform/core";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { buildModel, padModel } from "./models.ts";

async function inspect(file: Uint8Array): Promise<{ name: string; textures: number }> {
  const root = (await new WebIO().readBinary(new Uint8Array(file))).getRoot();
  const name = root.listNodes()[0]?.getName() ?? "";
  return { name, textures: root.listTextures().length };
}

Deno.test("a model shows what it depends on, and is the same for the same order", async () => {
  const name = createHash("sha256").update("a castle").digest("hex");
  const model = await buildModel({ seed: "a castle" });
  assert.deepEqual(await inspect(model), { name, textures: 1 });
  assert.deepEqual(await buildModel({ seed: "a castle" }), model);
  assert.notDeepEqual(await buildModel({ seed: "a house" }), model);
  const plain = await buildModel({ seed: "a castle", textured: false });
  assert.deepEqual(await inspect(plain), { name, textures: 0 });
});

Deno.test("a padded model has exactly the size asked for and is still the same model", async () => {
  const model = await buildModel({ seed: "a castle" });
  const padded = await new Response(padModel(model, 3_000_000)).bytes();
  assert.equal(padded.length, 3_000_000);
  assert.equal(new DataView(padded.buffer).getUint32(8, true), 3_000_000);
  assert.deepEqual(await inspect(padded), await inspect(model));
});

Deno.test("the picture stands upright on the sides, not mirrored, for who looks at them", async () => {
  const document = await new WebIO().readBinary(await buildModel({ seed: "a castle" }));
  const [primitive] = document.getRoot().listMeshes()[0]?.listPrimitives() ?? [];
  const positions = primitive?.getAttribute("POSITION");
  const places = primitive?.getAttribute("TEXCOORD_0");
  assert.ok(positions && places);
  const corners = Array.from({ length: positions.getCount() }, (_, index) => ({
    at: positions.getElement(index, []),
    place: places.getElement(index, []),
  }));
  // The front, which a viewer shows first: right is +x, up is +y, and a picture begins at its top left.
  const front = corners.slice(16, 20);
  assert.deepEqual(
    front.map(({ at: [x = 0, y = 0] }) => [x > 0 ? 1 : 0, y > 0 ? 0 : 1]),
    front.map(({ place }) => place),
  );
  assert.ok(front.every(({ at }) => at[2] === 0.5));
});
