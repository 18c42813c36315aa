import assert from "node:assert/strict";
import { files } from "../../testing/files.ts";
import { withServer } from "../../testing/serve.ts";
import { brokenStream, streamOf } from "../../testing/streams.ts";
import { type AssetStore, createAssetStore } from "./asset_store.ts";

const png = { mediaType: "image/png", extension: "png" };

function storeAt(supabaseUrl: string, isPublic = true): AssetStore {
  const publicUrl = "https://project.example";
  const settings = { supabaseUrl, publicUrl, secretKey: "secret", bucket: "generated", isPublic };
  return createAssetStore(settings);
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
  await withServer(store, async (address) => {
    assert.equal(
      await storeAt(address).save("user/0.png", streamOf(files.png), png),
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
  await withServer(store, async (address) => {
    assert.equal(
      await storeAt(address, false).save("user/0.png", streamOf(files.png), png),
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
  await withServer(store, async (address) => {
    await storeAt(address).save("user/0.png", streamOf(view), png);
  });
  assert.deepEqual(stored, files.png);
});

Deno.test("a refusal of Storage is an error that names the file and keeps the cause", async () => {
  const refuse = (): Response => Response.json({ message: "Bucket not found" }, { status: 404 });
  await withServer(refuse, async (address) => {
    await assert.rejects(
      storeAt(address).save("user/0.png", streamOf(files.png), png),
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
    await assert.rejects(storeAt(address).save("user/0.png", body, png), {
      message: /^Cannot store generated\/user\/0.png: /,
    });
  });
  assert.ok(!reads.includes("whole"), reads.join());
});
