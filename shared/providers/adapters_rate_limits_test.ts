import assert from "node:assert/strict";
import { aPicture } from "../../testing/input_files.ts";
import { failureOf } from "../../testing/provider_failures.ts";
import { withServer } from "../../testing/serve.ts";
import { adapterAt, submit } from "../../testing/simulated_provider.ts";
import { findOperation, type ProviderId } from "./catalog.ts";

const picture = await aPicture();

const operations = {
  openai: "text-to-image",
  stability: "text-to-image",
  recraft: "text-to-image",
  flux: "image-to-image",
  tripo: "text-to-model",
} as const;

/** What a 429 with this body comes to, and how often it was asked for. */
async function limitedBy(id: ProviderId, body: unknown): Promise<readonly unknown[]> {
  let requests = 0;
  const answer = (): Response => {
    requests++;
    const headers = { "retry-after": "7" };
    return typeof body === "string"
      ? new Response(body, { status: 429, headers })
      : Response.json(body, { status: 429, headers });
  };
  let found: readonly unknown[] = [];
  await withServer(answer, async (address) => {
    const operation = operations[id];
    const parameters = { ...findOperation(id, operation)?.example };
    const readAsset = (): Promise<typeof picture> => Promise.resolve(picture);
    const { code, retryable, final, ambiguous, retryAfterSeconds, pauseScope } = await failureOf(
      submit(adapterAt(id, address), operation, parameters, { readAsset }),
    );
    found = [code, retryable, final, ambiguous, retryAfterSeconds, pauseScope];
  });
  return [...found, requests];
}

const openai = (error: Readonly<Record<string, unknown>>): unknown => ({
  error: { message: "Words", type: null, param: null, code: null, ...error },
});
const tripo = (code: number): unknown => ({ code, status: "error", message: "Words" });

/** 429s without a word about money, also with what means something else under another status. */
const LIMITS: readonly (readonly [ProviderId, body: unknown, scope: "lane" | "pool"])[] = [
  ["openai", openai({ code: "rate_limit_exceeded" }), "lane"],
  ["openai", openai({ type: "rate_limit_error", code: "slow_down" }), "lane"],
  ["openai", openai({ code: "rate_limit_exceeded", param: "model" }), "lane"],
  ["openai", openai({ code: "moderation_blocked" }), "lane"],
  ["openai", openai({ message: "You have no credits" }), "lane"],
  ["stability", { id: "x", name: "rate_limit_exceeded", errors: ["Too many"] }, "lane"],
  ["stability", { id: "x", name: "content_moderation", errors: ["Too many"] }, "lane"],
  ["recraft", { code: "rate_limit_exceeded", message: "no credits, by policy" }, "lane"],
  ["flux", { detail: "Too many active tasks" }, "pool"],
  ["flux", { detail: "Bad api key, no credits" }, "pool"],
  ["flux", { error: "rate_limited", message: "Slow down" }, "pool"],
  ["tripo", tripo(2000), "pool"],
  ["tripo", tripo(1007), "lane"],
  ["tripo", tripo(1004), "lane"],
  ["tripo", tripo(2008), "lane"],
  ["tripo", tripo(2001), "lane"],
  ...(["openai", "stability", "recraft", "tripo"] as const).flatMap((id) =>
    ["", "<html>Too many</html>"].map((body) => [id, body, "lane"] as const)
  ),
];

Deno.test("a 429 without a word about money is put back, once asked for, and says what waits", async (t) => {
  for (const [id, body, scope] of LIMITS) {
    await t.step(`${id}: ${JSON.stringify(body)}`, async () => {
      const expected = ["provider_rate_limited", true, false, false, 7, scope, 1];
      assert.deepEqual(await limitedBy(id, body), expected);
    });
  }
});

/** The structured words of a provider for an empty purse. */
const MONEY: readonly (readonly [ProviderId, body: unknown])[] = [
  ["openai", openai({ type: "insufficient_quota", code: "credit_balance_exhausted" })],
  ["openai", openai({ type: "insufficient_quota" })],
  ["openai", openai({ code: "project_spend_limit_exceeded" })],
  ["recraft", { code: "not_enough_units", message: "Words" }],
  ["tripo", tripo(2010)],
];

Deno.test("a 429 about money stays one about money", async (t) => {
  for (const [id, body] of MONEY) {
    await t.step(`${id}: ${JSON.stringify(body)}`, async () => {
      const [code, retryable] = await limitedBy(id, body);
      assert.deepEqual([code, retryable], ["provider_credits", false]);
    });
  }
});
