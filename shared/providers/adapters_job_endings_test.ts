import assert from "node:assert/strict";
import { failureOf } from "../../testing/provider_failures.ts";
import { withServer } from "../../testing/serve.ts";
import { adapterAt, poll, succeeded } from "../../testing/simulated_provider.ts";
import type { Progress } from "./adapter.ts";
import type { ProviderId } from "./catalog.ts";

type Body = Readonly<Record<string, unknown>>;

/** Asks for accepted work, and is answered so. */
async function asked(id: ProviderId, body: Body, status = 200): Promise<Progress> {
  const found = Promise.withResolvers<Progress>();
  // Read when the server has ended.
  found.promise.catch(() => {});
  await withServer(() => Response.json(body, { status }), async (address) => {
    const pollingUrl = `${address}/flux/v1/get_result`;
    const handle = id === "flux" ? JSON.stringify({ id: "job", pollingUrl }) : "task";
    await poll(adapterAt(id, address), { handle }).then(found.resolve, found.reject);
  });
  return await found.promise;
}

function task(data: Body): Body {
  return { code: 0, data: { progress: 100, output: {}, ...data } };
}

Deno.test("a job that the service ended for its own reasons, unbilled, may be ordered anew", async (t) => {
  const cases: readonly (readonly [ProviderId, Body, endedUnbilled: boolean, status?: number])[] = [
    ["tripo", task({ status: "failed", error_code: 1000, credits_consumed: 0 }), true],
    ["tripo", task({ status: "failed", error_code: 1001, credits_consumed: 0 }), true],
    ["tripo", task({ status: "failed", error_code: 2014, credits_consumed: 0 }), true],
    ["tripo", task({ status: "failed", credits_consumed: 0 }), true],
    ["tripo", task({ status: "failed", error_code: 1001, credits_consumed: 20 }), false],
    ["tripo", task({ status: "failed", error_code: 1001 }), false],
    ["tripo", task({ status: "failed", error_code: 1001, credits_consumed: "0" }), false],
    ["tripo", task({ status: "failed", error_code: 2008, credits_consumed: 0 }), false],
    ["tripo", task({ status: "expired", credits_consumed: 0 }), true],
    ["tripo", task({ status: "failed", error_code: 2018, credits_consumed: 0 }), true],
    ["tripo", task({ status: "failed", error_code: "2018", credits_consumed: 0 }), true],
    [
      "tripo",
      task({
        status: "failed",
        error_code: 2018,
        credits_consumed: 0,
        error_msg: "Too complex",
      }),
      false,
    ],
    ["tripo", task({ status: "banned", credits_consumed: 0 }), false],
    ["tripo", task({ status: "cancelled", credits_consumed: 0 }), false],
    ["flux", { status: "Error", details: null }, true],
    ["flux", { status: "Failed" }, true],
    ["flux", { status: "Error", details: {} }, true, 422],
    ["flux", { status: "Error", details: { error: "input_image is broken" } }, false],
    ["flux", { status: "Error", details: { input_image_2: "x" } }, false],
    ["flux", { status: "Error", details: [{ loc: ["body", "input_image"] }] }, false],
    // The words of a prompt, which the service may repeat.
    ["flux", { status: "Error", details: { error: 'No worker for "an image of input"' } }, true],
    ["flux", { status: "Error", details: { error: "A promptly drawn image" } }, true],
    [
      "tripo",
      task({
        status: "failed",
        error_code: 2018,
        credits_consumed: 0,
        error_message: "Expired in the queue: a complex castle",
      }),
      true,
    ],
    ["flux", { status: "Content Moderated" }, false],
    ["flux", { status: "Task not found" }, false],
  ];
  for (const [id, body, expected, status] of cases) {
    await t.step(`${id}: ${JSON.stringify(body)}`, async () => {
      const { endedUnbilled, final } = await failureOf(asked(id, body, status));
      assert.equal(endedUnbilled, expected);
      if (expected) assert.ok(final);
    });
  }
});

Deno.test("an address of a model is found under each of its names", async (t) => {
  const url = "https://cdn.tripo3d.ai/model.glb";
  const outputs: readonly Body[] = [
    { model_url: url },
    { model_urls: [url] },
    { model_urls: [null, url] },
    { pbr_model_url: url },
    { base_model_url: url },
    { pbr_model: url },
    { model: url },
    { base_model: url },
    { model_url: "", model_urls: [], pbr_model_url: 7, base_model_url: url },
    { model_url: null, model_urls: "none", model: url },
  ];
  for (const output of outputs) {
    await t.step(JSON.stringify(output), async () => {
      const { outputs } = succeeded(await asked("tripo", task({ status: "success", output })));
      assert.equal(outputs.length, 1);
    });
  }
});

Deno.test("the words of a failed task are read under both names", async (t) => {
  for (const name of ["error_message", "error_msg"]) {
    await t.step(name, async () => {
      const ended = task({ status: "failed", error_code: 1001, [name]: "Out of memory" });
      assert.match((await failureOf(asked("tripo", ended))).message, /Out of memory/);
    });
  }
});
