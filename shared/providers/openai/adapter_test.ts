import assert from "node:assert/strict";
import { drawImage } from "../../../dev/simulators/images.ts";
import { readImage } from "../../../dev/simulators/image_file.ts";
import { createTestApp, orderFault, readCalls } from "../../../dev/simulators/openai/testing.ts";
import { closedAddress, withServer } from "../../testing/serve.ts";
import type { Adapter, Asset, Generation } from "../adapter.ts";
import { ProviderError, type ProviderErrorCode } from "../provider_error.ts";
import { createOpenaiAdapter } from "./adapter.ts";

const MODEL = "gpt-image-2.5-flare-2026-09-08";
const END_USER = "0123456789abcdef".repeat(4);
const parameters = { prompt: "a clay robot", n: 1, size: "1024x1024", quality: "standard" };

function adapterAt(address: string): Adapter {
  return createOpenaiAdapter({ apiKey: "sk-simulated", baseUrl: address, imageModel: MODEL });
}

function generate(
  address: string,
  changes: Readonly<Record<string, unknown>> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Generation> {
  const readAsset = (): Promise<never> => Promise.reject(new Error("Nothing to read"));
  const context = { signal, endUser: END_USER, readAsset };
  return adapterAt(address).generate("text-to-image", { ...parameters, ...changes }, context);
}

type Facts = readonly [
  code: ProviderErrorCode,
  retryable: boolean,
  retryAfterSeconds: number,
  outcomeUnknown: boolean,
];

async function failureOf(call: Promise<unknown>): Promise<ProviderError> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof ProviderError, String(error));
    return error;
  }
  assert.fail("The call succeeded");
}

async function factsOf(call: Promise<unknown>): Promise<Facts> {
  const { code, retryable, retryAfterSeconds, outcomeUnknown } = await failureOf(call);
  return [code, retryable, retryAfterSeconds, outcomeUnknown];
}

Deno.test("a call answers as many pictures of the asked size, their cost and its id", async () => {
  const app = createTestApp();
  await withServer(app.fetch, async (address) => {
    const { outputs, call } = await generate(`${address}/openai/v1`, { n: 2, size: "1792x1024" });
    const pictures = await Promise.all(outputs.map(({ bytes }) => readImage(bytes)));
    const picture = { mediaType: "image/png", width: 1792, height: 1024, hasTransparency: false };
    assert.deepEqual(pictures, [picture, picture]);
    assert.notDeepEqual(outputs[0]?.bytes, outputs[1]?.bytes);

    assert.equal(call.model, MODEL);
    assert.equal(call.providerRequestId, (await readCalls(app))[0]?.request_id);
    // 3 tokens of text at 5e-6 and 2 pictures of 3,080 tokens at 30e-6.
    assert.ok(Math.abs((call.costUsd ?? 0) - 0.184815) < 1e-9, String(call.costUsd));
  });
});

Deno.test("the provider receives these fields and no others", async () => {
  const app = createTestApp();
  await withServer(app.fetch, async (address) => {
    await generate(`${address}/openai/v1`, { style: "vivid", quality: "hd" });
  });
  assert.deepEqual(
    (await readCalls(app)).map(({ request }) => request),
    [
      {
        prompt: "a clay robot Vivid, dramatic, saturated look.",
        n: 1,
        size: "1024x1024",
        quality: "high",
        model: MODEL,
        output_format: "png",
        safety_identifier: END_USER,
      },
    ],
  );
});

Deno.test("parameters that are not the schema's never reach the provider", async () => {
  let requests = 0;
  const count = (): Response => Response.json({ data: [], requests: ++requests });
  await withServer(count, async (address) => {
    await assert.rejects(generate(address, { n: 9 }), { name: /ZodError/ });
  });
  assert.equal(requests, 0);
});

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
    "sim:429": ["provider_rate_limited", true, 1, false],
    "sim:429-quota": ["provider_credits", false, 1, false],
    "sim:500": ["provider_unavailable", true, 0, false],
    "sim:503": ["provider_unavailable", true, 0, false],
    "sim:html-502": ["provider_unavailable", true, 0, false],
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
        const facts = factsOf(generate(`${address}/openai/v1`, {}, controller.signal));
        await accepted.promise;
        controller.abort();
        const known = await facts;
        ended.resolve(new Response());
        assert.deepEqual(known, ["timeout", true, 0, true]);
      });
    });
  }
});

