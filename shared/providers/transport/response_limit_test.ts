import assert from "node:assert/strict";
import { anApi, aRequest, thing } from "../../../testing/an_api.ts";
import { generate } from "../../../testing/openai_calls.ts";
import { factsOf, failureOf } from "../../../testing/provider_failures.ts";
import { withServer } from "../../../testing/serve.ts";
import { streamOf } from "../../../testing/streams.ts";
import { limitBody, MAX_ANSWER_BYTES } from "./response_limit.ts";

Deno.test("an answer within the limit stays as it is", async () => {
  const headers = { "x-acme-id": "req_1" };
  const answer = limitBody(new Response("12345", { status: 402, headers }), 5);
  assert.deepEqual(
    [answer.status, answer.headers.get("x-acme-id"), await answer.text()],
    [402, "req_1", "12345"],
  );
  assert.equal(limitBody(new Response(null, { status: 204 }), 5).status, 204);
});

Deno.test("a longer one cannot be read, in one piece or in several", async () => {
  const piece = new TextEncoder().encode("123");
  for (const body of ["123456", streamOf(piece, piece)]) {
    const { code, retryable } = await failureOf(limitBody(new Response(body), 5).text());
    assert.deepEqual([code, retryable], ["invalid_result", false]);
  }
});

/** The verdict counts as much as the limit: a repeat would pay for the same answer again. */
async function checkLimit(ask: (address: string) => Promise<unknown>): Promise<void> {
  for (const status of [200, 500]) {
    const made = { bytes: 0, ended: Promise.withResolvers<void>() };
    const piece = new Uint8Array(1024 * 1024).fill(32);
    const endless = (): Response =>
      new Response(
        new ReadableStream({
          pull(controller): void {
            made.bytes += piece.length;
            controller.enqueue(piece);
          },
          cancel: () => made.ended.resolve(),
        }),
        { status },
      );
    await withServer(endless, async (address) => {
      assert.deepEqual(await factsOf(ask(address)), ["invalid_result", false, 0, true]);
      await made.ended.promise;
      // What lies in the buffers of the connection counts, too.
      assert.ok(made.bytes < MAX_ANSWER_BYTES + 32 * piece.length, String(made.bytes));
    });
  }
}

Deno.test("an answer without an end is given up at the limit, also where it is a response", async (t) => {
  const calls: Readonly<Record<string, (address: string) => Promise<unknown>>> = {
    "our caller": (address) => anApi(address).json(aRequest(), thing),
    "OpenAI's client": (address) => generate(address),
  };
  for (const [name, ask] of Object.entries(calls)) {
    await t.step(name, () => checkLimit(ask));
  }
});
