import assert from "node:assert/strict";
import { aPicture } from "../../testing/input_files.ts";
import { factsOf } from "../../testing/provider_failures.ts";
import { withServer } from "../../testing/serve.ts";
import { adapterAt, poll, submit, succeeded } from "../../testing/simulated_provider.ts";
import { boundedCost, boundedDelay, MAX_PAUSE_SECONDS } from "./bounds.ts";
import type { Progress } from "./adapter.ts";
import { findOperation, type ProviderId, providerIds } from "./catalog.ts";

/** One of each kind, as JSON. */
const ODD = ["null", "1e400", "1e15", "-1", '"7"', '""', '"\\u0000\\ud83d"', "[]", "{}", "true"];

const operations = {
  openai: "text-to-image",
  stability: "text-to-image",
  recraft: "text-to-image",
  flux: "image-to-image",
  tripo: "text-to-model",
} as const;

const picture = await aPicture();

/** Answers that hold what is needed; `ODD` stands where a detail is. */
const SUBMITS: readonly (readonly [ProviderId, string])[] = [
  ["openai", '{"data":[{"b64_json":"aGVsbG8="}],"usage":ODD}'],
  ["openai", '{"data":[{"b64_json":"aGVsbG8="},ODD]}'],
  ["openai", '{"data":[{"b64_json":"aGVsbG8="},{"b64_json":ODD}]}'],
  [
    "openai",
    '{"data":[{"b64_json":"aGVsbG8="}],"usage":{"input_tokens_details":{"text_tokens":ODD,"image_tokens":1},"output_tokens":1}}',
  ],
  [
    "openai",
    '{"data":[{"b64_json":"aGVsbG8="}],"usage":{"input_tokens_details":{"text_tokens":1,"image_tokens":1},"output_tokens":ODD}}',
  ],
  ["recraft", '{"credits":ODD,"data":[{"url":"https://img.recraft.ai/1"}]}'],
  ["recraft", '{"data":[{"url":"https://img.recraft.ai/1"},{"url":ODD}]}'],
  ["recraft", '{"data":[ODD,{"url":"https://img.recraft.ai/1"}]}'],
  ["recraft", '{"data":ODD,"image":{"url":"https://img.recraft.ai/1"}}'],
  ["flux", '{"id":"job","polling_url":ODD}'],
  ["flux", '{"id":ODD,"polling_url":"https://api.bfl.ai/v1/get_result?id=job"}'],
  ["flux", '{"id":"job","polling_url":"https://api.bfl.ai/v1/get_result","cost":ODD}'],
  ["tripo", '{"code":0,"data":{"task_id":"task"},"message":ODD}'],
];

const POLLS: readonly (readonly [ProviderId, string])[] = [
  ...["progress", "details", "cost", "state"].map((name) =>
    ["flux", `{"status":"Ready","result":{"sample":"https://a.bfl.ai/1"},"${name}":ODD}`] as const
  ),
  ...["progress", "credits_consumed", "error_code", "error_message", "error_msg"].map((name) =>
    [
      "tripo",
      `{"code":0,"data":{"status":"success","output":{"model":"https://a.tripo3d.ai/1"},"${name}":ODD}}`,
    ] as const
  ),
  [
    "tripo",
    '{"code":0,"data":{"status":"success","output":{"model_url":ODD,"model":"https://a.tripo3d.ai/1"}}}',
  ],
];

async function answered(
  answer: () => Response,
  ask: (address: string) => Promise<Progress>,
): Promise<Progress> {
  const found = Promise.withResolvers<Progress>();
  found.promise.catch(() => {});
  await withServer(answer, (address) => ask(address).then(found.resolve, found.reject));
  return await found.promise;
}

function submitTo(id: ProviderId, address: string): Promise<Progress> {
  const readAsset = (): Promise<typeof picture> => Promise.resolve(picture);
  const parameters = { ...findOperation(id, operations[id])?.example };
  return submit(adapterAt(id, address), operations[id], parameters, { readAsset });
}

function json(body: string): () => Response {
  return () => new Response(body, { headers: { "content-type": "application/json" } });
}

function checkCost({ call: { costUsd } }: Progress): void {
  const cost = boundedCost(costUsd);
  assert.ok(cost === undefined || cost >= 0);
}

Deno.test("an odd detail never costs a result that is paid", async (t) => {
  for (const odd of ODD) {
    for (const [id, body] of SUBMITS) {
      await t.step(`${id}: ${body} with ${odd}`, async () => {
        const progress = await answered(
          json(body.replace("ODD", () => odd)),
          (address) => submitTo(id, address),
        );
        if (progress.state === "succeeded") assert.ok(progress.outputs.length > 0);
        else assert.ok(progress.handle);
        checkCost(progress);
      });
    }
    for (const [id, body] of POLLS) {
      await t.step(`${id}: ${body} with ${odd}`, async () => {
        const progress = await answered(json(body.replace("ODD", () => odd)), (address) => {
          const pollingUrl = `${address}/flux/v1/get_result`;
          const handle = id === "flux" ? JSON.stringify({ id: "job", pollingUrl }) : "task";
          return poll(adapterAt(id, address), { handle });
        });
        assert.equal(succeeded(progress).outputs.length, 1);
        checkCost(progress);
      });
    }
  }
});

const WAITS = ["99999999999", "Fri, 27 Nov 2099 12:00:00 GMT", "-5", "NaN", "1e400", "soon", ""];

Deno.test("whenever a provider asks to come back, it is within a quarter of an hour", async (t) => {
  for (const id of providerIds) {
    for (const header of ["retry-after", "retry-after-ms", "x-ratelimit-reset"]) {
      for (const value of WAITS) {
        await t.step(`${id}: ${header}: ${value}`, async () => {
          const headers = { [header]: value };
          const answer = (): Response => new Response("{}", { status: 429, headers });
          const ask = answered(answer, (address) => submitTo(id, address));
          const [code, retryable, seconds] = await factsOf(ask);
          assert.deepEqual([code, retryable], ["provider_rate_limited", true]);
          const bounded = boundedDelay(seconds, MAX_PAUSE_SECONDS);
          assert.ok(bounded >= 0 && bounded <= 900, String(bounded));
        });
      }
    }
  }
});
