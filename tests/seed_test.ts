import assert from "node:assert/strict";
import { join } from "node:path";
import { repository } from "../tools/local/stack/folders.ts";
import { withDatabase } from "./support/stack.ts";

const seed = await Deno.readTextFile(join(repository, "supabase/seed.sql"));

/** Thrown to have nothing of it kept. */
class Undone extends Error {}

/** What the seed leaves of an empty project that takes it for its own, or for somebody else's. */
async function seeded(isLocal: string | undefined): Promise<string> {
  let outcome = "";
  await withDatabase((sql) =>
    sql.begin(async (transaction) => {
      await transaction`delete from auth.users`;
      await transaction`delete from private.api_keys`;
      await transaction`update private.plans set submits_per_minute = 30`;
      if (isLocal !== undefined) {
        await transaction`select set_config('makeit3d.is_local', ${isLocal}, true)`;
      }
      const refusal = await transaction.savepoint((savepoint) => savepoint.unsafe(seed)).then(
        () => "",
        ({ message }) => `${message}: `,
      );
      const [row] = await transaction`
        select
          (select count(*) from auth.users) as users,
          (select count(*) from private.api_keys) as keys,
          (select submits_per_minute from private.plans where name = 'default') as limit
      `;
      outcome = `${refusal}${row?.["users"]} users, ${row?.["keys"]} keys, limit ${row?.["limit"]}`;
      throw new Undone();
    }).catch((error) => {
      if (!(error instanceof Undone)) throw error;
    })
  );
  return outcome;
}

Deno.test("the seed makes nothing anywhere but in a database that is said to be local", async (t) => {
  for (const isLocal of [undefined, "", "no", "true"]) {
    await t.step(`${isLocal}`, async () => {
      assert.equal(
        await seeded(isLocal),
        "The seed is for local stacks only: 0 users, 0 keys, limit 30",
      );
    });
  }
  await t.step("yes", async () => {
    assert.equal(await seeded("yes"), "3 users, 1 keys, limit null");
  });
});
