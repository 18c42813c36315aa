import type { JSONWebKeySet } from "jose";
import assert from "node:assert/strict";
import { withServer } from "../../testing/serve.ts";
import { createSigningKey, type SigningKey } from "../../testing/tokens.ts";
import { ApiError } from "../contract/errors.ts";
import { createKeySet, fetchKeySetFrom } from "./key_set.ts";

const [old, current] = await Promise.all([
  createSigningKey("ES256", "old"),
  createSigningKey("ES256", "current"),
]);
const keysOf = (...keys: readonly SigningKey[]): JSONWebKeySet => ({
  keys: keys.map(({ publicJwk }) => publicJwk),
});

interface Setup {
  /** Whether a key is found by its id: yes, no, or nobody can tell. */
  find(kid: string | undefined): Promise<"found" | "unknown" | "unavailable">;
  /** What Auth answers from now on. */
  auth: JSONWebKeySet | Error;
  calls: number;
  now: number;
}

function setup(atHand: JSONWebKeySet | undefined = keysOf(old)): Setup {
  const state: Setup = {
    auth: keysOf(old, current),
    calls: 0,
    now: 1_000_000,
    find: async (kid) => {
      try {
        const header = { alg: "ES256", ...(kid !== undefined && { kid }) };
        await keySet(header, { ...header, payload: "", signature: "", protected: "" });
        return "found";
      } catch (error) {
        if (!(error instanceof ApiError)) return "unknown";
        assert.equal(error.code, "unavailable");
        return "unavailable";
      }
    },
  };
  const keySet = createKeySet(
    atHand,
    () => {
      state.calls++;
      return state.auth instanceof Error ? Promise.reject(state.auth) : Promise.resolve(state.auth);
    },
    () => state.now,
  );
  return state;
}

Deno.test("Auth is asked once whether it still has the keys of the settings, then in minutes", async () => {
  const state = setup();
  for (let use = 0; use < 5; use++) assert.equal(await state.find("old"), "found");
  assert.equal(state.calls, 1);
  state.now += 119_999;
  assert.equal(await state.find("old"), "found");
  assert.equal(state.calls, 1);
  state.now += 1;
  for (let use = 0; use < 5; use++) assert.equal(await state.find("old"), "found");
  assert.equal(state.calls, 2);
});

Deno.test("a key of the settings that Auth has lost by then does not work once", async () => {
  const state = setup();
  state.auth = keysOf(current);
  assert.equal(await state.find("old"), "unknown");
});

Deno.test("a key in use that Auth has lost is gone before four minutes, used often or rarely", async (t) => {
  for (const everySeconds of [5, 234, 235]) {
    await t.step(`every ${everySeconds} s`, async () => {
      const state = setup();
      await state.find("old");
      state.auth = keysOf(current);
      let passed = 0;
      while (await state.find("old") === "found") {
        state.now += everySeconds * 1_000;
        passed += everySeconds;
        assert.ok(passed <= 500, "for ever");
      }
      assert.ok(passed - everySeconds < 235, `used after ${passed - everySeconds} s`);
      assert.equal(await state.find("current"), "found");
    });
  }
});

Deno.test("an old key is renewed beside the request, which does not wait for it", async () => {
  const answer = Promise.withResolvers<JSONWebKeySet>();
  const answers = [Promise.resolve(keysOf(old)), answer.promise];
  const time = { now: 1_000_000 };
  const keySet = createKeySet(
    undefined,
    () => answers.shift() ?? Promise.reject(new Error("one more")),
    () => time.now,
  );
  const use = (kid: string): Promise<unknown> =>
    Promise.resolve(
      keySet({ alg: "ES256", kid }, { payload: "", signature: "", protected: "" }),
    );
  await use("old");
  time.now += 120_000;
  await use("old");
  answer.resolve(keysOf(current));
  await use("current");
  await assert.rejects(use("old"));
});

