import assert from "node:assert/strict";
import { isWellFormedApiKey, prefixOfApiKey } from "../../../shared/auth/api_key_format.ts";
import { loadSecrets, SEED } from "./settings.ts";

Deno.test("the key of development is a key, and the one of the seed", async () => {
  const seed = await Deno.readTextFile(new URL("../../../supabase/seed.sql", import.meta.url));
  assert.ok(isWellFormedApiKey(SEED.apiKey));
  assert.ok(seed.includes(`'${SEED.apiKey}'`));
  assert.ok(seed.includes(`'${prefixOfApiKey(SEED.apiKey)}'`));
});

Deno.test("a stack from before its database spoke TLS keeps its secrets, and gets a certificate", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { databaseTls, ...older } = await loadSecrets(folder);
    assert.deepEqual(await loadSecrets(folder), { databaseTls, ...older });
    await Deno.writeTextFile(`${folder}/secrets.json`, JSON.stringify(older));
    const { databaseTls: added, ...kept } = await loadSecrets(folder);
    assert.deepEqual(kept, older);
    assert.match(added.certificate, /^-----BEGIN CERTIFICATE-----/);
    assert.deepEqual((await loadSecrets(folder)).databaseTls, added);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
