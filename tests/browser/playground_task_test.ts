import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { followToEnd, signIn, submit, submitTo } from "../support/client.ts";
import { effectsOf, ONE_COMPLETE_IMAGE } from "../support/effects.ts";
import { withLane } from "../support/lanes.ts";
import { purchasesOf } from "../support/simulator.ts";
import { withDatabase } from "../support/stack.ts";
import { completeTasksOf } from "./support/playground_tasks.ts";
import { violationsOf } from "./support/violations.ts";
import { withPlayground } from "./support/with_playground.ts";

function newPrompt(words: string): string {
  return `${words} ${crypto.randomUUID()}`;
}

/** A pause that a request may still outwait. */
function paused(): { readonly paused_until: Date } {
  return { paused_until: new Date(Date.now() + 300_000) };
}

async function seeStatus(page: Page, name: string): Promise<void> {
  await page.locator(".task-header .state-badge").getByText(name, { exact: true }).waitFor();
}

Deno.test("a task that waits says its place, is seen as it goes on, and is bought once", async () => {
  const user = await signIn();
  const prompt = newPrompt("A paper boat");
  let id = "";
  await withPlayground(async (page) => {
    await withLane("openai", paused(), async () => {
      id = await submit(user, { prompt });
      await page.evaluate(`location.hash = "#/task/${id}"`);
      await seeStatus(page, "Waiting");
      await page.getByText(/It is next|starts? before its own/).waitFor();
      await page.getByText(/nine of ten are done within/).waitFor();
    });
    await withDatabase((sql) => sql`select private.end_pause('openai')`);
    await seeStatus(page, "Done");
    const steps = await page.getByRole("list", { name: "Timeline" }).locator(".step-title")
      .allTextContents();
    assert.deepEqual(steps.slice(0, 4), [
      "Accepted",
      "Waited for its turn",
      "OpenAI was called",
      "Stored",
    ]);
    assert.match(steps[4] ?? "", /^Cost \d+(\.\d+)?\s¢$/);
    await page.getByRole("img", { name: prompt }).first().waitFor();
  });
  assert.deepEqual(await effectsOf(id), ONE_COMPLETE_IMAGE);
  assert.equal(await purchasesOf(prompt), 1);
});

Deno.test("to make it again brings words and options, and what is made is the same request", async () => {
  const prompt = newPrompt("A pair of boats");
  const id = await submit(await signIn(), { prompt, n: 2, size: "1024x1792" });
  await withPlayground(async (page) => {
    await page.getByRole("link", { name: "Make again" }).click();
    await page.locator("summary", { hasText: "2 changed" }).waitFor();
    await page.getByRole("button", { name: "Make image" }).click();
    const [first, second] = await completeTasksOf(prompt, 2);
    assert.deepEqual(second?.parameters, first?.parameters);
    assert.equal(second?.parameters["n"], 2);
  }, { route: `task/${id}` });
});

Deno.test("to cancel says what it has cost, and nobody is called", async () => {
  const user = await signIn();
  await withLane("openai", paused(), async () => {
    const id = await submit(user, { prompt: newPrompt("A hat") });
    await withPlayground(async (page) => {
      await page.getByRole("button", { name: "Cancel" }).click();
      await page.getByText("Canceled. Nothing was billed.", { exact: true }).first().waitFor();
      await seeStatus(page, "Canceled");
      await page.getByText("OpenAI was not called").waitFor();
    }, { route: `task/${id}` });
    const { task, calls, queued } = await effectsOf(id);
    assert.deepEqual({ task, calls, queued }, { task: "canceled", calls: [], queued: 0 });
  });
});

Deno.test("to delete asks first, and then there is no row of the task any more", async () => {
  const user = await signIn();
  const id = await submit(user);
  await followToEnd(user, id);
  const rows = () =>
    withDatabase(async (sql) => (await sql`select from public.tasks where id = ${id}`).length);
  await withPlayground(async (page) => {
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Keep it" }).click();
    assert.equal(await rows(), 1);
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete for good" }).click();
    await page.getByText("Deleted. It was billed.").waitFor();
    await page.reload();
    await page.getByText("There is no such task of yours").waitFor();
  }, { route: `task/${id}`, expected: /status of 404/ });
  assert.equal(await rows(), 0);
});

