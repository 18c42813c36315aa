import assert from "node:assert/strict";
import { createClient } from "@supabase/supabase-js";
import type { Page } from "playwright-core";
import { SEED } from "../../tools/local/stack/settings.ts";
import { followToEnd, signIn, submit, submitTo } from "../support/client.ts";
import { withLane } from "../support/lanes.ts";
import { purchasesOf } from "../support/simulator.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { withPlayground } from "./support/with_playground.ts";

/** What a browser itself says of requests that have no answer, or a refusal for one. */
const NETWORK = /Failed to load resource|Failed to fetch|net::|Invalid Refresh Token|AuthApiError/;

interface SignedUp {
  readonly id: string;
  readonly token: string;
  readonly email: string;
  readonly password: string;
}

async function signUp(): Promise<SignedUp> {
  const auth = { persistSession: false, autoRefreshToken: false };
  const supabase = createClient(stack.projectUrl, stack.secrets.publishableKey, { auth });
  const email = `playground-${crypto.randomUUID()}@tests.example.com`;
  const password = crypto.randomUUID();
  const { data: { user, session }, error } = await supabase.auth.signUp({ email, password });
  if (error) throw error;
  if (!user || !session) throw new Error("No session after a sign-up");
  return { id: user.id, token: session.access_token, email, password };
}

/** The page without a user of its own, as any other host serves it. */
async function openSignedOut(page: Page): Promise<void> {
  // The session of the user of whom the stack's own page knows.
  await page.getByText(SEED.users[0].email).waitFor();
  await page.route("**/playground.json", (route) =>
    route.fulfill({
      json: {
        url: stack.projectUrl,
        publishable_key: stack.secrets.publishableKey,
        api_key: SEED.apiKey,
      },
    }));
  await page.evaluate("localStorage.clear()");
  await page.reload();
}

