import assert from "node:assert/strict";
import { createClient } from "@supabase/supabase-js";
import { SEED } from "../../tools/local/stack/settings.ts";
import { headersOf } from "../support/client.ts";
import { newAccount } from "../support/new_account.ts";
import { askOperator, newOperator, operateAs } from "../support/operator.ts";
import { stack, withDatabase } from "../support/stack.ts";

const options = { auth: { persistSession: false, autoRefreshToken: false } };

async function statusFor(token: string): Promise<number> {
  const response = await askOperator(headersOf(token));
  await response.body?.cancel();
  return response.status;
}

Deno.test("an account is an operator from its next token on, and no more at once", async () => {
  const account = await newAccount("olga");
  const { auth } = createClient(stack.projectUrl, stack.secrets.secretKey, options);
  const nextToken = async (): Promise<string> => {
    const { data, error } = await account.supabase.auth.refreshSession();
    assert.equal(error, null);
    return data.session?.access_token ?? "";
  };
  assert.equal(await statusFor(account.token), 403);

  await auth.admin.updateUserById(account.id, { app_metadata: { role: "operator" } });
  assert.equal(await statusFor(account.token), 403, "an older token says nothing of it");
  const token = await nextToken();
  assert.equal(await statusFor(token), 200);

  await auth.admin.updateUserById(account.id, { app_metadata: { role: null } });
  assert.equal(await statusFor(token), 403, "whatever the token says");
});

Deno.test("what a user writes of themselves makes no operator", async () => {
  const account = await newAccount("mallory");
  const { error } = await account.supabase.auth.updateUser({ data: { role: "operator" } });
  assert.equal(error, null);
  const { data } = await account.supabase.auth.refreshSession();
  assert.equal(data.user?.user_metadata["role"], "operator");
  assert.equal(await statusFor(data.session?.access_token ?? ""), 403);
});

Deno.test("who deletes the account leaves no reason of a block in the log, and what was done stays", async () => {
  const [olga, account] = [await newOperator(), await newAccount("ann")];
  const reason = `Of Ann ${crypto.randomUUID()}`;
  const { id } = await operateAs(olga, { action: "block_user", user: account.email, reason });
  await operateAs(olga, { action: "unblock_user", user: account.id });
  const deleted = await fetch(`${stack.functionsUrl}/account`, {
    method: "DELETE",
    headers: headersOf(account.token, SEED.apiKey),
  });
  assert.equal(deleted.status, 200, await deleted.text());
  const rows = await withDatabase((sql) =>
    sql`
      select operator_id, action, request, subject_id
      from private.operator_actions
      where id = ${id}
    `
  );
  assert.deepEqual([...rows], [
    { operator_id: olga.id, action: "block_user", request: {}, subject_id: null },
  ]);
});
