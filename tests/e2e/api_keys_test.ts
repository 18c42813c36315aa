import assert from "node:assert/strict";
import { hashOfApiKey, prefixOfApiKey } from "../../shared/auth/api_key_format.ts";
import { headersOf, newTaskId, post } from "../support/client.ts";
import { createKey, keysTask } from "../support/keys.ts";
import { newUser } from "../support/new_user.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

const { token } = await newUser();

async function submitWith(key: string, operation = "text-to-image"): Promise<number> {
  const body = { task_id: newTaskId(), provider: "openai", prompt: "A cube" };
  const response = await post(operation, body, headersOf(token, key));
  await response.body?.cancel();
  return response.status;
}

/** Of a door that remembers keys by itself. */
async function readWith(key: string): Promise<[status: number, challenge: string | null]> {
  const url = `${stack.functionsUrl}/tasks/${crypto.randomUUID()}/status`;
  const response = await fetch(url, { headers: headersOf(token, key) });
  await response.body?.cancel();
  return [response.status, response.headers.get("www-authenticate")];
}

async function lineOf(key: string): Promise<string> {
  const printed = await keysTask("list");
  return printed.split("\n").find((line) => line.startsWith(prefixOfApiKey(key))) ?? "";
}

Deno.test("a key that an operator makes opens what it is for, until it is revoked", async () => {
  const key = await createKey("--operations", "text-to-image,refine-model");
  assert.match(
    await lineOf(key),
    /Test +text-to-image,refine-model +- +- +no +\S+Z +- +- +active$/,
  );
  assert.equal(await submitWith(key), 202);
  assert.equal(await submitWith(key, "remove-background"), 403);

  await waitUntil("the last use", async () => /\S+Z +\S+Z +- +active/.test(await lineOf(key)));
  const printed = await keysTask("list");
  assert.ok(!printed.includes(key));
  assert.ok(!printed.includes(hashOfApiKey(key)));

  assert.match(await keysTask("revoke", prefixOfApiKey(key)), /Revoked .* of Test/);
  assert.match(await lineOf(key), /revoked$/);
  // This door has not seen the key before; that others forget it in time, unit tests say.
  const [status, challenge] = await readWith(key);
  assert.equal(status, 401);
  assert.match(challenge ?? "", /^ApiKey header="X-API-Key", error="revoked"/);
  assert.match(await keysTask("revoke", key), /was revoked before/);
});

Deno.test("a key of an older service is taken over, and opens what it is for", async () => {
  const key = `old-${crypto.randomUUID()}`;
  await keysTask("import", key, "--client", "Old", "--operations", "text-to-image");
  assert.ok(!(await keysTask("list")).includes(key));
  assert.match(await lineOf(key), /^m3d_old_\S+ +Old +text-to-image/);
  assert.equal(await submitWith(key), 202);
  assert.equal(await submitWith(key, "remove-background"), 403);
  await assert.rejects(keysTask("import", key, "--client", "Again"), /is there already/);
  await assert.rejects(keysTask("import", "short", "--client", "App"), /16 to 200 characters/);
  assert.match(await keysTask("revoke", prefixOfApiKey(key)), /Revoked .* of Old/);
});

Deno.test("a key whose time is over is refused", async () => {
  const key = await createKey("--expires", "2099-01-01");
  await withDatabase((sql) =>
    sql`update private.api_keys set expires_at = now() where prefix = ${prefixOfApiKey(key)}`
  );
  const [status, challenge] = await readWith(key);
  assert.equal(status, 401);
  assert.match(challenge ?? "", /error="expired", error_description="The key has expired"$/);
  assert.equal(await submitWith(key), 401);
  assert.match(await lineOf(key), /expired$/);
});
