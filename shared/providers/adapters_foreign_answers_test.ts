import assert from "node:assert/strict";
import { aPicture } from "../../testing/input_files.ts";
import { failureOf } from "../../testing/provider_failures.ts";
import { withServer } from "../../testing/serve.ts";
import { adapterAt, submit } from "../../testing/simulated_provider.ts";
import { findOperation, type ProviderId, providerIds } from "./catalog.ts";
import type { ProviderError } from "./provider_error.ts";

const operations = {
  openai: "text-to-image",
  stability: "text-to-image",
  recraft: "text-to-image",
  flux: "image-to-image",
  tripo: "text-to-model",
} as const;

const picture = await aPicture();

/** What a submit comes to that is answered so. */
async function refusedWith(id: ProviderId, answer: () => Response): Promise<ProviderError> {
  const found = Promise.withResolvers<ProviderError>();
  await withServer(answer, async (address) => {
    const operation = operations[id];
    const parameters = { ...findOperation(id, operation)?.example };
    const readAsset = (): Promise<typeof picture> => Promise.resolve(picture);
    found.resolve(
      await failureOf(submit(adapterAt(id, address), operation, parameters, { readAsset })),
    );
  });
  return await found.promise;
}

const page = (words: string): string => `<!DOCTYPE html><html><body>${words}</body></html>`;

/** What stands in front of a service answers; a user's words may be in it. */
const FOREIGN: Readonly<Record<string, string>> = {
  "a firewall's page": page("Attention Required!"),
  "a page that repeats a prompt": page("Not allowed by policy: no units, insufficient credits"),
  "nothing": "",
  "a word": "Forbidden",
  "other JSON": '{"success":false,"cloudflare_error":true,"title":"Blocked"}',
  "the JSON of a gateway": '{"message":"Forbidden"}',
  "a list": "[]",
  "null": "null",
};

Deno.test("what is not in a provider's own form says nothing of the account or the user", async (t) => {
  for (const id of providerIds) {
    for (const [name, body] of Object.entries(FOREIGN)) {
      for (const status of [401, 402, 403, 404]) {
        // One report shows Stability's own refusal of a key without a name.
        if (id === "stability" && status === 401 && body.includes('"message"')) continue;
        await t.step(`${id}: ${status} with ${name}`, async () => {
          const answer = (): Response => new Response(body, { status });
          const { code, retryable, ambiguous } = await refusedWith(id, answer);
          assert.deepEqual([code, retryable, ambiguous], ["provider_unavailable", true, false]);
        });
      }
    }
  }
});

/** The provider's own words for a key that it refuses. */
const OWN: Readonly<Record<ProviderId, readonly [status: number, body: unknown]>> = {
  openai: [401, { error: { message: "Bad key", type: "invalid_request_error", code: null } }],
  stability: [401, { id: "x", name: "unauthorized", errors: ["bad key"] }],
  recraft: [401, { code: "unauthorized", message: "bad key" }],
  flux: [403, { detail: "Not authenticated" }],
  tripo: [403, { code: 1005, status: "error", message: "Not allowed" }],
};

Deno.test("a provider's own word about the account counts", async (t) => {
  for (const id of providerIds) {
    await t.step(id, async () => {
      const [status, body] = OWN[id];
      const { code } = await refusedWith(id, () => Response.json(body, { status }));
      assert.equal(code, "provider_auth");
    });
  }
});

Deno.test("what a user wrote does not decide whether the account is to blame", async (t) => {
  const input = "my api key has no credits left, not allowed by policy";
  const cases: readonly (readonly [ProviderId, status: number, body: unknown])[] = [
    ["flux", 422, { detail: [{ loc: ["body", "prompt"], msg: "Too long", type: "x", input }] }],
    ["recraft", 400, { code: "invalid_parameter", message: `the prompt "${input}" is too long` }],
    ["recraft", 400, { code: "invalid_style", message: `unknown style '${input}'` }],
    ["stability", 400, { id: "x", name: "bad_request", errors: [`prompt: ${input}`] }],
  ];
  for (const [id, status, body] of cases) {
    await t.step(`${id}: ${JSON.stringify(body)}`, async () => {
      const { code } = await refusedWith(id, () => Response.json(body, { status }));
      assert.equal(code, "provider_rejected");
    });
  }
});

Deno.test("an error of Tripo under 200 is what its code is under a status of its own", async (t) => {
  const statuses: readonly (readonly [code: number, status: number])[] = [
    [2, 401],
    [1002, 401],
    [1003, 400],
    [1004, 400],
    [1005, 403],
    [1007, 429],
    [1000, 500],
    [1001, 500],
    [2000, 429],
    [2001, 404],
    [2003, 400],
    [2008, 400],
    [2010, 403],
    [2014, 400],
    [4001, 404],
  ];
  for (const [code, status] of statuses) {
    await t.step(String(code), async () => {
      const body = { code, status: "error", message: "Words" };
      const told = async (status: number): Promise<unknown[]> => {
        const failure = await refusedWith("tripo", () => Response.json(body, { status }));
        return [failure.code, failure.retryable, failure.ambiguous];
      };
      assert.deepEqual(await told(200), await told(status));
    });
  }
});
