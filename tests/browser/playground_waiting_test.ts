import assert from "node:assert/strict";
import { whileSubmitsPaused } from "../../tools/operate/deploy/pause_submits.ts";
import { withOperatorSettings } from "../support/operator_settings.ts";
import { purchasesOf } from "../support/simulator.ts";
import { withDatabase } from "../support/stack.ts";
import { completeTasksOf, tasksOf } from "./support/playground_tasks.ts";
import { withPlayground } from "./support/with_playground.ts";

/** What a browser itself says of a refusal. */
const REFUSED = /Failed to load resource.*503/;

async function whilePaused(work: () => Promise<void>): Promise<void> {
  await withOperatorSettings(() =>
    withDatabase((sql) =>
      whileSubmitsPaused((text) => sql.unsafe(text), async () => {
        // Whoever is refused comes back soon, as the test does not wait for a minute.
        await sql`update private.submit_pause set retry_after_seconds = 2`;
        await work();
      })
    )
  );
}

Deno.test("while new requests are paused the form says so, and a canceled one is never bought", async () => {
  const prompt = `A hat that nobody waits for ${crypto.randomUUID()}`;
  await withPlayground(async (page) => {
    const words = page.getByRole("textbox", { name: "Prompt" });
    await whilePaused(async () => {
      await words.fill(prompt);
      await page.getByText("New requests are paused (“An update is under way”)").waitFor();
      await page.getByRole("button", { name: "Make image" }).click();
      await page.getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("alert").getByText(/^Canceled\. /).waitFor();
    });
    await words.fill(`${prompt} again`);
    await page.getByRole("button", { name: "Make image" }).click();
    await completeTasksOf(`${prompt} again`, 1);
    const made = (await tasksOf(prompt)).filter(({ status }) => status !== "canceled");
    assert.deepEqual(made, []);
    assert.equal(await purchasesOf(prompt), 0);
  }, { expected: REFUSED });
});

Deno.test("what is sent while new requests are paused is made as soon as they are accepted", async () => {
  const prompt = `A hat that waits ${crypto.randomUUID()}`;
  await withPlayground(async (page) => {
    await whilePaused(async () => {
      await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
      await page.getByRole("button", { name: "Make image" }).click();
      await page.getByText("New requests are paused (“An update is under way”)").waitFor();
    });
    await completeTasksOf(prompt, 1);
    await page.getByText("New requests are paused").waitFor({ state: "detached" });
  }, { expected: REFUSED });
});

Deno.test("what is sent while nothing answers can be canceled, and is never bought", async () => {
  const prompt = `A hat for nobody ${crypto.randomUUID()}`;
  await withPlayground(async (page) => {
    await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
    await page.getByText(/^At most/).waitFor();
    await page.context().setOffline(true);
    await page.getByText("does not answer").waitFor();
    await page.getByRole("button", { name: "Make image" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("alert").getByText(/^Canceled\. /).waitFor();
    await page.context().setOffline(false);
    await page.getByText("does not answer").waitFor({ state: "detached" });
    await page.getByRole("textbox", { name: "Prompt" }).fill(`${prompt} again`);
    await page.getByRole("button", { name: "Make image" }).click();
    await completeTasksOf(`${prompt} again`, 1);
    const made = (await tasksOf(prompt)).filter(({ status }) => status !== "canceled");
    assert.deepEqual(made, []);
    assert.equal(await purchasesOf(prompt), 0);
  }, { expected: /ERR_INTERNET_DISCONNECTED|Failed to fetch|Failed to load resource/ });
});
