import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { experiments } from "../../playground/break_it/experiments.ts";
import { purchasesOf } from "../support/simulator.ts";
import { withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";
import { withPlayground } from "./support/with_playground.ts";

/** A killed worker's task is taken up again when its lease is over. */
const END_SECONDS = 120;

/** Presses a button, and waits for the end of its task. Returns how often the providers billed it. */
async function purchasesBy(page: Page, button: string): Promise<number> {
  const submitted = page.waitForRequest((request) =>
    request.method() === "POST" && request.url().includes("/functions/v1/generation/")
  );
  await page.getByRole("button", { name: button }).click();
  const { prompt } = (await submitted).postDataJSON();
  await waitUntil(`the end of ${prompt}`, () => hasEnded(prompt), END_SECONDS);
  return await purchasesOf(prompt);
}

async function hasEnded(prompt: string): Promise<boolean> {
  return await withDatabase(async (sql) => {
    const rows = await sql`
      select from public.tasks
      where finished_at is not null and parameters ->> 'prompt' = ${prompt}
    `;
    return rows.length > 0;
  }).catch(() => false); // Postgres is away for a moment in one of them.
}

Deno.test("each button of the broken stack costs what it says", async (t) => {
  await withPlayground(async (page) => {
    for (const { name, what, calls } of experiments) {
      await t.step(`${name}: ${calls.least} to ${calls.most}`, async () => {
        const purchases = await purchasesBy(page, `${name} ${what}`);
        assert.ok(purchases >= calls.least && purchases <= calls.most, `${purchases} calls`);
        // What the page counts is what there is.
        await page.locator(`.verdict[data-calls="${purchases}"]`).waitFor();
      });
    }
  }, { route: "break-it", expected: /Failed to load resource|Failed to fetch|NetworkError/ });
});
