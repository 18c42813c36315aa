import assert from "node:assert/strict";
import { DraftStore } from "./draft_store.ts";
import { localFile } from "./testing.ts";

class MemoryStorage {
  readonly #items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }
}

Deno.test("what is typed survives a reload, for the same user", () => {
  const storage = new MemoryStorage();
  const store = new DraftStore("ann", storage);
  store.change((draft) => ({
    values: { ...draft.values, prompt: "a hat", n: 3 },
    files: { image: localFile("a.png") },
  }));
  assert.deepEqual(new DraftStore("ann", storage).draft, {
    values: { prompt: "a hat", n: 3 },
    files: {},
  });
  assert.deepEqual(new DraftStore("bob", storage).draft.values, {});
});

Deno.test("whoever listens is told, until no more", () => {
  const store = new DraftStore("ann", new MemoryStorage());
  let told = 0;
  const leave = store.subscribe(() => told++);
  store.change((draft) => draft);
  leave();
  store.change((draft) => draft);
  assert.equal(told, 1);
});

Deno.test("a storage that is full, or has something else, loses nothing of the page", () => {
  const store = new DraftStore("ann", {
    getItem: () => '{"prompt":{}}',
    setItem: () => {
      throw new Error("full");
    },
  });
  assert.deepEqual(store.draft.values, {});
  store.change((draft) => ({ ...draft, values: { prompt: "a hat" } }));
  assert.equal(store.draft.values["prompt"], "a hat");
});
