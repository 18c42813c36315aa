import assert from "node:assert/strict";
import { aBytesRequest, anApi } from "../../../testing/an_api.ts";
import { failureOf } from "../../../testing/provider_failures.ts";
import { withServer } from "../../../testing/serve.ts";
import { streamOf } from "../../../testing/streams.ts";

const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);

Deno.test("an answer is read once there is memory for it", async (t) => {
  const answers: Readonly<Record<string, readonly [number, () => Response]>> = {
    "of a length that is told": [100_000, () => new Response(bytes)],
    "of an unknown length": [1_000, () => new Response(streamOf(bytes))],
    "empty": [0, () => new Response("")],
  };
  for (const [name, [expected, answer]] of Object.entries(answers)) {
    await t.step(name, async () => {
      await withServer(answer, async (address) => {
        const reserved: number[] = [];
        const reserveMemory = (wanted: number): Promise<void> => {
          reserved.push(wanted);
          return Promise.resolve();
        };
        const { body } = await anApi(address).bytes(aBytesRequest({ reserveMemory }));
        assert.deepEqual(reserved, [expected]);
        assert.ok(expected === 0 ? body.length === 0 : body.every((byte, at) => byte === at % 256));
      });
    });
  }
});

Deno.test("a refusal needs no memory", async () => {
  const refuse = (): Response => new Response("No", { status: 400 });
  await withServer(refuse, async (address) => {
    const reserveMemory = (): Promise<void> => Promise.reject(new Error("Not to be asked"));
    const { code } = await failureOf(anApi(address).bytes(aBytesRequest({ reserveMemory })));
    assert.equal(code, "provider_rejected");
  });
});

Deno.test("waiting for memory is not the provider's time", async () => {
  await withServer(() => new Response(bytes), async (address) => {
    const timeoutSeconds = 0.2;
    const reserveMemory = (): Promise<void> =>
      // Longer than the call itself may take.
      new Promise((resolve) => setTimeout(resolve, 400));
    const request = aBytesRequest({ timeoutSeconds, reserveMemory });
    assert.deepEqual((await anApi(address).bytes(request)).body, bytes);
  });
});

Deno.test("waiting for memory ends with the signal; the answer may have been billed", async () => {
  await withServer(() => new Response(bytes), async (address) => {
    const controller = new AbortController();
    const { signal } = controller;
    const reserveMemory = (): Promise<void> => {
      controller.abort();
      return Promise.reject(signal.reason);
    };
    const { code, ambiguous } = await failureOf(
      anApi(address).bytes(aBytesRequest({ signal, reserveMemory })),
    );
    assert.deepEqual([code, ambiguous], ["timeout", true]);
  });
});
