import assert from "node:assert/strict";
import { withServer } from "../../../testing/serve.ts";
import { send } from "./send.ts";

interface Seen {
  readonly length: string | null;
  readonly encoding: string | null;
  readonly mediaType: string | null;
  readonly text: string;
}

/** What arrives of a request. */
async function seenOf(options: RequestInit): Promise<Seen> {
  const seen = Promise.withResolvers<Seen>();
  await withServer(async (request) => {
    const { headers } = request;
    const text = await request.text();
    const length = headers.get("content-length");
    const encoding = headers.get("transfer-encoding");
    seen.resolve({ length, encoding, mediaType: headers.get("content-type"), text });
    return new Response("{}");
  }, async (address) => {
    await (await send(address, options)).text();
  });
  return await seen.promise;
}

Deno.test("text goes out as it is, with its length and the media type of the header", async () => {
  for (const text of ['{"prompt":"Ein Küken 🐥"}', "x".repeat(3_000_000)]) {
    const headers = { "content-type": "application/json" };
    assert.deepEqual(await seenOf({ method: "POST", headers, body: text }), {
      length: String(new TextEncoder().encode(text).length),
      encoding: null,
      mediaType: "application/json",
      text,
    });
  }
});

Deno.test("a form goes out with its length and boundary", async () => {
  const form = new FormData();
  form.append("image", new File(["bytes"], "image.png", { type: "image/png" }));
  const { length, encoding, mediaType, text } = await seenOf({ method: "POST", body: form });
  assert.deepEqual([length, encoding], [String(text.length), null]);
  const [, boundary = ""] = /^multipart\/form-data; boundary=(.+)$/.exec(mediaType ?? "") ?? [];
  assert.ok(text.startsWith(`--${boundary}\r\n`));
  assert.match(
    text,
    /name="image"; filename="image.png"\r\nContent-Type: image\/png\r\n\r\nbytes\r\n/i,
  );
});

Deno.test("what the runtime may send twice does not go out", async (t) => {
  const url = "http://127.0.0.1:2/";
  const cases: Readonly<Record<string, () => Promise<unknown>>> = {
    "no body": () => send(url, { method: "POST" }),
    "an empty body": () => send(url, { method: "POST", body: "" }),
    "bytes": () => send(url, { method: "POST", body: new Uint8Array(1) }),
    "a buffer": () => send(url, { method: "POST", body: new ArrayBuffer(1) }),
    "parameters": () => send(url, { method: "POST", body: new URLSearchParams("a=1") }),
    "a request": () => send(new Request(url, { method: "POST", body: "{}" })),
  };
  for (const [name, call] of Object.entries(cases)) {
    await t.step(
      name,
      () => assert.rejects(call, TypeError("The runtime may send this request twice")),
    );
  }
});
