import assert from "node:assert/strict";
import { files } from "../../testing/files.ts";
import { aGlb, aPng, aWebp, bytesOf, joined, triangle } from "../../testing/small_files.ts";
import { failureOf } from "../../testing/provider_failures.ts";
import { closedUrl, withServer } from "../../testing/serve.ts";
import type { AssetKind } from "../contract/operations.ts";
import type { Asset } from "../providers/adapter.ts";
import { createInputReader, type InputFile } from "./input_reader.ts";

const picture = aPng();
const object = { bucket: "inputs", path: "ann/my cat?.png" };
const png: InputFile = {
  object,
  maxBytes: picture.length,
  checked: { bytes: picture.length, etag: "abc", version: "v 1" },
};

function read(supabaseUrl: string, file = png, kind: AssetKind = "image"): Promise<Asset> {
  return createInputReader({ supabaseUrl, secretKey: "secret" })(file, kind);
}

/** An answer of Storage with a file. */
function sent(bytes: BodyInit, headers: Record<string, string> = { etag: '"abc"' }): Response {
  return new Response(bytes, { headers });
}

/** A Storage that sends a file, and lists it so. */
function storage(file: () => Response, row: () => Response) {
  const asked: string[] = [];
  const answer = ({ url }: Request): Response => {
    const { pathname, search } = new URL(url);
    asked.push(pathname + search);
    return pathname.startsWith("/storage/v1/object/info/") ? row() : file();
  };
  return { asked, answer };
}

const noRow = (): Response => assert.fail("The row was asked for");

Deno.test("an input is read by its encoded name, past all policies, and is what its bytes say", async (t) => {
  const cases = [
    ["image", picture, "image/png", "png"],
    ["image", aWebp(), "image/webp", "webp"],
    ["model", aGlb(triangle), "model/gltf-binary", "glb"],
  ] as const;
  for (const [kind, bytes, mediaType, extension] of cases) {
    await t.step(mediaType, async () => {
      const asked: unknown[] = [];
      const answer = ({ url, headers }: Request): Response => {
        const { pathname, search } = new URL(url);
        asked.push([pathname, search, headers.get("authorization"), headers.get("apikey")]);
        return sent(bytes, { "content-type": "text/plain", etag: 'W/"abc"' });
      };
      const file = {
        object,
        maxBytes: bytes.length,
        checked: { bytes: bytes.length, etag: "abc", version: "v 1" },
      };
      await withServer(answer, async (address) => {
        const { content, ...type } = await read(address, file, kind);
        assert.deepEqual(type, { mediaType, extension });
        assert.deepEqual(new Uint8Array(await content.arrayBuffer()), new Uint8Array(bytes));
      });
      assert.deepEqual(asked, [
        [
          "/storage/v1/object/inputs/ann/my%20cat%3F.png",
          "?version=v%201",
          "Bearer secret",
          "secret",
        ],
      ]);
    });
  }
});

Deno.test("a longer file is not read, whether Storage tells its length or not", async (t) => {
  const row = (): Response => Response.json({ version: "v2", size: 50_000_000, etag: '"x"' });
  await t.step("told", async () => {
    const body = sent(new Uint8Array(picture.length + 1));
    const { answer } = storage(() => body, row);
    await withServer(answer, async (address) => {
      const { code, reason } = await failureOf(read(address));
      assert.deepEqual([code, reason], ["invalid_input", "input_changed"]);
    });
  });
  await t.step("not told", async () => {
    const stopped = Promise.withResolvers<void>();
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(picture)),
      cancel: () => stopped.resolve(),
    });
    const { answer } = storage(() => sent(endless), row);
    await withServer(answer, async (address) => {
      const { code, reason } = await failureOf(read(address));
      assert.deepEqual([code, reason], ["invalid_input", "input_changed"]);
      await stopped.promise;
    });
  });
  await t.step("of a task whose files were not kept", async () => {
    const { answer } = storage(() => sent(new Uint8Array(101)), noRow);
    await withServer(answer, async (address) => {
      const { reason } = await failureOf(read(address, { object, maxBytes: 100 }));
      assert.equal(reason, "input_changed");
    });
  });
});

Deno.test("what is no longer the file that was checked is not read", async (t) => {
  const bytes = picture.length;
  const same = { version: "v 1", size: bytes, etag: '"abc"' };
  const other = { etag: '"other"' };
  const cases: readonly (readonly [string, Response, unknown, string | undefined])[] = [
    [
      "replaced",
      sent(picture, other),
      { ...same, version: "v2", etag: '"other"' },
      "input_changed",
    ],
    [
      "replaced by a longer one",
      sent(picture, other),
      { ...same, size: bytes + 1 },
      "input_changed",
    ],
    [
      "replaced by a shorter one",
      sent("x", other),
      { version: "v2", size: 1, etag: '"o"' },
      "input_changed",
    ],
    ["uploaded again", sent(picture, other), { ...same, version: "v2" }, undefined],
    ["the same, with an ETag of the way", sent(picture, other), same, undefined],
    ["the same, without one", sent(picture, {}), same, undefined],
    [
      "the same, as the local Storage lists it",
      sent(picture, other),
      {
        version: "v 1",
        metadata: JSON.stringify({ mimetype: "image/png", size: bytes, eTag: '"abc"' }),
      },
      undefined,
    ],
    [
      "replaced, with words of the user's about it",
      sent(picture, other),
      { version: "v2", size: 1, etag: null, metadata: { mimetype: "", size: bytes, eTag: "abc" } },
      "input_changed",
    ],
  ];
  for (const [name, file, row, expected] of cases) {
    await t.step(name, async () => {
      const { answer, asked } = storage(() => file, () => Response.json(row));
      await withServer(answer, async (address) => {
        const failure = await read(address).then(() => undefined, (error) => error);
        assert.deepEqual(
          [failure?.reason, failure?.code],
          expected ? [expected, "invalid_input"] : [undefined, undefined],
        );
      });
      assert.equal(asked.at(-1), "/storage/v1/object/info/inputs/ann/my%20cat%3F.png");
    });
  }
});

