import assert from "node:assert/strict";
import { signAddresses } from "./signed_urls.ts";

const BUCKET = "/storage/v1/object/sign/generated";

/** The local Storage, which has one file, and writes down what it is asked. */
function storage(asked: unknown[]): (path: string, body: unknown) => Promise<Response> {
  return (path, body) => {
    asked.push([path, body]);
    const found = path === `${BUCKET}/ann/my%20cat.png`;
    const missing = Response.json({ message: "Object not found" }, { status: 400 });
    return Promise.resolve(found ? Response.json({ signedUrl: `${path}?token=a.b` }) : missing);
  };
}

const signedURL = "/object/sign/generated/ann/my%20cat.png?token=a.b";

Deno.test("an address is signed as the platform says it", async () => {
  const asked: unknown[] = [];
  const request = { path: `${BUCKET}/ann/my%20cat.png`, body: { expiresIn: 60 } };
  const response = await signAddresses(request, storage(asked));
  assert.deepEqual(await response.json(), { signedURL });
  assert.deepEqual(asked, [[request.path, request.body]]);
});

Deno.test("several are, one by one, and a missing one is told in its place", async () => {
  const asked: unknown[] = [];
  const body = { expiresIn: 60, paths: ["ann/gone.png", "ann/my cat.png"] };
  const response = await signAddresses({ path: BUCKET, body }, storage(asked));
  const [gone, there] = await response.json();
  assert.deepEqual([gone.path, gone.signedURL], ["ann/gone.png", null]);
  assert.match(gone.error, /does not exist or you do not have access/);
  assert.deepEqual(there, { path: "ann/my cat.png", signedURL, error: null });
  assert.equal(asked.length, 2);
});

Deno.test("a refusal stays what it is", async () => {
  const response = await signAddresses({ path: `${BUCKET}/x.png`, body: {} }, storage([]));
  assert.deepEqual([response.status, await response.json()], [400, {
    message: "Object not found",
  }]);
});
