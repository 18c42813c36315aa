import assert from "node:assert/strict";
import { findCollisions } from "../../../tools/operate/deploy/collisions.ts";
import { inDatabase } from "../../support/own_database.ts";
import { withHostedDatabase } from "./hosted_database.ts";

Deno.test("what an app has already is found by its name before anything is applied", async () => {
  await withHostedDatabase(async (database) => {
    await inDatabase(database, async (sql) => {
      const find = (): Promise<readonly string[]> => findCollisions((text) => sql.unsafe(text));
      assert.deepEqual(await find(), []);
      await sql`create schema private`;
      await sql`create table public.models (id integer)`;
      assert.deepEqual(await find(), ["schema private", "table public.models"]);
      await sql`create table private.lanes (provider text)`;
      assert.deepEqual(await find(), [], "It is ours");
    });
  });
});
