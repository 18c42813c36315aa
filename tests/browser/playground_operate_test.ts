import assert from "node:assert/strict";
import { newAccount } from "../support/new_account.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { serveStaticPlayground } from "./support/static_host.ts";
import { withPlayground } from "./support/with_playground.ts";

async function isPaused(provider: string): Promise<boolean> {
  return await withDatabase(async (sql) => {
    const [lane] = await sql`
      select paused_until > now() as "isPaused" from private.lanes where provider = ${provider}
    `;
    return lane?.["isPaused"] === true;
  });
}

Deno.test("an operator pauses a lane and resumes it, and the log says who it was", async () => {
  await withPlayground(async (page) => {
    const row = page.getByRole("row", { name: "recraft" });
    await row.getByRole("button", { name: "Pause recraft" }).click();
    await row.getByText("Paused until somebody resumes it").waitFor();
    assert.equal(await isPaused("recraft"), true);
    await row.getByRole("button", { name: "Resume recraft" }).click();
    await row.getByText("Open", { exact: true }).waitFor();
    assert.equal(await isPaused("recraft"), false);
    const log = page.getByRole("region", { name: "What operators did" });
    const [newest] = await log.getByRole("listitem").allTextContents();
    assert.match(newest ?? "", /operator@example\.com.*resume lane.*recraft/);
  }, { route: "operate" });
});

Deno.test("an operator blocks a user and ends the block; what is refused is said", async () => {
  const { email, id } = await newAccount("disturber");
  await withPlayground(async (page) => {
    await page.getByText("Block a user").click();
    await page.getByLabel("Id or e-mail address").fill("nobody@tests.example.com");
    await page.getByLabel("Reason").fill("Floods");
    await page.getByRole("button", { name: "Block", exact: true }).click();
    await page.getByRole("alert").getByText("nobody@tests.example.com").waitFor();
    await page.getByLabel("Id or e-mail address").fill(email);
    await page.getByRole("button", { name: "Block", exact: true }).click();
    const blocked = page.getByRole("listitem").filter({ hasText: email });
    const unblock = blocked.getByRole("button", { name: "Unblock" });
    await unblock.waitFor();
    const rows = () =>
      withDatabase((sql) => sql`select from private.blocked_users where user_id = ${id}`);
    assert.equal((await rows()).length, 1);
    await unblock.click();
    await unblock.waitFor({ state: "detached" });
    assert.equal((await rows()).length, 0);
  }, { route: "operate", expected: /Failed to load resource.*400/ });
});

Deno.test("a user who is no operator is told so, and sees nothing", async () => {
  const password = crypto.randomUUID();
  const { email, supabase } = await newAccount("ordinary");
  await supabase.auth.updateUser({ password });
  const { origin, stop } = await serveStaticPlayground();
  try {
    await withPlayground(async (page) => {
      await page.getByLabel("Project address").fill(stack.projectUrl);
      await page.getByLabel("Publishable key").fill(stack.secrets.publishableKey);
      await page.getByLabel("API key of the app").fill(stack.environment["API_KEY"] ?? "");
      await page.getByLabel("Email").fill(email);
      await page.getByLabel("Password").fill(password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("alert").getByText("This page is for operators").waitFor();
      assert.equal(await page.getByRole("table").count(), 0);
    }, { origin, route: "operate", expected: /Failed to load resource.*403/ });
  } finally {
    await stop();
  }
});
