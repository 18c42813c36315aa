import assert from "node:assert/strict";
import { checkAsUser, type UserCheck } from "../../../tools/operate/deploy/check_as_user.ts";
import { withTemporaryApiKey } from "../../../tools/operate/deploy/temporary_api_key.ts";
import { stack, withDatabase } from "../../support/stack.ts";

/** Everything that a check could leave behind. */
async function countRows(): Promise<readonly number[]> {
  const counts: number[] = [];
  await withDatabase(async (sql) => {
    const [row] = await sql<{ users: number; keys: number; tasks: number }[]>`
      select
        (select count(*)::integer from auth.users where email like 'deploy-check-%') as users,
        (select count(*)::integer from private.api_keys where client_name = 'Check of a deploy')
          as keys,
        (
          select count(*)::integer
          from public.tasks
          join auth.users on users.id = tasks.user_id
          where email like 'deploy-check-%'
        ) as tasks
    `;
    counts.push(row?.users ?? -1, row?.keys ?? -1, row?.tasks ?? -1);
  });
  return counts;
}

async function check(changes: Partial<UserCheck> = {}): Promise<string | undefined> {
  let note: string | undefined;
  await withDatabase(async (sql) => {
    note = await withTemporaryApiKey((text) => sql.unsafe(text), (apiKey) =>
      checkAsUser({
        projectUrl: stack.projectUrl,
        functionsUrl: stack.functionsUrl,
        keys: { publishable: stack.secrets.publishableKey, secret: stack.secrets.secretKey },
        apiKey,
        request: { operation: "text-to-image", provider: "openai" },
        delays: [],
        ...changes,
      }));
  });
  return note;
}

Deno.test("the closing check of a deploy is let in as a user, and leaves nothing behind", async () => {
  assert.equal(await check(), undefined);
  assert.deepEqual(await countRows(), [0, 0, 0]);
});

Deno.test("it fails where a user would be refused, and leaves nothing behind, either", async () => {
  await assert.rejects(
    check({ apiKey: "mk3d_live_unknown" }),
    /answers a signed-in user 401: .*unauthorized/,
  );
  assert.deepEqual(await countRows(), [0, 0, 0]);
});
