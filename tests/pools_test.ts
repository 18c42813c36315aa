import assert from "node:assert/strict";
import { providerIds, providers } from "../shared/providers/catalog.ts";
import { withDatabase } from "./support/stack.ts";

Deno.test("the database limits every pool that an operation can name, and no other", async () => {
  const rows = await withDatabase((sql) =>
    sql<{ pool: string }[]>`select provider || ' ' || name as pool from private.pools`
  );
  const named = providerIds.flatMap((id) => providers[id].pools.map((name) => `${id} ${name}`));
  assert.deepEqual(rows.map(({ pool }) => pool).sort(), named.sort());
});
