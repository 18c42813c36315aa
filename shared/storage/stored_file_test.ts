import assert from "node:assert/strict";
import { closedUrl, withServer } from "../../testing/serve.ts";
import { StorageAway } from "./ask_storage.ts";
import { storedFile } from "./stored_file.ts";

const file = { bucket: "inputs", path: "ann/my cat.png", bytes: 1_000, version: "v 1" };
const content = Uint8Array.from({ length: file.bytes }, (_, place) => place % 251);

function read(supabaseUrl: string, start: number, end: number): Promise<Uint8Array> {
  return storedFile({ supabaseUrl, secretKey: "secret" }, file).read(start, end);
}

Deno.test("a part of the file is asked for, with the secret key", async () => {
  const asked: unknown[] = [];
  const answer = ({ url, headers }: Request): Response => {
    const { pathname, search } = new URL(url);
    const names = ["authorization", "apikey", "range"];
    asked.push([pathname + search, ...names.map((name) => headers.get(name))]);
    return new Response(content.slice(100, 200), { status: 206 });
  };
  await withServer(answer, async (address) => {
    assert.deepEqual(await read(address, 100, 200), content.slice(100, 200));
  });
  const address = "/storage/v1/object/inputs/ann/my%20cat.png?version=v%201";
  assert.deepEqual(asked, [[address, "Bearer secret", "secret", "bytes=100-199"]]);
});

Deno.test("of a range that is longer than was asked for no more is taken", async () => {
  for (const body of [content, ReadableStream.from([content])]) {
    await withServer(() => new Response(body, { status: 206 }), async (address) => {
      assert.deepEqual(await read(address, 100, 200), content.slice(0, 100));
    });
  }
});

Deno.test("of a Storage that ignores ranges the part is taken, and no more", async (t) => {
  const places = [[0, 1_000], [0, 10], [990, 1_000], [95, 305], [100, 200]] as const;
  for (const [start, end] of places) {
    await t.step(`${start} to ${end}`, async () => {
      const pieces = Array.from({ length: 10 }, (_, at) => content.slice(at * 100, at * 100 + 100));
      await withServer(() => new Response(ReadableStream.from(pieces)), async (address) => {
        assert.deepEqual(await read(address, start, end), content.slice(start, end));
      });
    });
  }
  await t.step("without an end", async () => {
    const stopped = Promise.withResolvers<void>();
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(100_000)),
      cancel: () => stopped.resolve(),
    });
    await withServer(() => new Response(endless), async (address) => {
      assert.equal((await read(address, 5, 15)).length, 10);
      await stopped.promise;
    });
  });
  await t.step("that has become shorter", async () => {
    await withServer(() => new Response(content.slice(0, 150)), async (address) => {
      assert.deepEqual(await read(address, 100, 200), content.slice(100, 150));
      assert.deepEqual(await read(address, 200, 300), new Uint8Array());
    });
  });
});

Deno.test("of a file that is gone, or shorter by now, there is nothing", async (t) => {
  for (const status of [400, 404, 416]) {
    await t.step(String(status), async () => {
      await withServer(() => new Response("{}", { status }), async (address) => {
        assert.deepEqual(await read(address, 0, 10), new Uint8Array());
      });
    });
  }
});

Deno.test("a Storage that refuses is an error and not an empty file", async (t) => {
  for (const status of [401, 403]) {
    await t.step(String(status), async () => {
      await withServer(() => new Response("{}", { status }), async (address) => {
        const message = `Storage answers ${status} for a part of a file`;
        await assert.rejects(read(address, 0, 10), { message });
      });
    });
  }
});

Deno.test("a Storage that is in trouble, or cannot be reached, is away", async (t) => {
  for (const status of [429, 500, 502, 503, 504]) {
    await t.step(String(status), async () => {
      await withServer(() => new Response("{}", { status }), async (address) => {
        await assert.rejects(read(address, 0, 10), StorageAway);
      });
    });
  }
  await t.step("nobody there", () => assert.rejects(read(closedUrl(), 0, 10), StorageAway));
});
