import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { experiments } from "../../playground/break_it/experiments.ts";
import { acceptedBody } from "../../shared/contract/responses.ts";
import { readStatus, signIn, type User } from "../support/client.ts";
import { purchasesOf } from "../support/simulator.ts";
import { waitUntil } from "../support/wait_until.ts";
import { withPlayground } from "./support/with_playground.ts";

/** A killed worker's task is taken up again when its lease is over. */
const END_SECONDS = 120;

/** Presses a button, and waits for the end of its task. Returns how often the providers billed it. */
async function purchasesBy(page: Page, user: User, button: string): Promise<number> {
  const accepting = page.waitForResponse((response) =>
    response.status() === 202 && response.url().includes("/functions/v1/generation/")
  );
  await page.getByRole("button", { name: button }).click();
  const accepted = await accepting;
  const { celery_task_id: id } = acceptedBody.parse(await accepted.json());
  await waitUntil(`the end of task ${id}`, () => hasEnded(user, id), END_SECONDS);
  return await purchasesOf(accepted.request().postDataJSON().prompt);
}

/** Not yet, while Postgres is away. */
async function hasEnded(user: User, id: string): Promise<boolean> {
  const status = await readStatus(user, id).catch(() => undefined);
  return status?.status === "complete" || status?.status === "failed";
}

Deno.test("each button of the broken stack costs what it says", async (t) => {
  const user = await signIn();
  await withPlayground(async (page) => {
    for (const { name, what, calls } of experiments) {
      await t.step(`${name}: ${calls.least} to ${calls.most}`, async () => {
        const purchases = await purchasesBy(page, user, `${name} ${what}`);
        assert.ok(purchases >= calls.least && purchases <= calls.most, `${purchases} calls`);
        // What the page counts is what there is.
        await page.locator(`.verdict[data-calls="${purchases}"]`).waitFor();
      });
    }
  }, { route: "break-it", expected: /Failed to load resource|Failed to fetch|NetworkError/ });
});