async function enter(page: Page, { email, password }: SignedUp): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** As an hour later, when the access token is over. */
async function expireToken(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    const key = Object.keys(localStorage).find((name) => /^makeit3d-playground:user:/.test(name));
    const session = JSON.parse(localStorage.getItem(key));
    localStorage.setItem(key, JSON.stringify({ ...session, expires_at: 1 }));
  })()`);
}

async function submitAs(user: SignedUp, prompt: string): Promise<string> {
  const body = { provider: "openai", prompt };
  const { celery_task_id } = await submitTo(user, "text-to-image", body);
  await followToEnd(user, celery_task_id);
  return celery_task_id;
}

Deno.test("a session that was revoked says why, and the same user goes on where it ended", async () => {
  const user = await signUp();
  const prompt = "A hat before the session ended";
  const id = await submitAs(user, prompt);
  await withPlayground(async (page) => {
    await openSignedOut(page);
    await enter(page, user);
    await page.evaluate(`location.hash = "#/task/${id}"`);
    await page.getByText("Parameters, as sent").click();
    await page.getByText("1024x1024").waitFor();

    await withDatabase((sql) => sql`delete from auth.sessions where user_id = ${user.id}`);
    await expireToken(page);
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete for good" }).click();
    await page.getByRole("alert").getByText(/^Your session has ended/).waitFor();
    assert.equal(await page.getByText("1024x1024").isVisible(), false);

    await enter(page, user);
    await page.getByText(user.email).waitFor();
    await page.getByText("1024x1024").waitFor();
    await page.getByRole("button", { name: "Delete" }).waitFor();
  }, { expected: NETWORK });
  const rows = await withDatabase((sql) => sql`select from public.tasks where id = ${id}`);
  assert.equal(rows.length, 1, "nothing was done that nobody had the right to");
});

Deno.test("what was typed before a session ended is there after the next sign-in, and is bought once", async () => {
  const user = await signUp();
  const prompt = `A hat typed before ${crypto.randomUUID()}`;
  await withPlayground(async (page) => {
    await openSignedOut(page);
    await enter(page, user);
    const field = page.getByRole("textbox", { name: "Prompt" });
    await field.fill(prompt);
    await withDatabase((sql) => sql`delete from auth.sessions where user_id = ${user.id}`);
    await expireToken(page);
    await page.getByRole("button", { name: "Make image" }).click();
    await page.getByRole("alert").getByText(/^Your session has ended/).waitFor();
    assert.equal(await purchasesOf(prompt), 0);

    await enter(page, user);
    await field.waitFor();
    assert.equal(await field.inputValue(), prompt);
    await page.getByRole("button", { name: "Make image" }).click();
    await page.locator(".task-header .state-badge").getByText("Done").waitFor();
  }, { expected: NETWORK });
  assert.equal(await purchasesOf(prompt), 1);
});

Deno.test("of a user who is no more, another who signs in sees nothing", async () => {
  const [first, second] = [await signUp(), await signUp()];
  const id = await submitAs(first, "A hat of the first user");
  await withPlayground(async (page) => {
    await openSignedOut(page);
    await enter(page, first);
    await page.evaluate(`location.hash = "#/task/${id}"`);
    await page.getByText("A hat of the first user").first().waitFor();

    await withDatabase((sql) => sql`delete from auth.users where id = ${first.id}`);
    await expireToken(page);
    await page.getByRole("link", { name: "Gallery" }).click();
    await page.getByRole("alert").getByText(/^Your session has ended/).waitFor();

    await enter(page, second);
    await page.getByText("Nothing here yet").waitFor();
    await page.getByRole("link", { name: "Make your first image" }).waitFor();
    await page.goBack();
    await page.getByText("There is no such task of yours").waitFor();
    assert.equal(await page.getByText("A hat of the first user").count(), 0);
  }, { expected: NETWORK });
});

Deno.test("a backend that does not answer is said, and what came meanwhile is seen by itself", async () => {
  const user = await signIn();
  const before = `Before an outage ${crypto.randomUUID()}`;
  const prompt = `During an outage ${crypto.randomUUID()}`;
  await followToEnd(user, await submit(user, { prompt: before }));
  await withPlayground(async (page) => {
    await page.getByText(before).waitFor();
    const banner = page.getByRole("status").filter({ hasText: "does not answer" });
    await page.context().setOffline(true);
    await banner.waitFor();
    await followToEnd(user, await submit(user, { prompt }));
    assert.equal(await page.getByText(prompt).count(), 0);
    await page.context().setOffline(false);
    await banner.waitFor({ state: "hidden" });
    await page.getByText(prompt).waitFor();
  }, { route: "gallery", expected: NETWORK });
  assert.equal(await purchasesOf(prompt), 1);
});

Deno.test("a task that is looked at while nothing answers goes on when it does", async () => {
  const user = await signIn();
  const prompt = `A stopped stack ${crypto.randomUUID()}`;
  const paused = { paused_until: new Date(Date.now() + 300_000) };
  await withLane("openai", paused, async () => {
    const id = await submit(user, { prompt });
    await withPlayground(async (page) => {
      await page.locator(".task-header .state-badge").getByText("Waiting").waitFor();
      const all = /\/functions\/v1\//;
      // What is held is cut, too, as when the process ends.
      await page.route(all, (route) => route.abort("connectionrefused"));
      await page.evaluate(`dispatchEvent(new Event("online"))`);
      await page.getByText(/^Trying again: No answer from/).waitFor();
      await page.getByRole("status").filter({ hasText: "does not answer" }).waitFor();
      await withDatabase((sql) => sql`select private.end_pause('openai')`);
      await followToEnd(user, id);
      await page.unroute(all);
      await page.locator(".task-header .state-badge").getByText("Done").waitFor();
      await page.getByText(/^Trying again/).waitFor({ state: "detached" });
      await page.getByRole("status").filter({ hasText: "does not answer" })
        .waitFor({ state: "detached" });
    }, { route: `task/${id}`, expected: NETWORK });
  });
  assert.equal(await purchasesOf(prompt), 1);
});

Deno.test("a page that opens while nothing answers waits for it, and asks nobody to sign in", async () => {
  await withPlayground(async (page) => {
    await page.getByText(SEED.users[0].email).waitFor();
    const all = /\/(auth|functions)\/v1\//;
    await page.route(all, (route) => route.abort("connectionrefused"));
    await expireToken(page);
    await page.reload();
    await page.getByText(`${stack.projectUrl} does not answer. Trying again…`).waitFor();
    assert.equal(await page.getByRole("button", { name: "Sign in" }).count(), 0);
    await page.unroute(all);
    await page.getByText(SEED.users[0].email).waitFor();
  }, { expected: NETWORK });
});