Deno.test("while Auth is away its keys go on working for an hour, then nobody can tell", async () => {
  const state = setup(undefined);
  assert.equal(await state.find("old"), "found");
  state.auth = new Error("down");
  for (const seconds of [120, 1_000, 2_000, 479]) {
    state.now += seconds * 1_000;
    assert.equal(await state.find("old"), "found");
  }
  state.now += 1_000;
  assert.equal(await state.find("old"), "unavailable");
  state.auth = keysOf(old);
  state.now += 10_000;
  assert.equal(await state.find("old"), "found", "when it is back");
});

Deno.test("while Auth is away it is asked once in ten seconds, and requests do not wait for it", async () => {
  const state = setup();
  await state.find("old");
  state.auth = new Error("down");
  state.now += 300_000;
  await state.find("old");
  assert.equal(state.calls, 2);
  state.auth = keysOf(current);
  for (let use = 0; use < 5; use++) assert.equal(await state.find("old"), "found");
  assert.equal(state.calls, 2);
  state.now += 10_000;
  await state.find("old");
  assert.equal(state.calls, 3);
  assert.equal(await state.find("old"), "unknown", "what it has lost is gone when it is back");
});

Deno.test("a key that is new since the start is fetched once, then at hand", async () => {
  const state = setup();
  for (let use = 0; use < 5; use++) assert.equal(await state.find("current"), "found");
  assert.equal(state.calls, 1);
});

Deno.test("keys are fetched if none are at hand", async () => {
  assert.equal(await setup(undefined).find("current"), "found");
});

Deno.test("a key that Auth has revoked is gone with the next fetch", async () => {
  const state = setup();
  state.auth = keysOf(current);
  await state.find("current");
  assert.equal(await state.find("old"), "unknown");
});

Deno.test("made-up key ids make one call in ten seconds", async () => {
  const state = setup();
  const found = await Promise.all(Array.from({ length: 50 }, (_, n) => state.find(`made-up-${n}`)));
  assert.ok(found.every((each) => each === "unknown"));
  state.now += 9_999;
  await state.find("made-up");
  assert.equal(state.calls, 1);
  state.now += 1;
  await state.find("made-up");
  assert.equal(state.calls, 2);
});

Deno.test("an Auth that fails is asked once in ten seconds, too, and nobody is refused for it", async () => {
  const state = setup();
  state.auth = new Error("down");
  for (let use = 0; use < 5; use++) assert.equal(await state.find("current"), "unavailable");
  assert.equal(state.calls, 1);
  assert.equal(await state.find("old"), "found");
  state.auth = keysOf(current);
  state.now += 10_000;
  assert.equal(await state.find("current"), "found");
});

Deno.test("tokens that name no key make no calls of their own", async () => {
  const state = setup({ keys: [] });
  state.auth = { keys: [] };
  for (let use = 0; use < 5; use++) assert.equal(await state.find(undefined), "unknown");
  assert.equal(state.calls, 1);
});

Deno.test("an answer that is no key set leaves the keys as they were", async () => {
  const state = setup();
  state.auth = JSON.parse('{"keys": "none"}');
  assert.equal(await state.find("current"), "unavailable");
  assert.equal(await state.find("old"), "found");
});

Deno.test("keys are read from Auth's address, and only a plain answer counts", async (t) => {
  const answers: Readonly<Record<string, () => Response>> = {
    refused: () => new Response("no", { status: 404 }),
    broken: () => new Response("<html>", { status: 500 }),
    "no JSON": () => new Response("<html>"),
    "sent elsewhere": () => new Response(null, { status: 302, headers: { location: "/keys" } }),
  };
  await t.step("plain", async () => {
    await withServer(() => Response.json(keysOf(current)), async (address) => {
      assert.deepEqual(await fetchKeySetFrom(address)(), keysOf(current));
    });
  });
  for (const [name, answer] of Object.entries(answers)) {
    await t.step(name, async () => {
      const handle = ({ url }: Request): Response =>
        url.endsWith("/keys") ? Response.json(keysOf(current)) : answer();
      await withServer(handle, async (address) => {
        await assert.rejects(fetchKeySetFrom(address)());
      });
    });
  }
});
