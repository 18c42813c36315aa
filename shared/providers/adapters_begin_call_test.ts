import assert from "node:assert/strict";
import { maskFile } from "../../simulators/recraft/testing.ts";
import { aCallContext } from "../../testing/call_context.ts";
import { aModel, aPicture, inputFile } from "../../testing/input_files.ts";
import { withProvider } from "../../testing/simulated_provider.ts";
import { providerIds, providers } from "./catalog.ts";

const pairs = providerIds.flatMap((id) =>
  providers[id].operations.map((declared) => ({ id, declared }))
);

Deno.test("each call says that it is made before it is, once, and is not made if it must not", async (t) => {
  const picture = await aPicture();
  const mask = inputFile(
    await (await maskFile(undefined, { width: 640, height: 640 })).bytes(),
    "image/png",
    "png",
  );
  const model = await aModel();
  for (const { id, declared: { operation, schema, example } } of pairs) {
    await t.step(`${operation} by ${id}`, () =>
      withProvider(id, {}, async ({ app, adapter }) => {
        const purchases = async (): Promise<number> => {
          const { calls } = await (await app.request("/_calls")).json();
          return calls.length;
        };
        const readBefore: number[] = [];
        const call = (markSent: () => Promise<void>): Promise<unknown> | undefined =>
          adapter.submit[operation]?.(
            schema.parse(example),
            aCallContext({
              markSent,
              readAsset: (address, kind) => {
                assert.equal(
                  readBefore.length,
                  0,
                  `${address} is read when the call is on its way`,
                );
                if (kind === "model") return Promise.resolve(model);
                return Promise.resolve(address.includes("mask") ? mask : picture);
              },
            }),
          );

        const lost = new Error("The task is lost");
        await assert.rejects(async () => await call(() => Promise.reject(lost)), lost);
        assert.equal(await purchases(), 0);

        await call(async () => void readBefore.push(await purchases()));
        assert.deepEqual(readBefore, [0]);
        assert.equal(await purchases(), 1);
      }));
  }
});
