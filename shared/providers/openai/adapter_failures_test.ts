import assert from "node:assert/strict";
import { createTestApp, orderFault, readCalls } from "../../../simulators/openai/testing.ts";
import { aCallContext } from "../../../testing/call_context.ts";
import { edit, generate } from "../../../testing/openai_calls.ts";
import { type Facts, factsOf, failureOf } from "../../../testing/provider_failures.ts";
import { closedUrl, withHangUp, withServer } from "../../../testing/serve.ts";
import { ProviderError } from "../provider_error.ts";

Deno.test("a fault of the provider becomes its error", async (t) => {
  const cases: Readonly<Record<string, Facts>> = {
    rate_limited: ["provider_rate_limited", true, 1, false],
    server_error: ["provider_unavailable", true, 0, false],
    refused: ["content_refused", false, 0, false],
    disconnect: ["provider_unavailable", true, 0, true],
    invalid_json: ["invalid_result", true, 0, true],
    empty_file: ["invalid_result", true, 0, true],
  };
  for (const [kind, facts] of Object.entries(cases)) {
    await t.step(kind, async () => {
      const app = createTestApp();
      await orderFault(app, { kind });
      await withServer(app.fetch, async (address) => {
        assert.deepEqual(await factsOf(generate(`${address}/openai/v1`)), facts);
      });
    });
  }
});

Deno.test("what the provider makes of a prompt becomes its error", async (t) => {
  const cases: Readonly<Record<string, Facts>> = {
    "sim:moderated-input": ["content_refused", false, 0, false],
    "sim:moderated-output": ["content_refused", false, 0, false],
    "sim:model-gone": ["provider_auth", false, 0, false],
    "sim:429": ["provider_rate_limited", true, 1, false],
    "sim:429-quota": ["provider_credits", false, 1, false],
    "sim:500": ["provider_unavailable", true, 0, false],
    "sim:503": ["provider_unavailable", true, 0, false],
    "sim:html-502": ["provider_unavailable", true, 0, true],
    "sim:empty": ["invalid_result", true, 0, true],
  };
  const app = createTestApp();
  await withServer(app.fetch, async (address) => {
    for (const [prompt, facts] of Object.entries(cases)) {
      await t.step(prompt, async () => {
        assert.deepEqual(await factsOf(generate(`${address}/openai/v1`, { prompt })), facts);
      });
    }
  });
});

Deno.test("a model that is not there is the operator's to mend, never the user's fault", async (t) => {
  const app = createTestApp();
  await withServer(app.fetch, async (address) => {
    for (const model of ["dall-e-3", "gpt-image-1", "gpt-image-9"]) {
      await t.step(model, async () => {
        const call = generate(`${address}/openai/v1`, {}, undefined, model);
        assert.deepEqual(await factsOf(call), ["provider_auth", false, 0, false]);
      });
    }
  });
  assert.deepEqual(await readCalls(app), []);
});

Deno.test("a call ends with its signal, and then nobody knows whether it was billed", async (t) => {
  for (const kind of ["timeout", "stuck"]) {
    await t.step(kind, async () => {
      const accepted = Promise.withResolvers<void>();
      const app = createTestApp({ wait: () => Promise.resolve(accepted.resolve()) });
      await orderFault(app, { kind });
      // The simulator answers never; this lets the server shut down at the end of the test.
      const ended = Promise.withResolvers<Response>();
      const handle = (request: Request): Promise<Response> =>
        Promise.race([Promise.resolve(app.fetch(request)), ended.promise]);
      await withServer(handle, async (address) => {
        const controller = new AbortController();
        const failure = failureOf(generate(`${address}/openai/v1`, {}, controller.signal));
        await accepted.promise;
        controller.abort();
        const { code, retryable, ambiguous, ownCut } = await failure;
        ended.resolve(new Response());
        assert.deepEqual([code, retryable, ambiguous, ownCut], ["timeout", true, true, true]);
      });
    });
  }
});

Deno.test("a redirect is not followed, and is judged as a response", async () => {
  let asked = 0;
  const other = (): Response => Response.json({ asked: ++asked });
  await withServer(other, async (elsewhere) => {
    const redirect = (): Response => Response.redirect(elsewhere, 307);
    await withServer(redirect, async (address) => {
      assert.equal((await failureOf(generate(address))).code, "provider_rejected");
    });
  });
  assert.equal(asked, 0);
});

Deno.test("a connection that is refused was not billed", async () => {
  const facts = await factsOf(generate(closedUrl()));
  assert.deepEqual(facts, ["provider_unavailable", true, 0, false]);
});

Deno.test("a host that has no address was not billed", async () => {
  const facts = await factsOf(generate("http://nowhere.invalid/v1"));
  assert.deepEqual(facts, ["provider_unavailable", true, 0, false]);
});

Deno.test("a connection that breaks off without an answer may have been billed", async () => {
  await withHangUp(async (address) => {
    const facts = await factsOf(generate(address));
    assert.deepEqual(facts, ["provider_unavailable", true, 0, true]);
  });
});

Deno.test("the words of an address do not decide whether a call was sent", async () => {
  await withHangUp(async (address) => {
    const { ambiguous } = await failureOf(generate(`${address}/dns-gateway`));
    assert.equal(ambiguous, true);
  });
});

Deno.test("a failed call is not repeated", async () => {
  let requests = 0;
  const fail = (): Response => {
    requests++;
    return new Response("{}", { status: 503 });
  };
  await withServer(fail, async (address) => void (await failureOf(generate(address))));
  assert.equal(requests, 1);
});

Deno.test("an answer that holds no picture is an invalid result", async (t) => {
  const bodies = {
    "no data": {},
    "data null": { data: null },
    "addresses instead of bytes": { data: [{ url: "https://files.example/1.png" }] },
    "every picture missing": { data: [{ b64_json: "" }, {}, null, 7] },
    "a list": [],
  };
  for (const [name, body] of Object.entries(bodies)) {
    await t.step(name, async () => {
      await withServer(
        () => Response.json(body),
        async (address) => {
          assert.deepEqual(await factsOf(generate(address)), ["invalid_result", true, 0, true]);
        },
      );
    });
  }
});

Deno.test("a failure keeps the provider's id of the call and never our key", async () => {
  const refuse = (): Response => {
    const error = { message: "Incorrect API key", type: "x", param: null, code: null };
    const headers = { "x-request-id": "req_1" };
    return Response.json({ error }, { status: 401, headers });
  };
  await withServer(refuse, async (address) => {
    const { providerRequestId, message } = await failureOf(generate(address));
    assert.equal(providerRequestId, "req_1");
    assert.ok(!message.includes("sk-simulated"));
  });
});

Deno.test("an input that cannot be read is the call's failure, and nothing is bought", async () => {
  const app = createTestApp();
  await withServer(app.fetch, async (address) => {
    const context = aCallContext({
      readAsset: () => Promise.reject(new ProviderError("invalid_input", "Gone")),
    });
    const command = { prompt: "x", input_image_asset_url: "https://project.example/a" };
    const facts = await factsOf(edit(`${address}/openai/v1`, command, context));
    assert.deepEqual(facts, ["invalid_input", false, 0, false]);
  });
  assert.deepEqual(await readCalls(app), []);
});
