import assert from "node:assert/strict";
import { files } from "../../testing/files.ts";
import { failureOf } from "../../testing/provider_failures.ts";
import { withServer } from "../../testing/serve.ts";
import { brokenStream, streamOf, watchedStream } from "../../testing/streams.ts";
import { type AssetStore, createAssetStore } from "./asset_store.ts";

const png = { mediaType: "image/png", extension: "png" };

function storeAt(supabaseUrl: string, isPublic = true, idleMilliseconds?: number): AssetStore {
  const publicUrl = "https://project.example";
  const settings = { supabaseUrl, publicUrl, secretKey: "secret", bucket: "generated", isPublic };
  return createAssetStore({
    ...settings,
    ...(idleMilliseconds !== undefined && { idleMilliseconds }),
  });
}

const { signal } = new AbortController();

/** A Storage: what it is sent goes to a handler, and it has stored so much of it. */
function withStorage(
  upload: (request: Request) => Response | Promise<Response>,
  size: number | (() => Response),
  test: (address: string) => Promise<void>,
): Promise<void> {
  return withServer((request) => {
    if (!new URL(request.url).pathname.startsWith("/storage/v1/object/info/")) {
      return upload(request);
    }
    return typeof size === "number" ? Response.json({ id: "1", size }) : size();
  }, test);
}

Deno.test("a file is stored over an earlier one, with its type, for good", async () => {
  const received: { path: string; headers: Headers; bytes: Uint8Array }[] = [];
  const store = async (request: Request): Promise<Response> => {
    const { pathname: path } = new URL(request.url);
    // Copied, because a request is gone once it has been answered.
    const headers = new Headers(request.headers);
    received.push({ path, headers, bytes: await request.bytes() });
    return Response.json({ Id: "1", Key: "generated/user/0.png" });
  };
  await withStorage(store, files.png.length, async (address) => {
    assert.equal(
      await storeAt(address).save("user/0.png", streamOf(files.png), png, signal),
      "https://project.example/storage/v1/object/public/generated/user/0.png",
    );
  });
  const [only] = received;
  assert.ok(only);
  assert.equal(received.length, 1);
  assert.equal(only.path, "/storage/v1/object/generated/user/0.png");
  assert.deepEqual(only.bytes, files.png);
  assert.equal(only.headers.get("content-type"), "image/png");
  assert.equal(only.headers.get("x-upsert"), "true");
  assert.match(only.headers.get("cache-control") ?? "", /max-age=31536000, immutable/);
  assert.equal(only.headers.get("authorization"), "Bearer secret");
});

Deno.test("the address of a file in a private bucket is good with a token only, and holds none", async () => {
  const store = async (request: Request): Promise<Response> => {
    await request.body?.cancel();
    return Response.json({ Id: "1", Key: "generated/user/0.png" });
  };
  await withStorage(store, files.png.length, async (address) => {
    assert.equal(
      await storeAt(address, false).save("user/0.png", streamOf(files.png), png, signal),
      "https://project.example/storage/v1/object/authenticated/generated/user/0.png",
    );
  });
});

Deno.test("a view into a larger buffer is stored without the rest of the buffer", async () => {
  let stored: Uint8Array | undefined;
  const store = async (request: Request): Promise<Response> => {
    stored = await request.bytes();
    return Response.json({ Id: "1", Key: "k" });
  };
  const buffer = new Uint8Array(1000);
  buffer.set(files.png, 100);
  const view = buffer.subarray(100, 100 + files.png.length);
  await withStorage(store, files.png.length, async (address) => {
    await storeAt(address).save("user/0.png", streamOf(view), png, signal);
  });
  assert.deepEqual(stored, files.png);
});

Deno.test("a refusal of Storage is an error that names the file and keeps the cause", async () => {
  const refuse = (): Response => Response.json({ message: "Bucket not found" }, { status: 404 });
  await withServer(refuse, async (address) => {
    await assert.rejects(
      storeAt(address).save("user/0.png", streamOf(files.png), png, signal),
      (error: Error) => {
        assert.equal(error.message, "Cannot store generated/user/0.png: Bucket not found");
        assert.ok(error.cause instanceof Error);
        return true;
      },
    );
  });
});

Deno.test("a body that breaks off is an error, and Storage never sees its end", async () => {
  const reads: string[] = [];
  const read = async (request: Request): Promise<Response> => {
    const end = await request.bytes().then(() => "whole", () => "broken");
    reads.push(end);
    return Response.json({ Id: "1", Key: "k" });
  };
  await withServer(read, async (address) => {
    const body = brokenStream(new Error("Reset"), files.png);
    await assert.rejects(storeAt(address).save("user/0.png", body, png, signal), {
      message: /^Cannot store generated\/user\/0.png: /,
    });
  });
  assert.ok(!reads.includes("whole"), reads.join());
});