Deno.test("a refused content is told with what it has cost, and leads back to the form", async () => {
  const user = await signIn();
  const prompt = newPrompt("sim:moderated-input");
  const id = await submit(user, { prompt });
  await withPlayground(async (page) => {
    await page.getByRole("heading", { name: "The service refuses this content" }).waitFor();
    await page.getByText("Nothing was billed.", { exact: true }).waitFor();
    const address = await page.getByRole("link", { name: "Change it" }).getAttribute("href");
    const query = new URLSearchParams(address?.split("?")[1]);
    assert.deepEqual(Object.fromEntries(query), {
      operation: "text-to-image",
      provider: "openai",
      prompt,
      options: '{"n":1,"size":"1024x1024"}',
    });
  }, { route: `task/${id}` });
  assert.equal(await purchasesOf(prompt), 0);
});

Deno.test("images are looked at by keyboard, saved by a name that says what they are, and used on", async () => {
  const user = await signIn();
  const id = await submit(user, { prompt: "Two green hats", n: 2 });
  await followToEnd(user, id);
  await withPlayground(async (page) => {
    const large = page.getByRole("button", { name: /^Show large: Two green hats/ });
    await large.focus();
    await page.keyboard.press("Enter");
    const lightbox = page.getByRole("dialog", { name: "Image" });
    await lightbox.getByText("1 of 2").waitFor();
    await page.keyboard.press("ArrowRight");
    await lightbox.getByText("2 of 2").waitFor();
    await page.keyboard.press("Escape");
    await lightbox.waitFor({ state: "hidden" });
    await page.locator(".result-image:focus").waitFor();

    const saving = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download" }).click();
    assert.equal((await saving).suggestedFilename(), "two-green-hats-text-to-image-2.png");

    const uses = page.getByRole("navigation", { name: "Use as the input of" }).getByRole("link");
    const address = await uses.first().getAttribute("href");
    assert.equal(address, `#/create?operation=image-to-model&asset=${id}.1`);
  }, { route: `task/${id}` });
});

Deno.test("a chain of tasks is shown with each of them, and its steps lead to each other", async () => {
  const user = await signIn();
  const picture = await submit(user, { prompt: newPrompt("A pot") });
  const { asset_url } = await followToEnd(user, picture);
  const { celery_task_id: cutOut } = await submitTo(user, "remove-background", {
    provider: "stability",
    input_image_asset_url: asset_url,
  });
  await followToEnd(user, cutOut);
  await withPlayground(async (page) => {
    const chain = page.getByRole("navigation", { name: "How it came about" });
    await chain.getByRole("link", { name: "Text to image" }).waitFor();
    const current = chain.locator("[aria-current=page]");
    assert.equal(await current.textContent(), "Remove background");
    await chain.getByRole("link", { name: "Text to image" }).click();
    await page.getByRole("heading", { name: "Text to image" }).waitFor();
    assert.ok(page.url().endsWith(`#/task/${picture}`));
  }, { route: `task/${cutOut}` });
});

Deno.test("a waiting, a failed and a complete task have nothing that axe finds, in both themes", async () => {
  const user = await signIn();
  const complete = await submit(user, { n: 2 });
  const failed = await submit(user, { prompt: newPrompt("sim:moderated-input") });
  await followToEnd(user, complete);
  await followToEnd(user, failed);
  await withLane("openai", paused(), async () => {
    const waiting = await submit(user);
    for (const colorScheme of ["light", "dark"] as const) {
      await withPlayground(async (page) => {
        for (const [id, name] of [[waiting, "Waiting"], [failed, "Failed"], [complete, "Done"]]) {
          await page.evaluate(`location.hash = "#/task/${id}"`);
          await seeStatus(page, name ?? "");
          assert.deepEqual(await violationsOf(page), [], `${name}, ${colorScheme}`);
        }
      }, { colorScheme, width: 390 });
    }
  });
});
