import assert from "node:assert/strict";
import {
  ancestorsOf,
  childrenOf,
  type LineageStorage,
  parentOf,
  rememberParent,
} from "./lineage.ts";

function memory(text: string | null = null): LineageStorage & { text: string | null } {
  const kept = {
    text,
    getItem: () => kept.text,
    setItem: (_: string, value: string) => void (kept.text = value),
  };
  return kept;
}

Deno.test("a chain leads from the first task to the one that is asked for", () => {
  const storage = memory();
  rememberParent("cut-out", "picture", storage);
  rememberParent("model", "cut-out", storage);
  rememberParent("other", "picture", storage);
  assert.deepEqual(ancestorsOf("model", storage), ["picture", "cut-out", "model"]);
  assert.deepEqual(ancestorsOf("picture", storage), ["picture"]);
  assert.deepEqual(childrenOf("picture", storage), ["cut-out", "other"]);
  assert.equal(parentOf("picture", storage), undefined);
});

Deno.test("a parent that is remembered again takes the place of the first", () => {
  const storage = memory();
  rememberParent("model", "sketch", storage);
  rememberParent("model", "photo", storage);
  assert.deepEqual(ancestorsOf("model", storage), ["photo", "model"]);
});

Deno.test("a circle in what is kept ends", () => {
  const storage = memory();
  rememberParent("a", "b", storage);
  rememberParent("b", "a", storage);
  rememberParent("c", "c", storage);
  assert.deepEqual(ancestorsOf("a", storage), ["b", "a"]);
  assert.deepEqual(ancestorsOf("c", storage), ["c"]);
});

Deno.test("no more than 500 are kept, the newest of all", () => {
  const storage = memory();
  for (let index = 0; index < 510; index++) rememberParent(`child-${index}`, "parent", storage);
  assert.equal(childrenOf("parent", storage).length, 500);
  assert.equal(parentOf("child-9", storage), undefined);
  assert.equal(parentOf("child-509", storage), "parent");
});

Deno.test("what somebody else has written there is nothing, and does no harm", () => {
  for (const text of ["{", "null", "{}", '[[1,2],"x",["a"]]']) {
    const storage = memory(text);
    assert.deepEqual(ancestorsOf("a", storage), ["a"]);
    rememberParent("a", "b", storage);
    assert.equal(parentOf("a", storage), "b");
  }
});

Deno.test("a storage that refuses loses the link, and the page goes on", () => {
  const storage = {
    getItem: () => null,
    setItem: () => {
      throw new Error("full");
    },
  };
  rememberParent("a", "b", storage);
  assert.deepEqual(ancestorsOf("a", storage), ["a"]);
});
