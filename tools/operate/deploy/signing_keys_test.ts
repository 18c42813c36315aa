import assert from "node:assert/strict";
import { closedUrl, withServer } from "../../../testing/serve.ts";
import { signsWithSecret } from "./signing_keys.ts";

Deno.test("a list of keys that is empty means a shared secret", async (t) => {
  const cases: readonly (readonly [answer: unknown, status: number, signs: boolean | undefined])[] =
    [
      [{ keys: [] }, 200, true],
      [{ keys: [{ kty: "EC" }] }, 200, false],
      [{ message: "no Auth here" }, 200, undefined],
      [{ keys: [] }, 503, undefined],
    ];
  for (const [answer, status, signs] of cases) {
    await t.step(`${status} ${JSON.stringify(answer)}`, async () => {
      const paths: string[] = [];
      await withServer((request) => {
        paths.push(new URL(request.url).pathname);
        return Response.json(answer, { status, headers: { connection: "close" } });
      }, async (address) => {
        assert.equal(await signsWithSecret(address.replace(/\/$/, "")), signs);
      });
      assert.deepEqual(paths, ["/auth/v1/.well-known/jwks.json"]);
    });
  }
  await t.step("nobody there", async () => {
    assert.equal(await signsWithSecret(closedUrl().replace(/\/$/, "")), undefined);
  });
});
