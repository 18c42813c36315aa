import { SignJWT, UnsecuredJWT } from "jose";
import assert from "node:assert/strict";
import { generateApiKey, withChecksum } from "../../shared/auth/api_key_format.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { headersOf, newTaskId, post, signIn, submit } from "../support/client.ts";
import { stack } from "../support/stack.ts";

const TOKEN_REFUSAL = { error: "unauthorized", message: "Missing or invalid token" };
const KEY_REFUSAL = { error: "unauthorized", message: "Missing or invalid API key" };
const DENIAL = { error: "forbidden", message: "Access denied" };

const USER_ID = "00000000-0000-4000-8000-000000000001";

async function sign(
  secret: string,
  lifetime: string,
  role = "authenticated",
  subject = USER_ID,
): Promise<string> {
  return await new SignJWT({ role })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(subject)
    .setAudience("authenticated")
    .setIssuedAt()
    .setExpirationTime(lifetime)
    .sign(new TextEncoder().encode(secret));
}

function unsigned(): string {
  return new UnsecuredJWT({ role: "authenticated" })
    .setSubject(USER_ID)
    .setAudience("authenticated")
    .setExpirationTime("1h")
    .encode();
}

/** Another key, of the same prefix: what somebody would try who has seen a list of keys. */
function withOtherEnd(key: string): string {
  return withChecksum(key.slice(0, -8) + "XY");
}

/** Sends the headers to both doors; each must refuse with the very same body. */
async function assertRefused(
  headers: Record<string, string>,
  status: number,
  body: unknown,
): Promise<void> {
  const request = { task_id: newTaskId(), provider: "openai", prompt: "A cube" };
  const submitted = await post("text-to-image", request, headers);
  assert.deepEqual([submitted.status, await submitted.json()], [status, body]);
  const url = `${stack.functionsUrl}/tasks/${crypto.randomUUID()}/status`;
  const polled = await fetch(url, { headers });
  assert.deepEqual([polled.status, await polled.json()], [status, body]);
}

Deno.test("who does not belong is refused in the words of the API guide", async (t) => {
  const { jwtSecret } = stack.secrets;
  const { token } = await signIn();
  const [head, payload] = token.split(".");
  const without = (name: string): Record<string, string> => {
    const { [name]: _, ...rest } = headersOf(token);
    return rest;
  };

  const refusals: [string, Record<string, string>, number, unknown][] = [
    ["no token", without("Authorization"), 401, TOKEN_REFUSAL],
    ["forged signature", headersOf(`${head}.${payload}.c2lnbmF0dXJl`), 401, TOKEN_REFUSAL],
    ["foreign secret", headersOf(await sign("x".repeat(32), "1h")), 401, TOKEN_REFUSAL],
    ["expired", headersOf(await sign(jwtSecret, "-1m")), 401, TOKEN_REFUSAL],
    ["signed with none", headersOf(unsigned()), 401, TOKEN_REFUSAL],
    ["publishable key as token", headersOf(stack.secrets.publishableKey), 401, TOKEN_REFUSAL],
    ["no API key", without("X-API-Key"), 401, KEY_REFUSAL],
    ["wrong API key", headersOf(token, "your-api-key"), 401, KEY_REFUSAL],
    ["mistyped API key", headersOf(token, `${SEED.apiKey.slice(0, -1)}x`), 401, KEY_REFUSAL],
    ["made-up API key", headersOf(token, generateApiKey("live")), 401, KEY_REFUSAL],
    ["API key with a wrong end", headersOf(token, withOtherEnd(SEED.apiKey)), 401, KEY_REFUSAL],
    ["token of no user", headersOf(await sign(jwtSecret, "1h", "anon")), 403, DENIAL],
  ];
  for (const [name, headers, status, body] of refusals) {
    await t.step(name, () => assertRefused(headers, status, body));
  }
});

Deno.test("another user's task does not exist", async () => {
  const [owner, stranger] = [await signIn(1), await signIn(2)];
  const id = await submit(owner);
  const response = await fetch(`${stack.functionsUrl}/tasks/${id}/status?service=openai`, {
    headers: headersOf(stranger.token),
  });
  assert.equal(response.status, 404);
  const { error, message } = await response.json();
  assert.deepEqual({ error, message }, { error: "not_found", message: "No such task" });
});

Deno.test("the worker opens for its secret alone", async () => {
  const url = `${stack.functionsUrl}/worker`;
  for (const apikey of ["", "wrong", stack.secrets.publishableKey, stack.secrets.secretKey]) {
    const response = await fetch(url, { method: "POST", headers: { apikey } });
    assert.equal(response.status, 401);
    await response.body?.cancel();
  }
  const headers = { apikey: stack.secrets.workerSecret };
  const response = await fetch(url, { method: "POST", headers });
  assert.equal(response.status, 202);
  await response.body?.cancel();
});

Deno.test("a token that outlived its user submits nothing", async () => {
  const token = await sign(stack.secrets.jwtSecret, "1h", "authenticated", crypto.randomUUID());
  const body = { task_id: newTaskId(), provider: "openai", prompt: "A cube" };
  const response = await post("text-to-image", body, headersOf(token));
  assert.deepEqual([response.status, await response.json()], [401, TOKEN_REFUSAL]);
});
