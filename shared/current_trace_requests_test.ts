import assert from "node:assert/strict";
import { recordLog } from "../testing/recorded_log.ts";
import { withServer } from "../testing/serve.ts";
import { aPng } from "../testing/small_files.ts";
import { streamOf } from "../testing/streams.ts";
import { createAuthUsers } from "./auth/auth_users.ts";
import { inTrace } from "./current_trace.ts";
import { createAssetStore } from "./storage/asset_store.ts";
import { createInputReader } from "./storage/input_reader.ts";
import { storedFile } from "./storage/stored_file.ts";
import { createUrlSigner } from "./storage/url_signer.ts";
import { sendWakeUp } from "./wake_up.ts";

const TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const object = { bucket: "inputs", path: "ann/0.png" };
const png = { mediaType: "image/png", extension: "png" };
const picture = aPng();
const bytes = picture.length;

/** Requests to the project's own services. */
const requests: Readonly<Record<string, (supabaseUrl: string) => Promise<unknown>>> = {
  "an input is read": (supabaseUrl) =>
    createInputReader({ supabaseUrl, secretKey: "secret" })({ object, maxBytes: bytes }, "image"),
  "an input is looked at": (supabaseUrl) =>
    storedFile({ supabaseUrl, secretKey: "secret" }, { ...object, bytes }).read(0, bytes),
  "results are signed": (supabaseUrl) =>
    createUrlSigner({ supabaseUrl, publicUrl: supabaseUrl, publicKey: undefined })
      .sign("generated", ["0.png"], "Bearer of-the-user"),
  "a result is stored": (supabaseUrl) =>
    createAssetStore({
      supabaseUrl,
      publicUrl: supabaseUrl,
      secretKey: "secret",
      bucket: "generated",
      isPublic: true,
    }).save("0.png", streamOf(picture), png, new AbortController().signal),
  "a user is deleted": (supabaseUrl) =>
    createAuthUsers({ supabaseUrl, secretKey: "secret" }).delete("1"),
};

/** What was told of the trace in each request of some work. */
async function toldBy(
  work: (supabaseUrl: string) => Promise<unknown>,
  traceparent: string | undefined,
): Promise<(string | null)[]> {
  const told: (string | null)[] = [];
  const answer = async ({ url, method, headers, body }: Request): Promise<Response> => {
    told.push(headers.get("traceparent"));
    await body?.cancel();
    const { pathname } = new URL(url);
    if (pathname.includes("/object/sign/")) return Response.json([]);
    return method === "GET" && !pathname.includes("/object/info/")
      ? new Response(picture)
      : Response.json({ Id: "1", Key: "generated/0.png", id: "1" });
  };
  await withServer(answer, async (supabaseUrl) => {
    await inTrace(traceparent, () => work(supabaseUrl));
  });
  return told;
}

for (const [name, work] of Object.entries(requests)) {
  Deno.test(`${name} in the trace of the caller`, async () => {
    const told = await toldBy(work, TRACEPARENT);
    assert.ok(told.length > 0);
    for (const traceparent of told) assert.equal(traceparent, TRACEPARENT);
  });

  Deno.test(`${name} without a trace where the caller has none`, async () => {
    for (const traceparent of await toldBy(work, undefined)) assert.equal(traceparent, null);
  });
}

Deno.test("a wake-up belongs to no trace: it is for the tasks of several requests", async () => {
  const { log } = recordLog();
  const wake = (url: string): Promise<void> =>
    sendWakeUp({ workerUrl: `${url}/functions/v1/worker`, secret: "secret", log });
  assert.deepEqual(await toldBy(wake, TRACEPARENT), [null]);
});