Deno.test("a connection that is refused was not billed", async () => {
  const facts = await factsOf(generate(closedAddress()));
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
    const { outcomeUnknown } = await failureOf(generate(`${address}/dns-gateway`));
    assert.equal(outcomeUnknown, true);
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

Deno.test("an answer without an account of usage is a success of unknown cost", async (t) => {
  const data = [{ b64_json: "aGVsbG8=" }];
  const answers = {
    none: { data },
    null: { data, usage: null },
    "of another shape": { data, usage: { output_tokens: "many" } },
  };
  for (const [name, body] of Object.entries(answers)) {
    await t.step(name, async () => {
      await withServer(
        () => Response.json(body),
        async (address) => {
          const { outputs, call } = await generate(address);
          assert.equal(new TextDecoder().decode(outputs[0]?.bytes), "hello");
          assert.equal(call.costUsd, undefined);
        },
      );
    });
  }
});

Deno.test("an answer that holds no picture is an invalid result", async (t) => {
  const bodies = {
    "no data": {},
    "data null": { data: null },
    "addresses instead of bytes": { data: [{ url: "https://files.example/1.png" }] },
    "one picture missing": { data: [{ b64_json: "aGVsbG8=" }, {}] },
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

/** A server that takes one request, closes the connection and is gone. */
async function withHangUp(test: (address: string) => Promise<void>): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const hangUp = async (): Promise<void> => {
    const connection = await listener.accept();
    await connection.read(new Uint8Array(65_536));
    listener.close();
    connection.close();
  };
  await Promise.all([test(`http://127.0.0.1:${listener.addr.port}`), hangUp()]);
}

Deno.test("an edit hands in the picture as what it is, and keeps its shape unless told", async () => {
  const app = createTestApp();
  const input = await drawImage({ width: 64, height: 32, seed: "in", index: 0, format: "jpeg" });
  const read: string[] = [];
  const context = {
    signal: new AbortController().signal,
    endUser: END_USER,
    readAsset: (address: string): Promise<Asset> => {
      read.push(address);
      return Promise.resolve({ bytes: input, mediaType: "image/jpeg", extension: "jpg" });
    },
  };
  await withServer(app.fetch, async (address) => {
    const adapter = adapterAt(`${address}/openai/v1`);
    const command = {
      prompt: "as ice",
      input_image_asset_url: "https://project.example/a",
      background: "transparent",
    };
    const { outputs } = await adapter.generate("image-to-image", command, context);
    const [picture] = await Promise.all(outputs.map(({ bytes }) => readImage(bytes)));
    assert.equal(picture?.hasTransparency, true);
  });
  assert.deepEqual(read, ["https://project.example/a"]);

  const [call] = await readCalls(app);
  assert.equal(call?.operation, "image-to-image");
  assert.equal(call.model, MODEL);
  const { image, ...fields } = call.request;
  assert.match(JSON.stringify(image), /"image\/jpeg"/);
  assert.match(JSON.stringify(image), new RegExp(`${input.length}`));
  assert.equal(fields["size"], "auto");
  assert.equal(fields["output_format"], "png");
  assert.equal(fields["safety_identifier"], END_USER);
});

Deno.test("an input that cannot be read is the call's failure, and nothing is bought", async () => {
  const app = createTestApp();
  await withServer(app.fetch, async (address) => {
    const context = {
      signal: new AbortController().signal,
      endUser: END_USER,
      readAsset: () => Promise.reject(new ProviderError("invalid_input", "Gone")),
    };
    const command = { prompt: "x", input_image_asset_url: "https://project.example/a" };
    const adapter = adapterAt(`${address}/openai/v1`);
    const facts = await factsOf(adapter.generate("image-to-image", command, context));
    assert.deepEqual(facts, ["invalid_input", false, 0, false]);
  });
  assert.deepEqual(await readCalls(app), []);
});
