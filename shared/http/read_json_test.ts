import assert from "node:assert/strict";
import { recordLog } from "../../testing/recorded_log.ts";
import type { App } from "./app_environment.ts";
import { createApp } from "./create_app.ts";
import { limitBody, readJson } from "./read_json.ts";

/** Answers with what it read. */
function echo(): App {
  const app = createApp({ log: recordLog().log, corsOrigins: [] });
  app.post("/", limitBody(), async (c) => c.json({ read: JSON.stringify(await readJson(c)) }));
  return app;
}

interface Answer {
  readonly status: number;
  readonly error?: string;
  readonly message?: string;
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

Deno.test("text that is not UTF-8 is a 400, and what is encoded well is kept", async (t) => {
  const around = (...bytes: readonly number[]): Uint8Array<ArrayBuffer> =>
    Uint8Array.from([0x22, ...bytes, 0x22]);
  const broken: Readonly<Record<string, readonly number[]>> = {
    "Latin-1": [0xe4],
    "a cut-off letter": [0xe2, 0x82],
    "a letter longer than it need be": [0xc0, 0xaf],
    "half of a surrogate pair": [0xed, 0xa0, 0x80],
    "beyond the last letter": [0xf4, 0x90, 0x80, 0x80],
  };
  for (const [name, bytes] of Object.entries(broken)) {
    await t.step(name, async () => {
      const { status, message } = await post(around(...bytes), "application/json");
      assert.deepEqual([status, message], [400, "The body is not encoded as UTF-8"]);
    });
  }
  await t.step("UTF-16", async () => {
    const body = Uint8Array.from([0xff, 0xfe, 0x22, 0, 0x22, 0]);
    assert.equal((await post(body, "application/json")).status, 400);
  });
  await t.step("with a byte order mark", async () => {
    const body = Uint8Array.from([0xef, 0xbb, 0xbf, ...around(0xc3, 0xa4)]);
    assert.equal((await post(body, "application/json")).read, '"ä"');
  });
});

Deno.test("a body of eight levels is read, and a deeper one is a 400 that names the limit", async (t) => {
  const lists = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
  const objects = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
  for (const nested of [lists, objects]) {
    await t.step(nested.name, async () => {
      assert.equal((await post(nested(8), "application/json")).status, 200);
      for (const levels of [9, 100, 10_000]) {
        const { status, message } = await post(nested(levels), "application/json");
        const words = "The body is nested deeper than 8 levels; no parameter is";
        assert.deepEqual([status, message], [400, words], `${levels}`);
      }
    });
  }
});

Deno.test("of a name that is there twice the last counts", async () => {
  assert.equal((await post('{"a": 1, "a": 2}', "application/json")).read, '{"a":2}');
});

Deno.test("names of the language's own are read as names, and change nothing", async () => {
  const text = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
  assert.equal((await post(text, "application/json")).read, text);
  assert.ok(!("polluted" in {}));
});

Deno.test("a body of 256 KB is read and a larger one is a 413", async (t) => {
  const cases = [
    [256 * 1024, 200],
    [256 * 1024 + 1, 413],
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
  const headers = { "content-type": "application/json", "content-length": "270000" };
  const response = await echo().request("/", { method: "POST", headers, body });
  assert.equal(response.status, 413);
  assert.equal(read, false);
});
