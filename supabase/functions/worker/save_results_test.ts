import assert from "node:assert/strict";
import { aClaim } from "../../../shared/testing/claims.ts";
import { files } from "../../../shared/testing/files.ts";
import { createSaveResults, InvalidResult } from "./save_results.ts";

const claim = { userId: "user", taskId: "task" };
const signal = new AbortController().signal;

interface Storage {
  readonly stored: Map<string, string>;
  save(path: string, bytes: Uint8Array, type: { readonly mediaType: string }): Promise<string>;
}

/** Fails a number of times first. */
function storage(failures = 0): Storage {
  const stored = new Map<string, string>();
  return {
    stored,
    save(path, _bytes, { mediaType }) {
      if (failures-- > 0) return Promise.reject(new Error(`Failure, ${failures} to come`));
      stored.set(path, mediaType);
      return Promise.resolve(`https://files.example/${path}`);
    },
  };
}

Deno.test("results are stored in order, each with the extension of its bytes", async () => {
  const store = storage();
  const outputs = [files.png, files.jpeg, files.webp].map((bytes) => ({ bytes }));
  const addresses = await createSaveResults(store, [])(claim, "image", outputs, signal);
  assert.deepEqual(addresses, [
    "https://files.example/user/concepts/task/0.png",
    "https://files.example/user/concepts/task/1.jpg",
    "https://files.example/user/concepts/task/2.webp",
  ]);
  assert.deepEqual([...store.stored.values()], ["image/png", "image/jpeg", "image/webp"]);
});

Deno.test("models have a folder of their own", async () => {
  const outputs = [{ bytes: files.glb }];
  const addresses = await createSaveResults(storage(), [])(claim, "model", outputs, signal);
  assert.deepEqual(addresses, ["https://files.example/user/models/task/0.glb"]);
});

Deno.test("bytes that are not of the wanted kind are no result", async (t) => {
  for (const name of ["html", "gif", "glb", "empty"] as const) {
    await t.step(name, async () => {
      const store = storage();
      const saved = createSaveResults(store, [])(
        aClaim(),
        "image",
        [{ bytes: files[name] }],
        signal,
      );
      await assert.rejects(saved, InvalidResult);
      assert.equal(store.stored.size, 0);
    });
  }
});

Deno.test("a failing Storage is asked again", async () => {
  const save = createSaveResults(storage(2), [0, 0]);
  assert.equal((await save(claim, "image", [{ bytes: files.png }], signal)).length, 1);
});

Deno.test("a Storage that keeps failing ends in its last error", async () => {
  const save = createSaveResults(storage(9), [0, 0]);
  const saved = save(claim, "image", [{ bytes: files.png }], signal);
  await assert.rejects(saved, { message: "Failure, 6 to come" });
});

Deno.test("a lost task writes over nothing that the next worker stores", async () => {
  const stored: string[] = [];
  const lost = new AbortController();
  const store = {
    save: (path: string): Promise<string> => {
      lost.abort();
      return Promise.resolve(String(stored.push(path)));
    },
  };
  const outputs = [{ bytes: files.png }, { bytes: files.png }];
  const saved = createSaveResults(store, [0, 0])(claim, "image", outputs, lost.signal);
  await assert.rejects(saved, { name: "AbortError" });
  assert.equal(stored.length, 1);
});
