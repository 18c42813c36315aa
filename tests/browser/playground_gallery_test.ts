import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { followToEnd, signIn, submit } from "../support/client.ts";
import { effectsOf, ONE_COMPLETE_IMAGE } from "../support/effects.ts";
import { withLane } from "../support/lanes.ts";
import { purchasesOf } from "../support/simulator.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";
import { withPlayground } from "./support/with_playground.ts";

function newPrompt(words: string): string {
  return `${words} ${crypto.randomUUID()}`;
}

function paused(): { readonly paused_until: Date } {
  return { paused_until: new Date(Date.now() + 300_000) };
}

/** The card of a task, as soon as it is there. */
async function cardOf(page: Page, prompt: string): Promise<Locator> {
  const card = page.getByRole("link").filter({ hasText: prompt });
  await card.waitFor();
  return card;
}

async function openLane(): Promise<void> {
  await withDatabase((sql) => sql`select private.end_pause('openai')`);
}

Deno.test("what runs is live in the gallery, survives a reload and a closed tab, and is bought once", async () => {
  const user = await signIn();
  const prompt = newPrompt("A kite");
  let id = "";
  await withPlayground(async (page) => {
    await withLane("openai", paused(), async () => {
      id = await submit(user, { prompt });
      await page.evaluate(`location.hash = "#/gallery"`);
      await (await cardOf(page, prompt)).getByText("Waiting").waitFor();
      await page.reload();
      await (await cardOf(page, prompt)).getByText("Waiting").waitFor();
      await page.close({ runBeforeUnload: true });
    });
    const again = await page.context().newPage();
    await openLane();
    await again.goto(`${stack.projectUrl}/#/gallery`);
    const card = await cardOf(again, prompt);
    await card.getByText("Waiting").waitFor({ state: "detached" });
    await card.locator("img").waitFor();
  });
  assert.deepEqual(await effectsOf(id), ONE_COMPLETE_IMAGE);
  assert.equal(await purchasesOf(prompt), 1);
});

Deno.test("a request whose answer never came is sent again after a reload, and bought once", async () => {
  const user = await signIn();
  const prompt = newPrompt("A lost answer");
  const taskId = crypto.randomUUID();
  const body = { provider: "openai", prompt, task_id: taskId };
  const pending = JSON.stringify([{ taskId, operation: "text-to-image", body }]);
  const key = `makeit3d:${new URL(stack.projectUrl).host}:${user.id}`;
  await withPlayground(async (page) => {
    await page.getByText("test@example.com").waitFor();
    await page.evaluate(`localStorage.setItem("${key}", ${JSON.stringify(pending)})`);
    await page.reload();
    await (await cardOf(page, prompt)).locator("img").waitFor();
    await waitUntil(
      "nothing under way",
      async () => await page.evaluate(`localStorage.getItem("${key}")`) === null,
    );
  }, { route: "gallery" });
  assert.equal(await purchasesOf(prompt), 1);
});

Deno.test("what another tab makes shows in this one at once, and goes on to its end", async () => {
  const prompt = newPrompt("Of another tab");
  await withPlayground(async (page) => {
    await page.getByRole("heading", { name: "Gallery" }).waitFor();
    const other = await page.context().newPage();
    await other.goto(`${stack.projectUrl}/#/create?operation=text-to-image`);
    await other.getByRole("textbox", { name: "Prompt" }).fill(prompt);
    await other.getByRole("button", { name: "Make image" }).click();
    await (await cardOf(page, prompt)).locator("img").waitFor();
  }, { route: "gallery" });
  assert.equal(await purchasesOf(prompt), 1);
});

Deno.test("what another device has made shows when the page is looked at again", async () => {
  const user = await signIn();
  const prompt = newPrompt("Of another device");
  await withPlayground(async (page) => {
    await page.getByRole("heading", { name: "Gallery" }).waitFor();
    await page.getByText("Reading your history").waitFor({ state: "detached" });
    await followToEnd(user, await submit(user, { prompt }));
    await page.evaluate(`dispatchEvent(new Event("focus"))`);
    await cardOf(page, prompt);
  }, { route: "gallery" });
});

Deno.test("a filter shows what it says, is kept in the address, and says where there is nothing", async () => {
  const user = await signIn();
  const made = newPrompt("A made hat");
  const refused = newPrompt("sim:moderated-input");
  for (const prompt of [made, refused]) await followToEnd(user, await submit(user, { prompt }));
  await withPlayground(async (page) => {
    await cardOf(page, made);
    await page.getByLabel("Status").selectOption("Failed");
    await page.getByText(made).waitFor({ state: "detached" });
    await cardOf(page, refused);
    await page.reload();
    await cardOf(page, refused);
    assert.equal(await page.getByText(made).count(), 0);
    await page.getByLabel("Operation").selectOption("Recolour a thing");
    await page.getByText("Nothing of this kind").waitFor();
    await page.getByRole("link", { name: "Show everything" }).click();
    await cardOf(page, made);
  }, { route: "gallery" });
});

Deno.test("older tasks come a page at a time, newest first and each once", async () => {
  const user = await signIn();
  const prompts = ["first", "second", "third", "fourth"].map(newPrompt);
  for (const prompt of prompts) await submit(user, { prompt });
  await withPlayground(async (page) => {
    // As if there were hundreds.
    await page.route(
      /\/tasks\?.*limit=24/,
      (route) => route.continue({ url: route.request().url().replace("limit=24", "limit=2") }),
    );
    await page.evaluate(`location.hash = "#/gallery"`);
    await cardOf(page, prompts[3] ?? "");
    assert.equal(await page.getByText(prompts[1] ?? "").count(), 0);
    await page.getByRole("button", { name: "Show more" }).click();
    await cardOf(page, prompts[0] ?? "");
    const shown = await page.locator(".gallery-prompt").allTextContents();
    assert.deepEqual(shown, prompts.toReversed());
  });
});
