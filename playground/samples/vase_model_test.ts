import assert from "node:assert/strict";
import { vaseModel } from "./vase_model.ts";

Deno.test("the vase is a GLB whose lengths are right, and whose indices name vertices", async () => {
  const bytes = await vaseModel().arrayBuffer();
  const view = new DataView(bytes);
  assert.equal(view.getUint32(8, true), bytes.byteLength);
  const jsonLength = view.getUint32(12, true);
  const text = new TextDecoder().decode(bytes.slice(20, 20 + jsonLength));
  const { accessors: [positions, indices], bufferViews: [, second] } = JSON.parse(text);
  const binary = 20 + jsonLength + 8;
  assert.equal(view.getUint32(20 + jsonLength, true), bytes.byteLength - binary);
  const used = Array.from(
    { length: indices.count },
    (_, at) => view.getUint16(binary + second.byteOffset + 2 * at, true),
  );
  assert.equal(Math.max(...used), positions.count - 1);
  assert.equal(new Set(used).size, positions.count);
});
