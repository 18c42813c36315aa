import assert from "node:assert/strict";
import { closedUrl, withServer } from "../../testing/serve.ts";
import { StorageAway } from "./ask_storage.ts";
import { createUrlSigner } from "./url_signer.ts";

const PUBLIC = "https://project.example";

interface Signing {
  readonly signed: ReadonlyMap<string, string>;
  readonly asked: readonly { path: string; headers: Headers; body: unknown }[];
}

/** Signs with a Storage that answers so; returns what was signed and what Storage was asked. */
async function sign(answer: () => Response, paths: readonly string[]): Promise<Signing> {
  const asked: Signing["asked"][number][] = [];
  let signed: Signing["signed"] = new Map();
  const handle = async (request: Request): Promise<Response> => {
    const { pathname: path } = new URL(request.url);
    asked.push({ path, headers: new Headers(request.headers), body: await request.json() });
    return answer();
  };
  await withServer(handle, async (supabaseUrl) => {
    const signer = createUrlSigner({ supabaseUrl, publicUrl: PUBLIC, publicKey: "public" });
    signed = await signer.sign("generated", paths, "Bearer of-the-user");
  });
  return { signed, asked };
}

Deno.test("several files are signed in one call, under the caller's rights, for an hour", async () => {
  const { signed, asked } = await sign(
    () =>
      // The wire format of Storage: https://supabase.github.io/storage/, "Generate presigned urls".
      Response.json([
        { error: null, path: "ann/0.png", signedURL: "/object/sign/generated/ann/0.png?token=a.b" },
        { error: null, path: "ann/1.png", signedURL: "/object/sign/generated/ann/1.png?token=c.d" },
      ]),
    ["ann/0.png", "ann/1.png"],
  );
  assert.deepEqual([...signed], [
    ["ann/0.png", `${PUBLIC}/storage/v1/object/sign/generated/ann/0.png?token=a.b`],
    ["ann/1.png", `${PUBLIC}/storage/v1/object/sign/generated/ann/1.png?token=c.d`],
  ]);
  const [{ path, headers, body } = assert.fail("not asked"), ...others] = asked;
  assert.equal(others.length, 0);
  assert.equal(path, "/storage/v1/object/sign/generated");
  assert.equal(headers.get("authorization"), "Bearer of-the-user");
  assert.equal(headers.get("apikey"), "public");
  assert.deepEqual(body, { expiresIn: 3600, paths: ["ann/0.png", "ann/1.png"] });
});

Deno.test("a file that is gone, or not the caller's, has no address, and the others have theirs", async () => {
  const error = "Either the object does not exist or you do not have access to it";
  const { signed } = await sign(
    () =>
      Response.json([
        { error, path: "ann/0.png", signedURL: null },
        { error: null, path: "ann/1.png", signedURL: "/object/sign/generated/ann/1.png?token=a" },
      ]),
    ["ann/0.png", "ann/1.png"],
  );
  assert.deepEqual([...signed.keys()], ["ann/1.png"]);
});

Deno.test("an address is encoded as a client of Storage does it, and no key is sent where there is none", async () => {
  const keys: (string | null)[] = [];
  const answer = ({ headers }: Request): Response => {
    keys.push(headers.get("apikey"));
    const signedURL = "/object/sign/generated/ann/my cat.png?token=a.b";
    return Response.json([{ error: null, path: "ann/my cat.png", signedURL }]);
  };
  await withServer(answer, async (supabaseUrl) => {
    const settings = { supabaseUrl, publicUrl: PUBLIC, publicKey: undefined };
    const signed = await createUrlSigner(settings).sign(
      "generated",
      ["ann/my cat.png"],
      "Bearer x",
    );
    assert.deepEqual([...signed.values()], [
      `${PUBLIC}/storage/v1/object/sign/generated/ann/my%20cat.png?token=a.b`,
    ]);
  });
  assert.deepEqual(keys, [null]);
});

Deno.test("a refusal, an answer of another shape, and silence are errors", async (t) => {
  const refuse = (): Response => Response.json({ message: "jwt expired" }, { status: 400 });
  await t.step("refusal", () => assert.rejects(sign(refuse, ["a"]), /400 .*jwt expired/));
  const other = (): Response => Response.json({ signedURL: "/object/sign/a" });
  await t.step("another shape", () => assert.rejects(sign(other, ["a"])));
  await t.step("silence", async () => {
    const settings = { supabaseUrl: closedUrl(), publicUrl: PUBLIC, publicKey: undefined };
    const signed = createUrlSigner(settings).sign("generated", ["a"], "Bearer x");
    await assert.rejects(signed, StorageAway);
  });
});
