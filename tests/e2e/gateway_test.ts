import { corsHeaders } from "@supabase/supabase-js/cors";
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

Deno.test("a file has the media type that it was stored with, whatever its name ends with", async (t) => {
  const { token, id } = await signIn();
  const authorization = { apikey: stack.secrets.publishableKey, authorization: `Bearer ${token}` };
  const types = { "a.glb": "model/gltf-binary", photo: "image/jpeg", "drawing.png": "image/webp" };
  for (const [name, type] of Object.entries(types)) {
    await t.step(name, async () => {
      const path = `inputs/${id}/${crypto.randomUUID()}-${name}`;
      const stored = await fetch(`${stack.projectUrl}/storage/v1/object/${path}`, {
        method: "POST",
        headers: { ...authorization, "content-type": type },
        body: "some bytes",
      });
      assert.equal(stored.status, 200, await stored.text());
      for (const method of ["GET", "HEAD"]) {
        const url = `${stack.projectUrl}/storage/v1/object/authenticated/${path}`;
        const read = await fetch(url, { method, headers: authorization });
        assert.deepEqual([read.status, read.headers.get("content-type")], [200, type]);
        assert.equal(await read.text(), method === "GET" ? "some bytes" : "");
      }
    });
  }
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

/** What supabase-js and tus-js-client send, to any of the services. */
const SENT = [
  ...new Headers(corsHeaders).get("access-control-allow-headers")?.split(", ") ?? [],
  "accept-profile",
  "content-profile",
  "prefer",
  "range",
  "tus-resumable",
  "upload-length",
  "upload-metadata",
  "upload-offset",
  "x-api-key",
  "x-metadata",
  "x-region",
  "x-signature",
  "x-supabase-api-version",
  "x-upsert",
];

Deno.test("pages of other origins may send all that SDKs send, and read every answer", async (t) => {
  const origin = "https://app.example";
  const methods = ["POST", "PATCH", "PUT", "DELETE"];
  const services = {
    "auth/v1/token": methods,
    "rest/v1/tasks": methods,
    "storage/v1/object/inputs/a": methods,
    "storage/v1/upload/resumable": methods,
    "functions/v1/account": ["GET", "DELETE"],
    "functions/v1/nothing/here": [],
  };
  for (const [path, allowed] of Object.entries(services)) {
    await t.step(path, async () => {
      for (const method of allowed) {
        const { status, headers, body } = await fetch(`${stack.projectUrl}/${path}`, {
          method: "OPTIONS",
          headers: {
            origin,
            "access-control-request-method": method,
            "access-control-request-headers": SENT.join(","),
          },
        });
        await body?.cancel();
        assert.equal(status, 204);
        assert.equal(headers.get("access-control-allow-origin"), "*");
        assert.ok(headers.get("access-control-allow-methods")?.includes(method), method);
        const names = headers.get("access-control-allow-headers")?.toLowerCase().split(/, ?/);
        assert.deepEqual(SENT.filter((name) => !names?.includes(name)), []);
      }
      for (const method of ["GET", "DELETE"]) {
        const response = await fetch(`${stack.projectUrl}/${path}`, {
          method,
          headers: { origin },
        });
        await response.body?.cancel();
        assert.equal(response.headers.get("access-control-allow-origin"), "*", method);
      }
    });
  }
});

Deno.test("odd paths are refused in words, whatever they would lead to", async (t) => {
  const paths = [
    "/functions/v1/tasks/../../../rest/v1/tasks",
    "/functions/v1/tasks/%2e%2e/%2e%2e/worker",
    "/functions/v1/tasks\\..\\worker",
    "/functions/v1/../../auth/v1/health",
    "\\functions\\v1",
    "/rest/v1/../../storage/v1/bucket",
    "/storage/v1/object/inputs/../../bucket",
    "/storage/v1/object/inputs/a%00b",
    "/storage/v1/bucket/%00",
    "/..",
    "/functions/v1/",
    "/functions/v1//",
    "//functions/v1/account",
  ];
  for (const path of paths) {
    await t.step(path, async () => {
      const answer = await sendRaw(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
      assert.match(answer, / 40[014] /);
    });
  }
  await t.step("encoded slashes, which are a name's", async () => {
    const response = await fetch(`${stack.functionsUrl}/tasks/..%2f..%2frest%2fv1/status`);
    await response.body?.cancel();
    assert.equal(response.status, 401);
  });
  await t.step("NUL", async () => {
    assert.match(await sendRaw("GET /functions/v1/a\0b HTTP/1.1\r\nHost: x\r\n\r\n"), / 400 /);
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

Deno.test("times of users and rows are in the form that Swift and Kotlin read", async () => {
  const { supabase } = await signIn();
  const { data: { user } } = await supabase.auth.getUser();
  const { data: row } = await supabase.from("input_assets").insert({ prompt: "A time" })
    .select("created_at").single();
  for (const time of [user?.created_at, row?.created_at]) {
    assert.match(String(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  }
});
