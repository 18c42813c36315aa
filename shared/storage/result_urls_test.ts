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
  const resultUrls = createResultUrls({ publicUrl: PUBLIC, isPublic }, { sign });
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

const input = `${BASE}/public/inputs/ann/photo.png`;

Deno.test("an input that a result was made of is its owner's alone, whatever the results are", async (t) => {
  for (const isPublic of [true, false]) {
    await t.step(isPublic ? "public results" : "private results", async () => {
      const results = stored("public");
      const there = [...NAMES, "ann/photo.png"];
      const { addresses, calls } = await show([...results, input], isPublic, there);
      const shown = isPublic ? results : NAMES.map((name) => `signed:${name}`);
      assert.deepEqual(addresses, [...shown, "signed:ann/photo.png"]);
      const asked = calls.map(([bucket, paths]) => [bucket, ...paths]);
      const ofInput = ["inputs", "ann/photo.png"];
      assert.deepEqual(asked, isPublic ? [ofInput] : [["generated", ...NAMES], ofInput]);
    });
  }
});

Deno.test("a Storage that signs no inputs keeps no result from its owner", async () => {
  const sign: UrlSigner["sign"] = (bucket) =>
    bucket === "inputs" ? Promise.reject(new Error("Away")) : Promise.resolve(new Map());
  const shown = createResultUrls({ publicUrl: PUBLIC, isPublic: false }, { sign });
  const addresses = await shown.forCaller([...stored("public"), input], "Bearer x");
  assert.deepEqual(addresses, [
    ...stored("authenticated"),
    `${BASE}/authenticated/inputs/ann/photo.png`,
  ]);
  const away: UrlSigner["sign"] = () => Promise.reject(new Error("Away"));
  await assert.rejects(
    createResultUrls({ publicUrl: PUBLIC, isPublic: false }, { sign: away })
      .forCaller(stored("public"), "Bearer x"),
    { message: "Away" },
  );
});

Deno.test("a task without results asks nobody", async () => {
  assert.deepEqual(await show([], false), { addresses: [], calls: [] });
});

Deno.test("a result that has been removed keeps its place", async () => {
  const [, second = ""] = NAMES;
  const { addresses } = await show(stored("public"), false, [second]);
  assert.deepEqual(addresses, [stored("authenticated")[0], `signed:${second}`]);
});

Deno.test("what was stored under an address of before is shown under that of now", async (t) => {
  const origins = ["http://kong:8000", "https://old.example", "http://192.168.1.5:54321"];
  for (const origin of origins) {
    const before = stored("public").map((url) => url.replace(PUBLIC, origin));
    await t.step(`${origin}, public`, async () => {
      assert.deepEqual((await show(before, true)).addresses, stored("public"));
    });
    await t.step(`${origin}, private`, async () => {
      const { addresses } = await show(before, false);
      assert.deepEqual(addresses, NAMES.map((name) => `signed:${name}`));
    });
  }
});

Deno.test("an address of no file stays as it is, and nothing is asked for it", async () => {
  const odd = ["https://old.example/elsewhere/0.png", "no address"];
  for (const isPublic of [true, false]) {
    assert.deepEqual(await show(odd, isPublic), { addresses: odd, calls: [] });
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
