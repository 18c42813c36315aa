import assert from "node:assert/strict";
import { maskFile } from "../../simulators/recraft/testing.ts";
import { type Break, withBreakingProxy } from "../../testing/breaking_proxy.ts";
import { aModel, aPicture, inputFile } from "../../testing/input_files.ts";
import { adapterAt, submit, withProvider } from "../../testing/simulated_provider.ts";
import type { CallContext } from "./adapter.ts";
import { type ProviderId, providerIds, providers } from "./catalog.ts";
import { ProviderError } from "./provider_error.ts";
import type { AnyProviderOperation } from "./provider_operation.ts";

const pairs = providerIds.flatMap((id) =>
  providers[id].operations.map((declared) => ({ id, declared }))
);

/** What comes of an answer before the connection breaks. */
const ANSWERS = {
  "no answer": "",
  "half a head": "HTTP/1.1 200 OK\r\ncontent-le",
  "half a body": "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{",
};

interface Ending {
  /** How many requests to do it came to the provider, whatever became of their answers. */
  readonly purchases: number;
  readonly isAmbiguous: boolean;
  readonly isReused: boolean;
}

/** What comes of a purchase on a connection that was good before and breaks under it. */
async function buy(
  id: ProviderId,
  { operation, schema, example }: AnyProviderOperation,
  readAsset: CallContext["readAsset"],
  how: Break,
): Promise<Ending> {
  const ending = Promise.withResolvers<Ending>();
  await withProvider(
    id,
    {},
    ({ app, address: server }) =>
      withBreakingProxy(server, how, async ({ address, broken, breakNext }) => {
        await (await fetch(address)).text();
        const markSent = (): Promise<void> => Promise.resolve(breakNext());
        const parameters = schema.parse(example);
        const error = await submit(adapterAt(id, address), operation, parameters, {
          markSent,
          readAsset,
        }).then(() => undefined, (error) => error);
        const { calls } = await (await app.request("/_calls")).json();
        ending.resolve({
          purchases: broken.length + calls.length,
          isAmbiguous: error instanceof ProviderError && error.ambiguous,
          isReused: broken.some(({ isReused }) => isReused),
        });
      }),
  );
  return await ending.promise;
}

// Deno 2.9.6 sends such a request again by itself if it has its body in one piece.
Deno.test("a purchase whose connection breaks is sent once, and is ambiguous", async (t) => {
  const picture = await aPicture();
  const mask = inputFile(
    await (await maskFile(undefined, { width: 640, height: 640 })).bytes(),
    "image/png",
    "png",
  );
  const model = await aModel();
  const readAsset: CallContext["readAsset"] = (address, kind) => {
    if (kind === "model") return Promise.resolve(model);
    return Promise.resolve(address.includes("mask") ? mask : picture);
  };
  for (const { id, declared } of pairs) {
    for (const [name, answer] of Object.entries(ANSWERS)) {
      for (const isReset of [false, true]) {
        const how = `${name}, ${isReset ? "reset" : "ended"}`;
        await t.step(`${declared.operation} by ${id}: ${how}`, async () => {
          const expected = { purchases: 1, isAmbiguous: true };
          // A connection is not at once free for the next request.
          for (let tries = 0; tries < 20; tries++) {
            const { isReused, ...ending } = await buy(id, declared, readAsset, { answer, isReset });
            assert.deepEqual(ending, expected);
            if (isReused) return;
          }
          assert.fail("No connection was used a second time");
        });
      }
    }
  }
});
