import assert from "node:assert/strict";
import { drawImage } from "../../simulators/images.ts";
import { files } from "../../testing/files.ts";
import { closedUrl, withServer } from "../../testing/serve.ts";
import { StorageAway } from "./ask_storage.ts";
import { readImageSize } from "./read_image_size.ts";
import type { StorageAccess } from "./storage_access.ts";

const BEGINNING = 512 * 1024;
const location = { bucket: "inputs", path: "ann/my cat.png" };

Deno.test("width and height are those of the picture, of any kind that is taken", async (t) => {
  for (const format of ["png", "jpeg", "webp"] as const) {
    await t.step(format, async () => {
      const picture = await drawImage({ width: 300, height: 200, seed: "x", index: 0, format });
      await withServer(() => new Response(picture), async (address) => {
        const size = await readImageSize({ supabaseUrl: address, secretKey: "secret" }, location);
        assert.deepEqual(size, { width: 300, height: 200 });
      });
    });
  }
});

Deno.test("only the beginning of the file is asked for, with the secret key", async () => {
  const asked: unknown[] = [];
  const answer = ({ url, headers }: Request): Response => {
    const names = ["authorization", "apikey", "range"];
    asked.push([new URL(url).pathname, ...names.map((name) => headers.get(name))]);
    return new Response(files.png, { status: 206 });
  };
  await withServer(answer, async (address) => {
    assert.deepEqual(await readImageSize({ supabaseUrl: address, secretKey: "secret" }, location), {
      width: 1,
      height: 1,
    });
  });
  assert.deepEqual(asked, [[
    "/storage/v1/object/inputs/ann/my%20cat.png",
    "Bearer secret",
    "secret",
    `bytes=0-${BEGINNING - 1}`,
  ]]);
});

Deno.test("of a Storage that sends everything no more is taken than the beginning", async () => {
  let sent = 0;
  const stopped = Promise.withResolvers<void>();
  const endless = new ReadableStream<Uint8Array>({
    pull(controller): void {
      const piece = new Uint8Array(100_000);
      if (sent === 0) piece.set(files.png);
      sent += piece.length;
      controller.enqueue(piece);
    },
    cancel: () => stopped.resolve(),
  });
  await withServer(() => new Response(endless), async (address) => {
    assert.deepEqual(await readImageSize({ supabaseUrl: address, secretKey: "secret" }, location), {
      width: 1,
      height: 1,
    });
    await stopped.promise;
  });
});

Deno.test("a beginning that is no picture's has no size", async (t) => {
  for (const name of ["html", "empty", "glb", "svg"] as const) {
    await t.step(name, async () => {
      await withServer(() => new Response(files[name]), async (address) => {
        assert.equal(
          await readImageSize({ supabaseUrl: address, secretKey: "secret" }, location),
          undefined,
        );
      });
    });
  }
});

Deno.test("a file that is gone, or empty, has no size", async (t) => {
  for (const status of [400, 404, 416]) {
    await t.step(String(status), async () => {
      await withServer(() => new Response("{}", { status }), async (address) => {
        assert.equal(
          await readImageSize({ supabaseUrl: address, secretKey: "secret" }, location),
          undefined,
        );
      });
    });
  }
});

Deno.test("a Storage that refuses is an error and not a file without size", async (t) => {
  for (const status of [401, 403]) {
    await t.step(String(status), async () => {
      await withServer(() => new Response("{}", { status }), async (address) => {
        await assert.rejects(
          readImageSize({ supabaseUrl: address, secretKey: "secret" }, location),
          {
            message: `Storage answers ${status} for the beginning of a file`,
          },
        );
      });
    });
  }
});

Deno.test("a Storage that is in trouble, or cannot be reached, is away", async (t) => {
  const access = (supabaseUrl: string): StorageAccess => ({ supabaseUrl, secretKey: "secret" });
  for (const status of [429, 500, 502, 503, 504]) {
    await t.step(String(status), async () => {
      await withServer(() => new Response("{}", { status }), async (address) => {
        await assert.rejects(readImageSize(access(address), location), StorageAway);
      });
    });
  }
  await t.step(
    "nobody there",
    () => assert.rejects(readImageSize(access(closedUrl()), location), StorageAway),
  );
});