Deno.test("a file that can be compressed comes with its own length", async () => {
  const bytes = new Uint8Array(100_000);
  bytes.set(aGlb(triangle));
  const answer = ({ headers }: Request): Response => {
    assert.equal(headers.get("accept-encoding"), "identity");
    return sent(bytes, { "content-type": "application/json", etag: '"abc"' });
  };
  const checked = { bytes: bytes.length, etag: "abc" };
  await withServer(answer, async (address) => {
    const file = { object, maxBytes: bytes.length, checked };
    assert.equal((await read(address, file, "model")).content.size, bytes.length);
  });
});

Deno.test("what is behind a picture is read, so that its length is known, and does not go out", async () => {
  const bytes = joined(picture, bytesOf("a video"), new Uint8Array(200_000));
  const checked = { bytes: bytes.length, etag: "abc", version: "v 1" };
  const pieces = [bytes.slice(0, picture.length + 3), bytes.slice(picture.length + 3)];
  const { answer, asked } = storage(() => sent(ReadableStream.from(pieces)), noRow);
  await withServer(answer, async (address) => {
    const { content } = await read(address, { object, maxBytes: bytes.length, checked });
    assert.deepEqual(new Uint8Array(await content.arrayBuffer()), picture);
  });
  assert.equal(asked.length, 1);
});

Deno.test("an earlier upload out of a cache is tried again, and not the user's to mend", async () => {
  const row = { version: "v 1", size: picture.length, etag: '"abc"' };
  for (const old of ["short", new Uint8Array(10_000)]) {
    const { answer } = storage(() => sent(old, { etag: '"old"' }), () => Response.json(row));
    await withServer(answer, async (address) => {
      const { code, retryable } = await failureOf(read(address));
      assert.deepEqual([code, retryable], ["storage_failed", true]);
    });
  }
});

Deno.test("an input that is gone is the user's to mend; a Storage that fails is not", async (t) => {
  // Storage hides its own status in the body of a 400.
  const missing = { statusCode: "404", error: "not_found", message: "Object not found" };
  const cases = [
    [404, missing, "invalid_input", false, "input_deleted"],
    [400, missing, "invalid_input", false, "input_deleted"],
    [400, { statusCode: "403", error: "x", message: "No" }, "storage_failed", true, undefined],
    [500, { statusCode: "500", error: "x", message: "Away" }, "storage_failed", true, undefined],
    [503, { message: "Away" }, "storage_failed", true, undefined],
    [403, { statusCode: "403", error: "x", message: "No" }, "storage_failed", true, undefined],
  ] as const;
  for (const [status, body, expected, expectedRetry, expectedReason] of cases) {
    await t.step(`${status}: ${expected}`, async () => {
      await withServer(() => Response.json(body, { status }), async (address) => {
        const { code, retryable, ambiguous, reason } = await failureOf(read(address));
        assert.deepEqual(
          [code, retryable, ambiguous, reason],
          [expected, expectedRetry, false, expectedReason],
        );
      });
    });
  }
  await t.step("gone while it was read", async () => {
    const gone = (): Response => Response.json(missing, { status: 400 });
    const { answer } = storage(() => sent(picture, {}), gone);
    await withServer(answer, async (address) => {
      assert.equal((await failureOf(read(address))).reason, "input_deleted");
    });
  });
  await t.step("a row that says nothing", async () => {
    const { answer } = storage(() => sent(picture, {}), () => new Response("<html>"));
    await withServer(answer, async (address) => {
      assert.equal((await failureOf(read(address))).code, "storage_failed");
    });
  });
  await t.step("nobody there", async () => {
    const { code } = await failureOf(read(closedUrl()));
    assert.equal(code, "storage_failed");
  });
});

Deno.test("a file that is not of the wanted kind is the user's to mend", async (t) => {
  const cases = [
    ["image", files.html],
    ["image", files.empty],
    ["image", files.gif],
    ["image", aGlb(triangle)],
    ["model", picture],
  ] as const;
  for (const [kind, bytes] of cases) {
    await t.step(`${bytes.length} bytes as ${kind}`, async () => {
      await withServer(() => sent(bytes), async (address) => {
        const checked = { bytes: bytes.length, etag: "abc" };
        const file = { object, maxBytes: bytes.length, checked };
        const { code, message } = await failureOf(read(address, file, kind));
        assert.deepEqual([code, message], [
          "invalid_input",
          `No whole ${kind}: inputs/ann/my cat?.png`,
        ]);
      });
    });
  }
});
