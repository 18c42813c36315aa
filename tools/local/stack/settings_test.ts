import assert from "node:assert/strict";
import { isWellFormedApiKey, prefixOfApiKey } from "../../../shared/auth/api_key_format.ts";
import { SEED } from "./settings.ts";

Deno.test("the key of development is a key, and the one of the seed", async () => {
  const seed = await Deno.readTextFile(new URL("../../../supabase/seed.sql", import.meta.url));
  assert.ok(isWellFormedApiKey(SEED.apiKey));
  assert.ok(seed.includes(`'${SEED.apiKey}'`));
  assert.ok(seed.includes(`'${prefixOfApiKey(SEED.apiKey)}'`));
});
