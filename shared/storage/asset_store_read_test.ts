import assert from "node:assert/strict";
import { files } from "../../testing/files.ts";
import { failureOf } from "../../testing/provider_failures.ts";
import { closedUrl, withServer } from "../../testing/serve.ts";
import type { AssetKind } from "../contract/operations.ts";
import type { Asset } from "../providers/adapter.ts";
import { createAssetStore } from "./asset_store.ts";

const PUBLIC = "https://project.example";
const FILE = `${PUBLIC}/storage/v1/object/public/inputs/ann/my%20cat.png`;

function read(supabaseUrl: string, address: string, kind: AssetKind): Promise<Asset> {
  const settings = {
    supabaseUrl,
    publicUrl: PUBLIC,
    secretKey: "secret",
    bucket: "generated",
    isPublic: true,
  };
  return createAssetStore(settings).read(address, kind);
}

Deno.test("an input is read past all policies, and is what its bytes say", async (t) => {
  const cases = [
    ["image", files.png, "image/png", "png"],
    ["image", files.webp, "image/webp", "webp"],
    ["model", files.glb, "model/gltf-binary", "glb"],
  ] as const;
  for (const [kind, bytes, mediaType, extension] of cases) {
    await t.step(mediaType, async () => {
      const asked: unknown[] = [];
      const answer = ({ url, headers }: Request): Response => {
        asked.push([new URL(url).pathname, headers.get("authorization")]);
        return new Response(bytes, { headers: { "content-type": "text/plain" } });
      };
      await withServer(answer, async (address) => {
        const { content, ...type } = await read(address, FILE, kind);
        assert.deepEqual(type, { mediaType, extension });
        assert.deepEqual(new Uint8Array(await content.arrayBuffer()), new Uint8Array(bytes));
      });
      assert.deepEqual(asked, [["/storage/v1/object/inputs/ann/my%20cat.png", "Bearer secret"]]);
    });
  }
});

Deno.test("an input that is gone is the user's to mend; a Storage that fails is not", async (t) => {
  // Storage hides its own status in the body of a 400.
  const missing = { statusCode: "404", error: "not_found", message: "Object not found" };
  const cases = [
    [404, missing, "invalid_input", false],
    [400, missing, "invalid_input", false],
    [500, { statusCode: "500", error: "x", message: "Away" }, "storage_failed", true],
    [503, { message: "Away" }, "storage_failed", true],
    [403, { statusCode: "403", error: "x", message: "No" }, "storage_failed", true],
  ] as const;
  for (const [status, body, expected, expectedRetry] of cases) {
    await t.step(`${status}: ${expected}`, async () => {
      await withServer(() => Response.json(body, { status }), async (address) => {
        const { code, retryable, ambiguous } = await failureOf(read(address, FILE, "image"));
        assert.deepEqual([code, retryable, ambiguous], [expected, expectedRetry, false]);
      });
    });
  }
  await t.step("nobody there", async () => {
    const { code } = await failureOf(read(closedUrl(), FILE, "image"));
    assert.equal(code, "storage_failed");
  });
});

Deno.test("a file that is not of the wanted kind is the user's to mend", async (t) => {
  const cases = [
    ["image", files.html],
    ["image", files.empty],
    ["image", files.gif],
    ["image", files.glb],
    ["model", files.png],
  ] as const;
  for (const [kind, bytes] of cases) {
    await t.step(`${bytes.length} bytes as ${kind}`, async () => {
      await withServer(() => new Response(bytes), async (address) => {
        const { code, message } = await failureOf(read(address, FILE, kind));
        assert.deepEqual([code, message], ["invalid_input", `No ${kind}: ${FILE}`]);
      });
    });
  }
});

Deno.test("an address elsewhere is never asked", async () => {
  let requests = 0;
  const count = (): Response => new Response(String(requests++));
  await withServer(count, async (address) => {
    for (const elsewhere of [`${address}/rest/v1/tasks`, "https://other.example/a", "a"]) {
      const { code } = await failureOf(read(address, elsewhere, "image"));
      assert.equal(code, "invalid_input");
    }
  });
  assert.equal(requests, 0);
});
