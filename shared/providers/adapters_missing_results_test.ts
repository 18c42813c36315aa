import assert from "node:assert/strict";
import { files } from "../../testing/files.ts";
import { ODD_VALUES, withOdd } from "../../testing/odd_values.ts";
import { withServer } from "../../testing/serve.ts";
import { adapterAt, poll, running, submit, succeeded } from "../../testing/simulated_provider.ts";
import { contentOf } from "../../testing/streams.ts";

const parameters = { prompt: "two robots", n: 2 };
const png = btoa(String.fromCharCode(...files.png));

const json = { headers: { "content-type": "application/json" } };

Deno.test("OpenAI: a picture without bytes is missing, and costs no other", async (t) => {
  const body = {
    data: [{ b64_json: png }, { b64_json: png }],
    usage: { input_tokens_details: { text_tokens: 20, image_tokens: 0 }, output_tokens: 1_000 },
  };
  for (const place of ["data.0", "data.0.b64_json"]) {
    for (const [name, odd] of Object.entries(ODD_VALUES)) {
      // Text is decoded as far as it goes; whether that is a picture is seen when it is stored.
      if (place === "data.0.b64_json" && odd?.startsWith('"') && odd !== '""') continue;
      await t.step(`${place}: ${name}`, async () => {
        await withServer(() => new Response(withOdd(body, place, odd), json), async (address) => {
          const adapter = adapterAt("openai", address);
          const { outputs, call } = succeeded(await submit(adapter, "text-to-image", parameters));
          assert.deepEqual(await Promise.all(outputs.map(contentOf)), [files.png]);
          assert.ok(Math.abs((call.costUsd ?? 0) - 0.0301) < 1e-9);
        });
      });
    }
  }
});

Deno.test("Recraft: a picture without an address is missing, and costs no other", async (t) => {
  for (const place of ["data.0", "data.0.url"]) {
    for (const [name, odd] of Object.entries(ODD_VALUES)) {
      await t.step(`${place}: ${name}`, async () => {
        const answer = (request: Request): Response => {
          const { pathname, origin } = new URL(request.url);
          if (pathname === "/file.png") return new Response(files.png);
          const url = `${origin}/file.png`;
          return new Response(withOdd({ credits: 80, data: [{ url }, { url }] }, place, odd), json);
        };
        await withServer(answer, async (address) => {
          const adapter = adapterAt("recraft", address);
          const accepted = running(await submit(adapter, "text-to-image", parameters));
          assert.equal(accepted.call.costUsd, 0.08);
          const { outputs } = succeeded(await poll(adapter, accepted));
          assert.deepEqual(await Promise.all(outputs.map(contentOf)), [files.png]);
        });
      });
    }
  }
});
