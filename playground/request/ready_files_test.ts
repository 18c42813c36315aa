import assert from "node:assert/strict";
import { ReadyFiles, RefusedFileError } from "./ready_files.ts";
import { formOf } from "./testing.ts";
import type { PickedFile } from "./draft.ts";

/** Notes what is uploaded. */
function uploads() {
  const uploaded: unknown[] = [];
  const client = {
    upload: (file: unknown) => {
      uploaded.push(file);
      return Promise.resolve({ url: `https://files.example/${uploaded.length}` });
    },
  };
  return { uploaded, client };
}

const GLB: PickedFile = {
  kind: "local",
  name: "a.glb",
  blob: new Blob(["glTF and so on"], { type: "model/gltf-binary" }),
};

const asItIs = (file: unknown) => Promise.resolve(file as Blob);

Deno.test("a file is uploaded once, however often its address is asked for", async () => {
  const { uploaded, client } = uploads();
  const files = new ReadyFiles(client, asItIs);
  const form = formOf("refine-model", "tripo");
  const addresses = await Promise.all([
    files.address(GLB, form, "model"),
    files.address(GLB, form, "model"),
  ]);
  assert.deepEqual(addresses, ["https://files.example/1", "https://files.example/1"]);
  assert.deepEqual(uploaded, [GLB.kind === "local" && GLB.blob]);
});

Deno.test("what its provider would refuse is not uploaded", async () => {
  const { uploaded, client } = uploads();
  const files = new ReadyFiles(client, asItIs);
  const text: PickedFile = { kind: "local", name: "a.txt", blob: new Blob(["hello"]) };
  await assert.rejects(
    () => files.address(text, formOf("refine-model", "tripo"), "model"),
    (error) =>
      error instanceof RefusedFileError && error.slot === "model" && /GLB/.test(error.message),
  );
  assert.deepEqual(uploaded, []);
});

Deno.test("a stored result that fits is named by its address, without an upload", async () => {
  const { uploaded, client } = uploads();
  const files = new ReadyFiles(client, asItIs);
  const stored: PickedFile = {
    kind: "stored",
    name: "Result",
    url: "https://files.example/0.png",
    facts: { mediaType: "image/png", bytes: 1_000, width: 1_024, height: 1_024 },
  };
  const address = await files.address(stored, formOf("image-to-model", "tripo"), "image");
  assert.equal(address, "https://files.example/0.png");
  assert.deepEqual(uploaded, []);
});

Deno.test("an upload that failed is tried again", async () => {
  let attempts = 0;
  const client = {
    upload: () =>
      ++attempts === 1
        ? Promise.reject(new Error("no network"))
        : Promise.resolve({ url: "https://files.example/2" }),
  };
  const files = new ReadyFiles(client, asItIs);
  const form = formOf("refine-model", "tripo");
  await assert.rejects(() => files.address(GLB, form, "model"), /no network/);
  assert.equal(await files.address(GLB, form, "model"), "https://files.example/2");
});
