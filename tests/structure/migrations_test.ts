import assert from "node:assert/strict";
import { findUnmigrated } from "../../tools/generate/schema/next_migration.ts";
import { repository } from "../../tools/local/stack/folders.ts";

Deno.test("what has changed in supabase/schemas is in a migration", async () => {
  const unmigrated = await findUnmigrated(repository);
  assert.deepEqual(unmigrated, [], "deno task migration WHAT_IT_DOES writes it");
});
