import assert from "node:assert/strict";
import { connect } from "node:net";
import { join } from "node:path";
import { healthBody } from "../../shared/contract/responses.ts";
import { headersOf, signIn } from "../support/client.ts";
import { VERSION } from "../../shared/contract/version.ts";
import { stack } from "../support/stack.ts";

/** Sends bytes as they are, closes the sending side, returns the first line of the answer. */
async function sendRaw(text: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    const socket = connect(stack.ports.gateway, "127.0.0.1", () => socket.end(text));
    let answer = "";
    socket.on("data", (chunk: Uint8Array) => (answer += new TextDecoder().decode(chunk)));
    socket.on("end", () => resolve(answer.split("\r\n")[0] ?? ""));
    socket.on("error", reject);
  });
}

Deno.test("health tells a stranger that it works, and the operator what it stands on", async (t) => {
  const healthOf = async (headers: Record<string, string>): Promise<unknown> => {
    const response = await fetch(`${stack.functionsUrl}/generation/health`, { headers });
    assert.equal(response.status, 200);
    return await response.json();
  };
  for (const apikey of ["", stack.secrets.publishableKey, stack.secrets.secretKey]) {
    await t.step(`with ${apikey.slice(0, 6)}`, async () => {
      assert.deepEqual(await healthOf(apikey ? { apikey } : {}), { status: "ok" });
    });
  }
  await t.step("with the worker's secret", async () => {
    const { versions, problems } = healthBody.parse(
      await healthOf({ apikey: stack.secrets.workerSecret }),
    );
    assert.ok(Array.isArray(problems));
    assert.equal(versions?.backend, VERSION);
    assert.match(versions?.postgres ?? "", /^17\./);
    assert.match(versions?.pgmq ?? "", /^1\./);
  });
});

Deno.test("unknown addresses and methods get an answer of their own", async (t) => {
  await t.step("unknown function", async () => {
    const response = await fetch(`${stack.functionsUrl}/nothing/here`);
    assert.deepEqual([response.status, (await response.json()).code], [404, "NOT_FOUND"]);
  });
  await t.step("a name every object has", async () => {
    const response = await fetch(`${stack.functionsUrl}/constructor/here`);
    assert.deepEqual([response.status, (await response.json()).code], [404, "NOT_FOUND"]);
  });
  await t.step("unknown path", async () => {
    const response = await fetch(`${stack.projectUrl}/nothing`);
    assert.equal(response.status, 404);
    await response.body?.cancel();
  });
  await t.step("other method", async () => {
    const response = await fetch(`${stack.functionsUrl}/generation/text-to-image`);
    assert.equal(response.headers.get("allow"), "POST");
    assert.deepEqual([response.status, (await response.json()).error], [405, "method_not_allowed"]);
  });
  await t.step("TRACE", async () => {
    const answer = await sendRaw("TRACE /functions/v1/worker HTTP/1.1\r\nHost: x\r\n\r\n");
    assert.match(answer, /405/);
  });
  await t.step("a method nobody knows", async () => {
    const answer = await sendRaw("BREW /functions/v1/worker HTTP/1.1\r\nHost: x\r\n\r\n");
    assert.match(answer, /405/);
  });
  await t.step("a body that breaks off", async () => {
    const { token } = await signIn();
    const headers = Object.entries(headersOf(token)).map(([name, value]) => `${name}: ${value}`);
    const head = [
      "POST /functions/v1/generation/text-to-image HTTP/1.1",
      "Host: x",
      "Content-Length: 100",
      ...headers,
    ].join("\r\n");
    // The sender may be gone before the answer; the function must not take it for its own failure.
    assert.match(await sendRaw(`${head}\r\n\r\n{"half`), /^$| 400 /);
    const log = await Deno.readTextFile(join(stack.folder, "logs", "generation.log"));
    assert.doesNotMatch(log, /"status":500/);
  });
});

Deno.test("a browser may call the API from another origin, and read refusals", async () => {
  const origin = { Origin: "https://app.example" };
  const preflight = await fetch(`${stack.functionsUrl}/generation/text-to-image`, {
    method: "OPTIONS",
    headers: {
      ...origin,
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization,x-api-key,content-type",
    },
  });
  assert.equal(preflight.status, 204);
  assert.match(preflight.headers.get("access-control-allow-headers") ?? "", /x-api-key/);
  const refusal = await fetch(`${stack.functionsUrl}/tasks/x/status`, { headers: origin });
  assert.equal(refusal.status, 401);
  assert.equal(refusal.headers.get("access-control-allow-origin"), "*");
  await refusal.body?.cancel();
});

Deno.test("a file that needs a token is found under the platform's address for it", async () => {
  const { id, token, supabase } = await signIn();
  const path = `${id}/model.glb`;
  const options = { contentType: "model/gltf-binary", upsert: true };
  const upload = await supabase.storage
    .from("inputs")
    .upload(path, new Uint8Array([1, 2]), options);
  assert.equal(upload.error, null);
  const url = `${stack.projectUrl}/storage/v1/object/authenticated/inputs/${path}`;
  const headers = { apikey: stack.secrets.publishableKey, Authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers });
  assert.deepEqual(await response.bytes(), new Uint8Array([1, 2]));
});
