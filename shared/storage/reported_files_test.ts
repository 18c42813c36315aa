import assert from "node:assert/strict";
import { withServer } from "../../testing/serve.ts";
import { createAssetStore } from "./asset_store.ts";
import { createReportedFiles, type ReportedFiles } from "./reported_files.ts";

const SECRET = { secretKey: "secret", bucket: "generated" };

/** What Storage was asked for. */
async function requestsOf(
  work: (files: ReportedFiles) => Promise<void>,
  status = 200,
): Promise<unknown[]> {
  const requests: unknown[] = [];
  await withServer(async (request) => {
    const { method, url } = request;
    requests.push([method, new URL(url).pathname, await request.json()]);
    return Response.json(status === 200 ? [] : { message: "Storage is away" }, { status });
  }, async (supabaseUrl) => {
    const access = { ...SECRET, supabaseUrl };
    const store = createAssetStore({ ...access, publicUrl: supabaseUrl, isPublic: true });
    await work(createReportedFiles({ ...access, store }));
  });
  return requests;
}

Deno.test("a reported file moves to the operator's bucket, and is removed where it is", async () => {
  const requests = await requestsOf(async (files) => {
    await files.hide("user/0.png");
    await files.drop(["user/1.png"]);
    await files.remove(["user/2.png", "user/3.png"]);
  });
  const moved = { bucketId: "generated", sourceKey: "user/0.png", destinationKey: "user/0.png" };
  assert.deepEqual(requests, [
    ["POST", "/storage/v1/object/move", { ...moved, destinationBucket: "reported" }],
    ["DELETE", "/storage/v1/object/generated", { prefixes: ["user/1.png"] }],
    ["DELETE", "/storage/v1/object/reported", { prefixes: ["user/2.png", "user/3.png"] }],
  ]);
});

Deno.test("what Storage does not do is told", async () => {
  const words = {
    hide: "move generated/0",
    drop: "files of generated",
    remove: "files of reported",
  };
  await requestsOf(async (files) => {
    await assert.rejects(files.hide("0"), new RegExp(words.hide));
    await assert.rejects(files.drop(["0"]), new RegExp(words.drop));
    await assert.rejects(files.remove(["0"]), new RegExp(words.remove));
  }, 500);
});
