import assert from "node:assert/strict";
import { recordLog } from "../testing/recorded_log.ts";
import { type App, createApp } from "./create_app.ts";
import { limitBody, readJson } from "./read_json.ts";

/** Answers with what it read. */
function echo(): App {
  const app = createApp({ log: recordLog().log });
  app.post("/", limitBody(), async (c) => c.json({ read: JSON.stringify(await readJson(c)) }));
  return app;
}

interface Answer {
  readonly status: number;
  readonly error?: string;
  readonly read?: string;
}

async function post(body: BodyInit | null, contentType?: string): Promise<Answer> {
  const headers = new Headers(contentType === undefined ? {} : { "content-type": contentType });
  const request = new Request("http://localhost/", { method: "POST", headers, body });
  // The platform adds a media type of its own to text.
  if (contentType === undefined) request.headers.delete("content-type");
  const response = await echo().request(request);
  return { status: response.status, ...(await response.json()) };
}

/** A JSON text of so many bytes. */
const textOf = (length: number): string => JSON.stringify("x".repeat(length - 2));

function streamOf(text: string): ReadableStream<Uint8Array> {
  return new Blob([text]).stream();
}

Deno.test("JSON is read under its media type, with or without a charset", async (t) => {
  const types = [
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    "Application/JSON ; charset=utf-8",
  ];
  for (const type of types) {
    await t.step(type, async () => {
      assert.deepEqual(await post('{"ä": 1}', type), { status: 200, read: '{"ä":1}' });
    });
  }
});

Deno.test("another media type is a 415", async (t) => {
  const types = [
    undefined,
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/jsonp",
    "multipart/form-data; boundary=application/json",
    "",
  ];
  for (const type of types) {
    await t.step(type ?? "none", async () => {
      const { status, error } = await post('{"a": 1}', type);
      assert.deepEqual([status, error], [415, "unsupported_media_type"]);
    });
  }
});

Deno.test("text that is not JSON is a 400", async (t) => {
  for (const text of ["", "{", "{'a': 1}", "undefined", '{"a": 1} more', "<html>"]) {
    await t.step(JSON.stringify(text), async () => {
      const { status, error } = await post(text, "application/json");
      assert.deepEqual([status, error], [400, "invalid_request"]);
    });
  }
});

Deno.test("a body of 64 KB is read and a larger one is a 413", async (t) => {
  const cases = [
    [64 * 1024, 200],
    [64 * 1024 + 1, 413],
    [1024 * 1024, 413],
  ] as const;
  for (const [length, status] of cases) {
    await t.step(`${length} bytes`, async () => {
      assert.equal((await post(textOf(length), "application/json")).status, status);
    });
    await t.step(`${length} bytes of unknown length`, async () => {
      assert.equal((await post(streamOf(textOf(length)), "application/json")).status, status);
    });
  }
});

Deno.test("a body whose length is told is refused before it is read", async () => {
  let read = false;
  const body = new ReadableStream(
    {
      pull: () => {
        read = true;
      },
    },
    { highWaterMark: 0 },
  );
  const headers = { "content-type": "application/json", "content-length": "70000" };
  const response = await echo().request("/", { method: "POST", headers, body });
  assert.equal(response.status, 413);
  assert.equal(read, false);
});
