import assert from "node:assert/strict";
import { createMakeIt3D, MakeIt3DError } from "../../client/mod.ts";
import { drawImage } from "../../simulators/images.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { newUser, tokenOf } from "../support/new_user.ts";
import { purchasesOf, withFaults } from "../support/simulator.ts";
import { stack } from "../support/stack.ts";
import { anApp, aPrompt, Device } from "./support/an_app.ts";
import { Gate } from "./support/gate.ts";

const SLOW = [{ kind: "slow", times: 1, latency_ms: 2_000 }];

async function withGate(work: (gate: Gate) => Promise<void>): Promise<void> {
  const gate = new Gate(stack.projectUrl);
  try {
    await work(gate);
  } finally {
    await gate.end();
  }
}

Deno.test("an answer that is lost on its way back is no second purchase", async () => {
  let isLost = false;
  const losing: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (isLost || !String(input).includes("/generation/")) return response;
    isLost = true;
    await response.body?.cancel();
    throw new TypeError("Failed to fetch");
  };
  const { client, device } = await anApp({ fetch: losing });
  const prompt = aPrompt();
  await client.generate("text-to-image", { provider: "openai", prompt });
  assert.ok(isLost);
  assert.equal(await purchasesOf(prompt), 1);
  assert.equal(device.pending, 0);
});

Deno.test("a network that is gone for a while is waited for, with a file, a submit and a result under way", async (t) => {
  const picture = { width: 512, height: 512, seed: "gone", index: 0, format: "png" } as const;
  const image = new Blob([await drawImage(picture)], { type: "image/png" });
  for (const at of ["/storage/", "/generation/", "/tasks/"]) {
    await t.step(`while it asks for ${at}`, () =>
      withGate(async (gate) => {
        let isGone = false;
        gate.breaks = (text) => {
          if (isGone || !text.includes(at)) return false;
          isGone = true;
          // Back when the app has tried in vain.
          gate.shut().then(() => gate.open());
          return true;
        };
        const { client, device } = await anApp({ fetch: gate.fetch });
        const prompt = aPrompt();
        const problems = new Set<string>();
        const request = { provider: "openai", prompt, image } as const;
        const generation = await client.submit("image-to-image", request);
        generation.subscribe(() => generation.problem && problems.add(generation.problem.code));
        const { assets } = await generation.result();
        assert.ok(isGone);
        assert.equal(assets.length, 1);
        assert.deepEqual([...problems], at === "/tasks/" ? ["network"] : []);
        assert.equal(await purchasesOf(prompt), 1);
        assert.equal(device.pending, 0);
      }));
  }
});

Deno.test("a backend that is stopped is an error that says so, and nothing is lost", async () => {
  await withGate(async (gate) => {
    const { client, device } = await anApp({ fetch: gate.fetch });
    const prompt = aPrompt();
    await withFaults(SLOW, async () => {
      const generation = await client.submit("text-to-image", { provider: "openai", prompt });
      gate.shut();
      const signal = AbortSignal.timeout(1_500);
      const error = await generation.result({ signal }).catch((error: unknown) => error);
      assert.ok(error instanceof MakeIt3DError);
      assert.equal(error.code, "still_running");
      assert.equal(generation.problem?.code, "network");
      assert.equal(device.pending, 1);
      gate.open();
      // The app goes on, or is started anew.
      assert.equal((await generation.result()).status, "complete");
    });
    assert.equal(device.pending, 0);
    assert.equal(await purchasesOf(prompt), 1);
  });
});

Deno.test("a token that has expired is renewed, in the middle too", async () => {
  const user = await newUser();
  const expired = await tokenOf(user.id, {}, "-1h");
  const asked: (string | undefined)[] = [];
  const client = createMakeIt3D({
    url: stack.projectUrl,
    apiKey: SEED.apiKey,
    storage: new Device(),
    accessToken: (refused) => {
      asked.push(refused);
      return Promise.resolve(refused ? user.token : expired);
    },
  });
  const { status } = await client.generate("text-to-image", {
    provider: "openai",
    prompt: aPrompt(),
  });
  assert.equal(status, "complete");
  assert.ok(asked.includes(expired));
});

Deno.test("a user who is signed out hears so, and finds the result after signing in", async () => {
  const user = await newUser();
  const device = new Device();
  let token: string | null = user.token;
  const options = { url: stack.projectUrl, apiKey: SEED.apiKey, storage: device };
  const accessToken = (): Promise<string | null> => Promise.resolve(token);
  const client = createMakeIt3D({ ...options, accessToken });
  const prompt = aPrompt();
  const generation = await client.submit("text-to-image", { provider: "openai", prompt });
  token = null;
  await assert.rejects(generation.result(), { code: "not_signed_in" });
  await assert.rejects(client.resume(), { code: "not_signed_in" });
  token = user.token;
  const [resumed] = await createMakeIt3D({ ...options, accessToken }).resume();
  assert.equal((await resumed?.result())?.status, "complete");
  assert.equal(await purchasesOf(prompt), 1);
});

Deno.test("another user of the device sees nothing of the first", async () => {
  const device = new Device();
  const first = await anApp({ device });
  const prompt = aPrompt();
  await first.client.submit("text-to-image", { provider: "openai", prompt });
  const second = await anApp({ device });
  assert.deepEqual(await second.client.resume(), []);
  const again = await anApp({ device, user: first.user });
  const [generation] = await again.client.resume();
  await generation?.result();
  assert.equal(device.pending, 0);
});

Deno.test("an abort cancels at the backend, and says what is billed", async () => {
  const { client, device } = await anApp();
  const prompt = aPrompt();
  const abort = new AbortController();
  let id = "";
  await withFaults([{ kind: "slow", times: 1, latency_ms: 5_000 }], async () => {
    const work = client.generate("text-to-image", { provider: "openai", prompt }, {
      signal: abort.signal,
      onUpdate: (task) => {
        id = task.id;
        abort.abort();
      },
    });
    const error = await work.catch((error: unknown) => error);
    assert.ok(error instanceof MakeIt3DError && error.code === "canceled", String(error));
  });
  assert.equal((await client.get(id)).status, "canceled");
  await assert.rejects(client.follow(id).result(), { code: "canceled" });
  assert.equal(device.pending, 0);
});
