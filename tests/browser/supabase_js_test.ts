import assert from "node:assert/strict";
import { SEED } from "../../tools/local/stack/settings.ts";
import { stack } from "../support/stack.ts";
import { withPage } from "./support/with_page.ts";

const APP = {
  url: stack.projectUrl,
  key: stack.secrets.publishableKey,
  apiKey: SEED.apiKey,
  user: SEED.users[0],
};

/** Runs in the page, where `supabase` is the SDK. */
const READ_OWN_ACCOUNT = `(async ({ url, key, apiKey, user }) => {
  const app = supabase.createClient(url, key);
  const session = await app.auth.signInWithPassword(user);
  const tables = await app.from("tasks").select("id").limit(1);
  const folders = await app.storage.from("inputs").list();
  const headers = { "X-API-Key": apiKey };
  const account = await app.functions.invoke("account", { method: "GET", headers });
  return {
    origin: location.origin,
    email: session.data.user?.email,
    plan: account.data?.plan,
    errors: [session, tables, folders, account].map(({ error }) => error?.message ?? null),
  };
})(${JSON.stringify(APP)})`;

Deno.test("a page of another origin signs in, reads tables and files, and calls a function", async () => {
  await withPage(async (page) => {
    const { origin, ...seen } = await page.evaluate<Record<string, unknown>>(READ_OWN_ACCOUNT);
    assert.notEqual(origin, new URL(stack.projectUrl).origin);
    assert.deepEqual(seen, {
      email: SEED.users[0].email,
      plan: "default",
      errors: [null, null, null, null],
    });
  });
});
