import assert from "node:assert/strict";
import { createResultUrls } from "./result_urls.ts";
import type { UrlSigner } from "./url_signer.ts";

const PUBLIC = "https://project.example";
const BASE = `${PUBLIC}/storage/v1/object`;
const NAMES = ["ann/concepts/1/0.png", "ann/concepts/1/1.png"];

type Stored = "public" | "authenticated";

const stored = (audience: Stored): readonly string[] =>
  NAMES.map((name) => `${BASE}/${audience}/generated/${name}`);

interface Shown {
  readonly addresses: readonly string[];
  readonly calls: readonly Parameters<UrlSigner["sign"]>[];
}

/** Shows addresses with a Storage that signs what is there. */
async function show(
  addresses: readonly string[],
  isPublic: boolean,
  there: readonly string[] = NAMES,
): Promise<Shown> {
  const calls: Parameters<UrlSigner["sign"]>[] = [];
  const sign: UrlSigner["sign"] = (...call) => {
    calls.push(call);
    return Promise.resolve(new Map(there.map((name) => [name, `signed:${name}`])));
  };
  const projectUrls = [PUBLIC, "http://kong:8000"] as const;
  const resultUrls = createResultUrls({ projectUrls, isPublic }, { sign });
  return { addresses: await resultUrls.forCaller(addresses, "Bearer x"), calls };
}

Deno.test("an address is shown as the bucket is now, however it was when the task ended", async (t) => {
  for (const before of ["public", "authenticated"] as const) {
    await t.step(`${before}, now public`, async () => {
      const { addresses, calls } = await show(stored(before), true);
      assert.deepEqual(addresses, stored("public"));
      assert.deepEqual(calls, []);
    });
    await t.step(`${before}, now private`, async () => {
      const { addresses, calls } = await show(stored(before), false);
      assert.deepEqual(addresses, NAMES.map((name) => `signed:${name}`));
      assert.deepEqual(calls, [["generated", NAMES, "Bearer x"]]);
    });
  }
});

Deno.test("a task without results asks nobody", async () => {
  assert.deepEqual(await show([], false), { addresses: [], calls: [] });
});

Deno.test("a result that has been removed keeps its place", async () => {
  const [, second = ""] = NAMES;
  const { addresses } = await show(stored("public"), false, [second]);
  assert.deepEqual(addresses, [stored("authenticated")[0], `signed:${second}`]);
});

Deno.test("what was stored under an address of before is shown under that of now", async () => {
  const before = `http://kong:8000/storage/v1/object/public/generated/${NAMES[0]}`;
  assert.deepEqual((await show([before], true)).addresses, [stored("public")[0]]);
});

Deno.test("an address of elsewhere stays as it is, and nothing is asked for it", async () => {
  const elsewhere = ["https://old.example/storage/v1/object/public/generated/0.png"];
  for (const isPublic of [true, false]) {
    assert.deepEqual(await show(elsewhere, isPublic), { addresses: elsewhere, calls: [] });
  }
});

Deno.test("results of a bucket are signed in one call, and those of another in another", async () => {
  const other = `${BASE}/authenticated/old-results/${NAMES[0]}`;
  const { addresses, calls } = await show([...stored("public"), other], false);
  assert.deepEqual(calls, [
    ["generated", NAMES, "Bearer x"],
    ["old-results", NAMES.slice(0, 1), "Bearer x"],
  ]);
  assert.deepEqual(addresses, [...NAMES, NAMES[0]].map((name) => `signed:${name}`));
});