/** Takes all of an upload. */
async function take(request: Request): Promise<Response> {
  await request.bytes();
  return Response.json({ Id: "1", Key: "k" });
}

Deno.test("a Storage that says it has stored what it has not is not believed", async (t) => {
  const notFound = { statusCode: "404", error: "not_found", message: "Object not found" };
  const cases: Readonly<Record<string, number | (() => Response)>> = {
    "nothing is there": () => Response.json(notFound, { status: 404 }),
    "less is there": files.png.length - 1,
    "more is there": files.png.length + 1,
    "it cannot say": () => Response.json({ message: "Away" }, { status: 503 }),
  };
  for (const [name, size] of Object.entries(cases)) {
    await t.step(name, async () => {
      await withStorage(take, size, async (address) => {
        const { code, retryable } = await failureOf(
          storeAt(address).save("user/0.png", streamOf(files.png), png, signal),
        );
        assert.deepEqual([code, retryable], ["storage_failed", true]);
      });
    });
  }
});

Deno.test("a Storage may tell the length of a file in several places, or not at all", async (t) => {
  const cases: Readonly<Record<string, object>> = {
    "as the platform": { size: files.png.length },
    "as the local one": { metadata: { size: files.png.length } },
    "not at all": {},
  };
  for (const [name, told] of Object.entries(cases)) {
    await t.step(name, async () => {
      await withStorage(take, () => Response.json({ id: "1", ...told }), async (address) => {
        const url = await storeAt(address).save("user/0.png", streamOf(files.png), png, signal);
        assert.ok(url.endsWith("/user/0.png"));
      });
    });
  }
});

Deno.test("what the project does not take is final, and any other refusal is not", async (t) => {
  const cases = [
    [413, 413, false],
    [400, 413, false],
    [415, 415, false],
    [400, 415, false],
    [
      409,
      409,
      true,
    ],
    [404, 404, true],
    [500, 500, true],
    [503, 503, true],
  ] as const;
  for (const [status, statusCode, expected] of cases) {
    await t.step(`${status} with ${statusCode}`, async () => {
      const refuse = (): Response =>
        Response.json({ statusCode: String(statusCode), error: "x", message: "No" }, { status });
      await withStorage(refuse, 0, async (address) => {
        const { retryable } = await failureOf(
          storeAt(address).save("user/0.png", streamOf(files.png), png, signal),
        );
        assert.equal(retryable, expected);
      });
    });
  }
});

Deno.test("a Storage that takes nothing, or does not answer, ends the upload and its source", async (t) => {
  const cases: Readonly<Record<string, (request: Request) => Promise<unknown>>> = {
    "takes nothing": () => Promise.resolve(),
    "does not answer": (request) => request.bytes(),
  };
  for (const [name, read] of Object.entries(cases)) {
    await t.step(name, async () => {
      const held = Promise.withResolvers<Response>();
      const hang = async (request: Request): Promise<Response> => {
        await read(request);
        return await held.promise;
      };
      await withStorage(hang, 0, async (address) => {
        const { body, events } = watchedStream(files.png, new Uint8Array(5_000));
        const failure = await failureOf(
          storeAt(address, true, 50).save("user/0.png", body, png, signal),
        );
        held.resolve(new Response());
        assert.deepEqual([failure.code, failure.retryable], ["storage_failed", true]);
        assert.ok(["cancel", "end"].includes(events.at(-1) ?? ""), events.join());
      });
    });
  }
});

Deno.test("a slow source is no fault of Storage", async () => {
  const more = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async start(controller): Promise<void> {
      controller.enqueue(files.png.slice(0, 10));
      await more.promise;
      controller.enqueue(files.png.slice(10));
      controller.close();
    },
  });
  const begun = Promise.withResolvers<void>();
  const takeSlowly = async (request: Request): Promise<Response> => {
    const reader = request.body?.getReader();
    await reader?.read();
    begun.resolve();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read());
    return Response.json({ Id: "1", Key: "k" });
  };
  await withStorage(takeSlowly, files.png.length, async (address) => {
    const saved = storeAt(address, true, 100).save("user/0.png", body, png, signal);
    await begun.promise;
    // Longer than Storage itself may take.
    setTimeout(() => more.resolve(), 300);
    await saved;
  });
});

Deno.test("whoever gives up ends an upload under way", async () => {
  const controller = new AbortController();
  const held = Promise.withResolvers<Response>();
  const hang = (): Promise<Response> => {
    controller.abort();
    return held.promise;
  };
  await withStorage(hang, 0, async (address) => {
    const { body, events } = watchedStream(files.png);
    await assert.rejects(storeAt(address).save("user/0.png", body, png, controller.signal));
    held.resolve(new Response());
    assert.ok(["cancel", "end"].includes(events.at(-1) ?? ""), events.join());
  });
});
